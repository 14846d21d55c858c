using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of dictionaries.</summary>
internal static class DictMethods
{
    public static readonly Dictionary<string, NativeMethod> Table = new()
    {
        ["keys"] = (_, self, _) => new PyDictView(Dict(self), PyDictView.Part.Keys),
        ["values"] = (_, self, _) => new PyDictView(Dict(self), PyDictView.Part.Values),
        ["items"] = (_, self, _) => new PyDictView(Dict(self), PyDictView.Part.Items),
        ["get"] = (run, self, arguments) => Dict(self).TryGet(run, arguments.Between("get", 1, 2)[0], out var value) ? value : arguments.Has(1) ? arguments[1] : Value.None,
        ["pop"] = Pop,
        ["popitem"] = PopItem,
        ["setdefault"] = SetDefault,
        ["update"] = (run, self, arguments) => Done(Conversion.ToDict(run, Dict(self), "update", arguments)),
        ["clear"] = (_, self, _) => Clear(self),
        ["copy"] = (run, self, _) => Dict(self).Copy(run),
    };

    public static readonly Dictionary<string, NativeMethod> OfOrdered = new()
    {
        ["move_to_end"] = (run, self, arguments) =>
        {
            var key = arguments.Exactly("move_to_end", 1)[0];
            var value = Dict(self).Remove(run, key, out var found) ? found : throw Raise.KeyError(key);
            Dict(self).Set(run, key, value);
            return Value.None;
        },
    };

    public static Value FromKeys(Run run, Arguments arguments)
    {
        arguments.Between("fromkeys", 1, 2);
        var dict = new PyDict();
        run.Allocate(dict.Size);
        foreach (var key in Iteration.Each(run, arguments[0]))
        {
            dict.Set(run, key, arguments.Has(1) ? arguments[1] : Value.None);
        }

        return dict;
    }

    private static PyDict Dict(Value self) => (PyDict)self.Ref!;

    private static Value Done(Value _) => Value.None;

    private static Value Clear(Value self)
    {
        Dict(self).Clear();
        return Value.None;
    }

    private static Value Pop(Run run, Value self, Arguments arguments) => Dict(self).Remove(run, arguments.Between("pop", 1, 2)[0], out var value) ? value
        : arguments.Has(1) ? arguments[1]
        : throw Raise.KeyError(arguments[0]);

    private static Value PopItem(Run run, Value self, Arguments arguments)
    {
        var dict = Dict(self);
        run.Step(dict.Count / 16);
        if (dict.Count == 0)
        {
            throw Raise.KeyError("popitem(): dictionary is empty");
        }

        var (key, value) = dict.Last;
        dict.Remove(run, key, out _);
        return new PyTuple(key, value);
    }

    private static Value SetDefault(Run run, Value self, Arguments arguments)
    {
        if (Dict(self).TryGet(run, arguments.Between("setdefault", 1, 2)[0], out var value))
        {
            return value;
        }

        value = arguments.Has(1) ? arguments[1] : Value.None;
        Dict(self).Set(run, arguments[0], value);
        return value;
    }
}
