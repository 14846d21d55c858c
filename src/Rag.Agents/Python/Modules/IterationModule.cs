using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>itertools</c>.</summary>
internal static class IterationModule
{
    public static readonly Dictionary<string, Value> Members = Create();

    private static Dictionary<string, Value> Create()
    {
        Dictionary<string, Native> functions = new()
        {
            ["product"] = Product,
            ["permutations"] = (run, arguments) => Chosen(run, arguments.Bind("permutations", 1, "iterable", "r"), "permutations", Selections.Permutations),
            ["combinations"] = (run, arguments) => Chosen(run, arguments.Bind("combinations", 2, "iterable", "r"), "combinations", Selections.Combinations),
            ["combinations_with_replacement"] = (run, arguments) => Chosen(run, arguments.Bind("combinations_with_replacement", 2, "iterable", "r"), "combinations_with_replacement", Selections.Multisets),
            ["chain"] = (run, arguments) => Lazy("chain", arguments.Positional.ToArray().SelectMany(a => Iteration.Each(run, a)), arguments.Values),
            ["count"] = (run, arguments) => Count(run, arguments.Bind("count", 0, "start", "step")),
            ["cycle"] = (run, arguments) => Iteration.ToArray(run, arguments.Exactly("cycle", 1)[0]) is var items ? Lazy("cycle", Cycle(run, items), items) : default,
            ["repeat"] = (run, arguments) => Lazy("repeat", Repeat(run, arguments.Bind("repeat", 1, "object", "times")), arguments.Values),
            ["islice"] = Slice,
            ["accumulate"] = (run, arguments) => Lazy("accumulate", Accumulate(run, arguments.Bind("accumulate", 1, "iterable", "func", "initial")), arguments.Values),
            ["takewhile"] = (run, arguments) => Filtered(run, arguments.Exactly("takewhile", 2), "takewhile", (items, holds) => items.TakeWhile(holds)),
            ["dropwhile"] = (run, arguments) => Filtered(run, arguments.Exactly("dropwhile", 2), "dropwhile", (items, holds) => items.SkipWhile(holds)),
            ["filterfalse"] = (run, arguments) => Filtered(run, arguments.Exactly("filterfalse", 2), "filterfalse", (items, holds) => items.Where(i => !holds(i))),
            ["starmap"] = (run, arguments) => Lazy("starmap", Iteration.Each(run, arguments.Exactly("starmap", 2)[1]).Select(i => arguments[0].Object.Call(run, new(Iteration.ToArray(run, i)))), arguments.Values),
            ["compress"] = (run, arguments) => Lazy("compress", Iteration.Each(run, arguments.Exactly("compress", 2)[0]).Zip(Iteration.Each(run, arguments[1])).Where(p => Truth.Of(run, p.Second)).Select(p => p.First), arguments.Values),
            ["zip_longest"] = LongestZip,
            ["pairwise"] = (run, arguments) => Lazy("pairwise", Pairs(run, arguments.Exactly("pairwise", 1)[0]), arguments.Values),
            ["groupby"] = (run, arguments) => Lazy("groupby", Groups(run, arguments.Bind("groupby", 1, "iterable", "key")), arguments.Values),
        };
        var members = functions.ToDictionary(f => f.Key, f => (Value)new PyBuiltin(f.Key, f.Value));
        members["chain"] = new PyType("chain", Types.Object, functions["chain"])
        {
            Members = { ["from_iterable"] = new PyBuiltin("from_iterable", (run, arguments) => Lazy("chain", Iteration.Each(run, arguments.Exactly("from_iterable", 1)[0]).SelectMany(a => Iteration.Each(run, a)), arguments.Values)) },
        };
        return members;
    }

    private static LazyIterator Lazy(string name, IEnumerable<Value> values, params Value[] held) => new(name, values, held);

    private static PyTuple Tuple(Run run, params Value[] items)
    {
        run.Allocate(48 + (16 * items.Length));
        run.Step(items.Length / 4);
        return new(items);
    }

    private static Value Product(Run run, Arguments arguments)
    {
        var repeat = new Arguments(arguments.Values[arguments.PositionalCount..], arguments.Names).Bind("product", 0, "repeat").Index(0, 1);
        if (repeat < 0 || repeat * arguments.PositionalCount > 1000)
        {
            throw Raise.ValueError("repeat of product() must be at least 0, and there may be at most 1000 factors");
        }

        Value[][] pools = [.. arguments.Positional.ToArray().Select(a => Iteration.ToArray(run, a).ToArray())];
        pools = [.. Enumerable.Repeat(pools, (int)repeat).SelectMany(p => p)];
        return Lazy("product", Selections.Product(pools).Select(items => (Value)Tuple(run, items)), [.. pools.Distinct().Select(p => (Value)new PyTuple(p))]);
    }

    private static LazyIterator Chosen(Run run, Arguments bound, string name, Func<int, int, IEnumerable<int[]>> select)
    {
        Value[] pool = [.. Iteration.ToArray(run, bound[0])];
        var count = bound.Index(1, pool.Length);
        if (count is < 0 or > 1000)
        {
            throw Raise.ValueError(count < 0 ? "r must be non-negative" : "r may be at most 1000");
        }

        run.Fill(pool.Length, 16);
        return Lazy(name, select(pool.Length, (int)count).Select(indices => (Value)Tuple(run, [.. indices.Select(i => pool[i])])), new PyTuple(pool));
    }

    private static LazyIterator Count(Run run, Arguments bound)
    {
        return Lazy("count", Numbers());

        IEnumerable<Value> Numbers()
        {
            for (var number = bound.Has(0) ? bound[0] : Value.Int(0); ; number = Arithmetic.Apply(run, BinaryOperator.Add, number, bound.Has(1) ? bound[1] : Value.Int(1)))
            {
                run.Step();
                yield return number;
            }
        }
    }

    private static IEnumerable<Value> Cycle(Run run, Value[] items)
    {
        while (items.Length > 0)
        {
            foreach (var item in items)
            {
                run.Step();
                yield return item;
            }
        }
    }

    private static IEnumerable<Value> Repeat(Run run, Arguments bound)
    {
        for (var left = bound.Index(1, long.MaxValue); left > 0; left--)
        {
            run.Step();
            yield return bound[0];
        }
    }

    private static Value Slice(Run run, Arguments arguments)
    {
        arguments.Between("islice", 2, 4);
        var source = Iteration.Of(run, arguments[0]);
        var hasStart = arguments.Values.Length > 2;
        var (start, stop, step) = (hasStart ? arguments.Index(1, 0) : 0, arguments.Index(hasStart ? 2 : 1, long.MaxValue), arguments.Index(3, 1));
        if (start < 0 || stop < 0 || step < 1)
        {
            throw Raise.ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }

        return Lazy("islice", Chosen(), source);

        IEnumerable<Value> Chosen()
        {
            var next = start;
            for (long i = 0; i < stop && source.TryNext(run, out var item); i++)
            {
                run.Step();
                if (i != next)
                {
                    continue;
                }

                next += step;
                yield return item;
                if (next >= stop)
                {
                    // what lies between the last chosen and the stop is taken too, as in CPython
                    while (++i < stop && source.TryNext(run, out _))
                    {
                        run.Step();
                    }
                }
            }
        }
    }

    private static IEnumerable<Value> Accumulate(Run run, Arguments bound)
    {
        var total = bound[2];
        if (bound.Has(2) && !total.IsNone)
        {
            yield return total;
        }
        else
        {
            total = default;
        }

        foreach (var item in Iteration.Each(run, bound[0]))
        {
            total = total.IsUnbound ? item
                : bound.Has(1) && !bound[1].IsNone ? bound[1].Object.Call(run, Arguments.Of(total, item))
                : Arithmetic.Apply(run, BinaryOperator.Add, total, item);
            yield return total;
        }
    }

    private static LazyIterator Filtered(Run run, Arguments arguments, string name, Func<IEnumerable<Value>, Func<Value, bool>, IEnumerable<Value>> filter) =>
        Lazy(name, filter(Iteration.Each(run, arguments[1]), i => Truth.Of(run, arguments[0].IsNone ? i : arguments[0].Object.Call(run, Arguments.Of(i)))), arguments.Values);

    private static Value LongestZip(Run run, Arguments arguments)
    {
        var named = new Arguments(arguments.Values[arguments.PositionalCount..], arguments.Names).Bind("zip_longest", 0, "fillvalue");
        PyIterator[] sources = [.. arguments.Positional.ToArray().Select(a => Iteration.Of(run, a))];
        return Lazy("zip_longest", Tuples(), [.. sources]);

        IEnumerable<Value> Tuples()
        {
            while (true)
            {
                var found = false;
                var items = new Value[sources.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    found |= sources[i].TryNext(run, out items[i]);
                    items[i] = !items[i].IsUnbound ? items[i] : named.Has(0) ? named[0] : Value.None;
                }

                if (!found)
                {
                    yield break;
                }

                yield return Tuple(run, items);
            }
        }
    }

    private static IEnumerable<Value> Pairs(Run run, Value source)
    {
        Value previous = default;
        foreach (var item in Iteration.Each(run, source))
        {
            if (!previous.IsUnbound)
            {
                yield return Tuple(run, previous, item);
            }

            previous = item;
        }
    }

    // each group is complete when it is given, so it stays whole where CPython's would be used up
    private static IEnumerable<Value> Groups(Run run, Arguments bound)
    {
        Value key = default;
        PyList? group = null;
        foreach (var item in Iteration.Each(run, bound[0]))
        {
            var next = bound.Has(1) && !bound[1].IsNone ? bound[1].Object.Call(run, Arguments.Of(item)) : item;
            if (group is null || !Comparing.AreEqual(run, key, next))
            {
                if (group is not null)
                {
                    yield return Tuple(run, key, group.Iterate(run));
                }

                (key, group) = (next, new PyList([]));
                run.Allocate(group.Size);
            }

            group.Append(run, item);
        }

        if (group is not null)
        {
            yield return Tuple(run, key, group.Iterate(run));
        }
    }
}
