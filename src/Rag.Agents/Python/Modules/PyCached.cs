using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>A function that remembers its results: <c>functools.cache</c>.</summary>
internal sealed class PyCached(Value function) : PyObject
{
    private readonly PyDict results = new();

    public override PyType Type => Types.Function;

    public override void Visit(Reachable reachable)
    {
        reachable.Add(function);
        reachable.Add(results);
    }

    public override Value Call(Run run, Arguments arguments)
    {
        run.EnsureStack();
        run.Allocate(48 + (16 * arguments.Values.Length));
        Value key = arguments.Names.Length == 0
            ? new PyTuple(arguments.Values)
            : new PyTuple([.. arguments.Values, Value.None, .. arguments.Names.Select(n => (Value)n)]);
        if (!results.TryGet(run, key, out var result))
        {
            result = function.Object.Call(run, arguments);
            results.Set(run, key, result);
        }

        return result;
    }

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        value = new PyBuiltin(name, (_, _) =>
        {
            results.Clear();
            return Value.None;
        });
        return name == "cache_clear" || (function.Object.TryGetAttribute(run, function, name, out value) && name == "__name__");
    }
}

/// <summary>A function with its first arguments given: <c>functools.partial</c>.</summary>
internal sealed class PyPartial(Value function, Arguments given) : PyObject
{
    public override PyType Type => Types.Function;

    public override void Visit(Reachable reachable)
    {
        reachable.Add(function);
        reachable.Add(given.Values);
    }

    public override Value Call(Run run, Arguments arguments)
    {
        run.EnsureStack();
        run.Fill(given.Values.Length + arguments.Values.Length, 24);
        var later = given.Names.Where(n => !arguments.Names.Contains(n)).ToArray();
        Value[] values =
        [
            .. given.Positional, .. arguments.Positional,
            .. later.Select(n => given.Values[given.PositionalCount + Array.IndexOf(given.Names, n)]), .. arguments.Values[arguments.PositionalCount..],
        ];
        return function.Object.Call(run, new(values, [.. later, .. arguments.Names]));
    }
}
