using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of sets.</summary>
internal static class SetMethods
{
    public static readonly Dictionary<string, NativeMethod> OfFrozen = new()
    {
        ["copy"] = (run, self, _) => Set(self).Copy(run),
        ["union"] = (run, self, arguments) => Combined(run, self, arguments, SetAlgebra.Union),
        ["intersection"] = (run, self, arguments) => Combined(run, self, arguments, SetAlgebra.Intersection),
        ["difference"] = (run, self, arguments) => Combined(run, self, arguments, SetAlgebra.Difference),
        ["symmetric_difference"] = (run, self, arguments) => SetAlgebra.SymmetricDifference(run, Set(self), Other(run, arguments.Exactly("symmetric_difference", 1)[0])),
        ["issubset"] = (run, self, arguments) => Value.Bool(Set(self).IsSubset(run, Other(run, arguments.Exactly("issubset", 1)[0]))),
        ["issuperset"] = (run, self, arguments) => Value.Bool(Other(run, arguments.Exactly("issuperset", 1)[0]).IsSubset(run, Set(self))),
        ["isdisjoint"] = (run, self, arguments) => Value.Bool(SetAlgebra.Intersection(run, Set(self), Other(run, arguments.Exactly("isdisjoint", 1)[0])).Count == 0),
    };

    public static readonly Dictionary<string, NativeMethod> Table = new(OfFrozen)
    {
        ["add"] = (run, self, arguments) => Done(Set(self).Add(run, arguments.Exactly("set.add", 1)[0])),
        ["discard"] = (run, self, arguments) => Done(Set(self).Remove(run, arguments.Exactly("set.discard", 1)[0])),
        ["remove"] = (run, self, arguments) => Set(self).Remove(run, arguments.Exactly("set.remove", 1)[0]) ? Value.None : throw Raise.KeyError(arguments[0]),
        ["pop"] = Pop,
        ["clear"] = (_, self, _) => Clear(self),
        ["update"] = (run, self, arguments) => Changed(run, self, arguments, BinaryOperator.Or),
        ["intersection_update"] = (run, self, arguments) => Changed(run, self, arguments, BinaryOperator.And),
        ["difference_update"] = (run, self, arguments) => Changed(run, self, arguments, BinaryOperator.Subtract),
        ["symmetric_difference_update"] = (run, self, arguments) => Changed(run, self, arguments, BinaryOperator.Xor),
    };

    private static PySet Set(Value self) => (PySet)self.Ref!;

    private static PySet Other(Run run, Value value) => value.Ref as PySet ?? PySet.Of(run, value);

    private static Value Done(bool _) => Value.None;

    private static Value Clear(Value self)
    {
        Set(self).Clear();
        return Value.None;
    }

    private static Value Combined(Run run, Value self, Arguments arguments, Func<Run, PySet, PySet, PySet> combine)
    {
        var result = Set(self).Copy(run);
        foreach (var other in arguments.Positional)
        {
            result = combine(run, result, Other(run, other));
        }

        return result;
    }

    private static Value Changed(Run run, Value self, Arguments arguments, BinaryOperator operation)
    {
        foreach (var other in arguments.Positional)
        {
            SetAlgebra.Apply(run, operation, Set(self), Other(run, other));
        }

        return Value.None;
    }

    private static Value Pop(Run run, Value self, Arguments arguments)
    {
        var set = Set(self);
        if (set.Count == 0)
        {
            throw Raise.KeyError("pop from an empty set");
        }

        run.Step(set.Size / 512);
        var first = set.Items.First();
        set.Remove(run, first);
        return first;
    }
}
