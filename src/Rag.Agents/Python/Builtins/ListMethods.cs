using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of lists, and those that tuples and ranges have too.</summary>
internal static class ListMethods
{
    public static readonly Dictionary<string, NativeMethod> Table = new()
    {
        ["append"] = (run, self, arguments) => Done(() => List(self).Append(run, arguments.Exactly("list.append", 1)[0])),
        ["extend"] = (run, self, arguments) => Done(() => List(self).Extend(run, arguments.Exactly("list.extend", 1)[0])),
        ["insert"] = (run, self, arguments) => Done(() => List(self).Insert(run, arguments.Exactly("insert", 2).Index(0), arguments[1])),
        ["remove"] = Remove,
        ["pop"] = Pop,
        ["clear"] = (_, self, _) => Done(() => List(self).Replace([])),
        ["index"] = (run, self, arguments) => Index(run, List(self).Span, "list", arguments),
        ["count"] = (run, self, arguments) => Count(run, List(self).Span, arguments),
        ["sort"] = Sort,
        ["reverse"] = Reverse,
        ["copy"] = (run, self, _) => Conversion.ToList(run, Arguments.Of(self)),
    };

    public static readonly Dictionary<string, NativeMethod> OfTuple = new()
    {
        ["index"] = (run, self, arguments) => Index(run, ((PyTuple)self.Ref!).Items, "tuple", arguments),
        ["count"] = (run, self, arguments) => Count(run, ((PyTuple)self.Ref!).Items, arguments),
    };

    public static readonly Dictionary<string, NativeMethod> OfRange = new()
    {
        ["index"] = (run, self, arguments) => Index(run, Iteration.ToArray(run, self), "range", arguments),
        ["count"] = (run, self, arguments) => Count(run, Iteration.ToArray(run, self), arguments),
    };

    private static PyList List(Value self) => (PyList)self.Ref!;

    private static Value Done(Action change)
    {
        change();
        return Value.None;
    }

    private static Value Remove(Run run, Value self, Arguments arguments)
    {
        var list = List(self);
        var wanted = arguments.Exactly("list.remove", 1)[0];
        for (var i = 0; i < list.Items.Count; i++)
        {
            run.Step();
            if (list.Items[i].IsSame(wanted) || Comparing.AreEqual(run, list.Items[i], wanted))
            {
                list.DeleteItem(run, Value.Int(i));
                return Value.None;
            }
        }

        throw Raise.ValueError("list.remove(x): x not in list");
    }

    private static Value Pop(Run run, Value self, Arguments arguments)
    {
        var items = List(self).Items;
        var index = arguments.Between("pop", 0, 1).Index(0, -1);
        if (items.Count == 0)
        {
            throw Raise.IndexError("pop from empty list");
        }

        index = index < 0 ? index + items.Count : index;
        if (index < 0 || index >= items.Count)
        {
            throw Raise.IndexError("pop index out of range");
        }

        var item = items[(int)index];
        run.Step((items.Count - index) / 64);
        items.RemoveAt((int)index);
        return item;
    }

    private static Value Index(Run run, ReadOnlySpan<Value> items, string type, Arguments arguments)
    {
        arguments.Between("index", 1, 3);
        var start = Math.Clamp(arguments.Index(1, 0) is var s && s < 0 ? s + items.Length : s, 0, items.Length);
        var end = Math.Clamp(arguments.Index(2, items.Length) is var e && e < 0 ? e + items.Length : e, start, items.Length);
        for (var i = (int)start; i < end; i++)
        {
            run.Step();
            if (items[i].IsSame(arguments[0]) || Comparing.AreEqual(run, items[i], arguments[0]))
            {
                return Value.Int(i);
            }
        }

        throw Raise.ValueError(type == "tuple" ? "tuple.index(x): x not in tuple" : $"{TextOf.Repr(run, arguments[0])} is not in {type}");
    }

    private static Value Count(Run run, ReadOnlySpan<Value> items, Arguments arguments)
    {
        arguments.Exactly("count", 1);
        long count = 0;
        foreach (var item in items)
        {
            run.Step();
            count += item.IsSame(arguments[0]) || Comparing.AreEqual(run, item, arguments[0]) ? 1 : 0;
        }

        return Value.Int(count);
    }

    private static Value Sort(Run run, Value self, Arguments arguments)
    {
        if (arguments.PositionalCount > 0)
        {
            throw Raise.TypeError("sort() takes no positional arguments");
        }

        var bound = arguments.Bind("sort", 0, "key", "reverse");
        var list = List(self);
        var items = Iteration.ToArray(run, self);
        list.Replace([.. Sorting.Sort(run, items, bound[0], bound.Flag(run, 1))]);
        return Value.None;
    }

    private static Value Reverse(Run run, Value self, Arguments arguments)
    {
        run.Step(List(self).Items.Count / 16);
        List(self).Items.Reverse();
        return Value.None;
    }
}
