using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>functools</c>.</summary>
internal static class FunctionsModule
{
    public static readonly Dictionary<string, Value> Members = new()
    {
        ["reduce"] = new PyBuiltin("reduce", Reduce),
        ["partial"] = new PyBuiltin("partial", (_, arguments) => arguments.PositionalCount > 0 ? new PyPartial(arguments[0], arguments.Skip(1)) : throw Raise.TypeError("type 'partial' takes at least one argument")),
        ["cache"] = new PyBuiltin("cache", (_, arguments) => new PyCached(arguments.Exactly("cache", 1)[0])),
        ["lru_cache"] = new PyBuiltin("lru_cache", (_, arguments) => arguments[0].Ref is PyFunction && arguments.PositionalCount == 1
            ? new PyCached(arguments[0])
            : new PyBuiltin("decorator", (_, inner) => new PyCached(inner.Exactly("lru_cache", 1)[0]))),
        ["wraps"] = new PyBuiltin("wraps", (_, _) => new PyBuiltin("decorator", (_, inner) => inner.Exactly("wraps", 1)[0])),
        ["cmp_to_key"] = new PyBuiltin("cmp_to_key", (_, arguments) => arguments.Exactly("cmp_to_key", 1)[0] is var compare ? new PyBuiltin("K", (run, inner) => Wrapped(run, compare, inner.Exactly("K", 1)[0])) : default(Value)),
    };

    private static Value Reduce(Run run, Arguments arguments)
    {
        arguments.Between("reduce", 2, 3);
        var total = arguments[2];
        foreach (var item in Iteration.EachPassing(run, arguments[1]))
        {
            total = total.IsUnbound ? item : arguments[0].Object.Call(run, Arguments.Of(total, item));
        }

        return total.IsUnbound ? throw Raise.TypeError("reduce() of empty iterable with no initial value") : total;
    }

    private static ComparisonKey Wrapped(Run run, Value compare, Value item)
    {
        run.Allocate(64);
        return new(compare, item);
    }

    // a key that is ordered by a function of the program
    private sealed class ComparisonKey(Value compare, Value item) : PyObject
    {
        public override PyType Type => Types.Object;

        public override void Visit(Reachable reachable) => reachable.Add([compare, item]);

        public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
        {
            result = other.Ref is ComparisonKey key && Comparing.Compare(run, comparison, compare.Object.Call(run, Arguments.Of(item, key.Item)), Value.Int(0));
            return other.Ref is ComparisonKey;
        }

        private Value Item => item;
    }
}
