using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Operations;

/// <summary>Union, intersection, difference and symmetric difference, in the order in which CPython builds them.</summary>
internal static class SetAlgebra
{
    public static Func<Run, PySet, PySet, PySet>? Of(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Or => Union,
        BinaryOperator.And => Intersection,
        BinaryOperator.Subtract => Difference,
        BinaryOperator.Xor => SymmetricDifference,
        _ => null,
    };

    /// <summary>Changes the first set into the result.</summary>
    public static void Apply(Run run, BinaryOperator operation, PySet set, PySet other)
    {
        switch (operation)
        {
            case BinaryOperator.Or:
                set.Update(run, other);
                break;
            case BinaryOperator.And:
                set.Become(Intersection(run, set, other));
                break;
            case BinaryOperator.Subtract:
                foreach (var item in other.Items.ToArray())
                {
                    run.Step();
                    set.Remove(run, item);
                }

                break;
            default:
                SymmetricUpdate(run, set, other);
                break;
        }
    }

    public static PySet Union(Run run, PySet set, PySet other)
    {
        var union = set.Copy(run);
        union.Update(run, other);
        return union;
    }

    public static PySet Intersection(Run run, PySet set, PySet other)
    {
        var (walked, asked) = other.Count > set.Count ? (set, other) : (other, set);
        return Filtered(run, set.Type, walked, item => asked.Contains(run, item));
    }

    public static PySet Difference(Run run, PySet set, PySet other)
    {
        // set_difference: a much smaller subtrahend is taken out of a copy
        if (set.Count >> 2 > other.Count)
        {
            var copy = set.Copy(run);
            Apply(run, BinaryOperator.Subtract, copy, other);
            return copy;
        }

        return Filtered(run, set.Type, set, item => !other.Contains(run, item));
    }

    public static PySet SymmetricDifference(Run run, PySet set, PySet other)
    {
        var result = other.Copy(run, set.Type);
        SymmetricUpdate(run, result, set);
        return result;
    }

    private static void SymmetricUpdate(Run run, PySet set, PySet other)
    {
        foreach (var item in other.Items.ToArray())
        {
            run.Step();
            if (!set.Remove(run, item))
            {
                set.Add(run, item);
            }
        }
    }

    private static PySet Filtered(Run run, PyType type, PySet set, Func<Value, bool> keep)
    {
        var result = new PySet(type);
        run.Allocate(result.Size);
        foreach (var item in set.Items.ToArray())
        {
            run.Step();
            if (keep(item))
            {
                result.Add(run, item);
            }
        }

        return result;
    }
}
