using Rag.Agents.Python.Builtins;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>What a <c>collections.Counter</c> does beyond a dictionary.</summary>
internal static class Counting
{
    public static readonly Dictionary<string, NativeMethod> Methods = new()
    {
        ["most_common"] = (run, self, arguments) => MostCommonList(run, self, arguments),
        ["elements"] = (run, self, _) => new LazyIterator("chain", Elements(run, (PyDict)self.Ref!), self),
        ["total"] = (run, self, _) => ((PyDict)self.Ref!).Values.Aggregate(Value.Int(0), (a, b) => Arithmetic.Apply(run, BinaryOperator.Add, a, b)),
        ["update"] = (run, self, arguments) => Add(run, (PyDict)self.Ref!, arguments, BinaryOperator.Add),
        ["subtract"] = (run, self, arguments) => Add(run, (PyDict)self.Ref!, arguments, BinaryOperator.Subtract),
    };

    public static Value Create(Run run, Arguments arguments)
    {
        var counter = new PyDict(Types.Counter);
        run.Allocate(counter.Size);
        Add(run, counter, arguments, BinaryOperator.Add);
        return counter;
    }

    /// <summary>The pairs by falling count; equal counts in the order of insertion.</summary>
    public static List<(Value Key, Value Value)> MostCommon(Run run, PyDict counter)
    {
        (Value Key, Value Value)[] items = [.. counter.Items];
        var order = Sorting.Sort(run, [.. Enumerable.Range(0, items.Length).Select(i => Value.Int(i))], new PyBuiltin("count", (_, arguments) => items[arguments[0].Bits].Value), reverse: true);
        return [.. order.Select(i => items[i.Bits])];
    }

    /// <summary>The operators between two counters, which drop counts that are not positive.</summary>
    public static bool TryCombine(Run run, BinaryOperator operation, PyDict a, PyDict b, out Value result)
    {
        result = default;
        if (operation is not (BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.And or BinaryOperator.Or))
        {
            return false;
        }

        var combined = new PyDict(Types.Counter);
        run.Allocate(combined.Size);
        foreach (var key in a.Keys.Concat(b.Keys).ToList())
        {
            run.Step();
            if (combined.Contains(run, key))
            {
                continue;
            }

            var (x, y) = (a.GetItem(run, key), b.TryGet(run, key, out var found) ? found : Value.Int(0));
            var count = operation switch
            {
                BinaryOperator.And => Comparing.Compare(run, ComparisonOperator.Less, y, x) ? y : x,
                BinaryOperator.Or => Comparing.Compare(run, ComparisonOperator.Less, x, y) ? y : x,
                _ => Arithmetic.Apply(run, operation, x, y),
            };
            if (Comparing.Compare(run, ComparisonOperator.Greater, count, Value.Int(0)))
            {
                combined.Set(run, key, count);
            }
        }

        result = combined;
        return true;
    }

    private static Value Add(Run run, PyDict counter, Arguments arguments, BinaryOperator operation)
    {
        if (arguments.PositionalCount > 0 && !arguments[0].IsNone)
        {
            if (arguments[0].Ref is PyDict counts)
            {
                foreach (var (key, count) in counts.Items.ToList())
                {
                    Change(run, counter, key, count, operation);
                }
            }
            else
            {
                foreach (var item in Iteration.Each(run, arguments[0]))
                {
                    Change(run, counter, item, Value.Int(1), operation);
                }
            }
        }

        for (var i = 0; i < arguments.Names.Length; i++)
        {
            Change(run, counter, arguments.Names[i], arguments[arguments.PositionalCount + i], operation);
        }

        return Value.None;
    }

    private static void Change(Run run, PyDict counter, Value key, Value count, BinaryOperator operation)
    {
        run.Step();
        counter.Set(run, key, Arithmetic.Apply(run, operation, counter.TryGet(run, key, out var old) ? old : Value.Int(0), count));
    }

    private static PyList MostCommonList(Run run, Value self, Arguments arguments)
    {
        var pairs = MostCommon(run, (PyDict)self.Ref!);
        var count = (int)Math.Clamp(arguments.Bind("most_common", 0, "n").Index(0, pairs.Count), 0, pairs.Count);
        run.Fill(count, 96);
        return new([.. pairs.Take(count).Select(p => (Value)new PyTuple(p.Key, p.Value))]);
    }

    private static IEnumerable<Value> Elements(Run run, PyDict counter)
    {
        foreach (var (key, count) in counter.Items.ToList())
        {
            for (var i = Integers.ToIndex(count); i > 0; i--)
            {
                run.Step();
                yield return key;
            }
        }
    }
}
