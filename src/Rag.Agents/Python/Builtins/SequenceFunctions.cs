using Rag.Agents.Python.Modules;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Built-in functions that go through elements.</summary>
internal static class SequenceFunctions
{
    public static readonly Dictionary<string, Native> Table = new()
    {
        ["len"] = (run, arguments) => arguments.Exactly("len", 1)[0].Object.Length(run) is { } length ? Value.Int(length) : throw Raise.TypeError($"object of type '{arguments[0].Type.Name}' has no len()"),
        ["min"] = (run, arguments) => Extreme(run, arguments, "min", ComparisonOperator.Less),
        ["max"] = (run, arguments) => Extreme(run, arguments, "max", ComparisonOperator.Greater),
        ["sorted"] = Sorted,
        ["reversed"] = Reversed,
        ["enumerate"] = Enumerate,
        ["zip"] = Zip,
        ["map"] = Map,
        ["filter"] = Filter,
        ["any"] = (run, arguments) => Value.Bool(Iteration.EachPassing(run, arguments.Exactly("any", 1)[0]).Any(i => Truth.Of(run, i))),
        ["all"] = (run, arguments) => Value.Bool(Iteration.EachPassing(run, arguments.Exactly("all", 1)[0]).All(i => Truth.Of(run, i))),
        ["iter"] = (run, arguments) => Iteration.Of(run, arguments.Exactly("iter", 1)[0]),
        ["next"] = Next,
    };

    private static Value Extreme(Run run, Arguments arguments, string name, ComparisonOperator better)
    {
        var named = new Arguments(arguments.Values[arguments.PositionalCount..], arguments.Names).Bind(name, 0, "key", "default");
        var several = arguments.PositionalCount > 1;
        if (arguments.PositionalCount == 0)
        {
            throw Raise.TypeError($"{name} expected at least 1 argument, got 0");
        }

        if (several && named.Has(1))
        {
            throw Raise.TypeError($"Cannot specify a default for {name}() with multiple positional arguments");
        }

        Value best = default, bestKey = default;
        foreach (var item in Iteration.EachPassing(run, several ? new PyTuple(arguments.Positional.ToArray()) : arguments[0]))
        {
            var key = named.Has(0) && !named[0].IsNone ? named[0].Object.Call(run, Arguments.Of(item)) : item;
            if (best.IsUnbound || Comparing.Compare(run, better, key, bestKey))
            {
                (best, bestKey) = (item, key);
            }
        }

        return !best.IsUnbound ? best : named.Has(1) ? named[1] : throw Raise.ValueError($"{name}() arg is an empty sequence");
    }

    private static Value Sorted(Run run, Arguments arguments)
    {
        if (arguments.PositionalCount != 1)
        {
            throw Raise.TypeError($"sorted expected 1 argument, got {arguments.PositionalCount}");
        }

        var named = arguments.Skip(1).Bind("sort", 0, "key", "reverse");
        var items = Iteration.ToArray(run, arguments[0]);
        return new PyList([.. Sorting.Sort(run, items, named[0], named.Flag(run, 1))]);
    }

    private static Value Reversed(Run run, Arguments arguments)
    {
        var value = arguments.Exactly("reversed", 1)[0];
        switch (value.Ref)
        {
            case PyRange range:
                return new PyRange(range.At(range.Count - 1), range.At(-1), -range.Step).Iterate(run);
            case PyDict dict:
                return dict.Walk("dict_reversekeyiterator", (key, _) => key, backwards: true);
            case PyDictView view:
                return view.Walk(run, backwards: true);
            case PyList or PyTuple or PyStr or PyDeque:
                var items = Iteration.ToArray(run, value);
                return new SequenceIterator("reversed", value.Object, (_, i) => i < items.Length ? items[^(i + 1)] : default);
            default:
                throw Raise.TypeError($"'{value.Type.Name}' object is not reversible");
        }
    }

    private static Value Enumerate(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("enumerate", 1, "iterable", "start");
        var source = Iteration.Of(run, bound[0]);
        var start = bound.Index(1, 0);
        return new LazyIterator("enumerate", Pairs(), source);

        IEnumerable<Value> Pairs()
        {
            for (var i = start; source.TryNext(run, out var item); i++)
            {
                run.Allocate(80);
                yield return new PyTuple(Value.Int(i), item);
            }
        }
    }

    private static Value Zip(Run run, Arguments arguments)
    {
        var strict = new Arguments(arguments.Values[arguments.PositionalCount..], arguments.Names).Bind("zip", 0, "strict").Flag(run, 0);
        PyIterator[] sources = [.. arguments.Positional.ToArray().Select(a => Iteration.Of(run, a))];
        return new LazyIterator("zip", Tuples(), [.. sources]);

        IEnumerable<Value> Tuples()
        {
            while (sources.Length > 0)
            {
                run.Allocate(48 + (16 * sources.Length));
                run.Step(sources.Length / 4);
                var items = new Value[sources.Length];
                for (var i = 0; i < sources.Length; i++)
                {
                    if (sources[i].TryNext(run, out items[i]))
                    {
                        continue;
                    }

                    if (strict && (i > 0 || sources.Skip(1).Any(s => s.TryNext(run, out _))))
                    {
                        throw Raise.ValueError(i > 0 ? $"zip() argument {i + 1} is shorter than argument{(i == 1 ? " 1" : $"s 1-{i}")}" : "zip() argument 2 is longer than argument 1");
                    }

                    yield break;
                }

                yield return new PyTuple(items);
            }
        }
    }

    private static Value Map(Run run, Arguments arguments)
    {
        if (arguments.Values.Length < 2)
        {
            throw Raise.TypeError("map() must have at least two arguments.");
        }

        var function = arguments[0];
        PyIterator[] sources = [.. arguments.Positional[1..].ToArray().Select(a => Iteration.Of(run, a))];
        return new LazyIterator("map", Results(), [function, .. sources]);

        IEnumerable<Value> Results()
        {
            while (true)
            {
                var items = new Value[sources.Length];
                for (var i = 0; i < sources.Length; i++)
                {
                    if (!sources[i].TryNext(run, out items[i]))
                    {
                        yield break;
                    }
                }

                run.Step();
                yield return function.Object.Call(run, new(items));
            }
        }
    }

    private static Value Filter(Run run, Arguments arguments)
    {
        var function = arguments.Exactly("filter", 2)[0];
        var source = Iteration.Of(run, arguments[1]);
        return new LazyIterator("filter", Results(), function, source);

        IEnumerable<Value> Results()
        {
            while (source.TryNext(run, out var item))
            {
                run.Step();
                if (Truth.Of(run, function.IsNone ? item : function.Object.Call(run, Arguments.Of(item))))
                {
                    yield return item;
                }
            }
        }
    }

    private static Value Next(Run run, Arguments arguments)
    {
        var target = arguments.Between("next", 1, 2)[0];
        if (target.Ref is PyInstance instance && instance.TryGetAttribute(run, target, "__next__", out var method))
        {
            return method.Object.Call(run, Arguments.Of());
        }

        var iterator = target.Ref as PyIterator ?? throw Raise.TypeError($"'{target.Type.Name}' object is not an iterator");
        return iterator.TryNext(run, out var value) ? value : arguments.Has(1) ? arguments[1] : throw new Raised(new PyException(ErrorTypes.StopIteration, []));
    }
}
