using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Sorting as Python does it: stable, by a key, asking only what is less. A merge sort, which stays in bounds whatever the program's comparisons answer.</summary>
internal static class Sorting
{
    public static Value[] Sort(Run run, Value[] items, Value key, bool reverse)
    {
        run.Fill(items.Length, 64);
        var sorted = new (Value Key, Value Item)[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            sorted[i] = (key.IsUnbound || key.IsNone ? items[i] : key.Object.Call(run, Arguments.Of(items[i])), items[i]);
        }

        // equal elements keep their order in a reverse sort too
        if (reverse)
        {
            Array.Reverse(sorted);
        }

        Merge(run, sorted, new (Value, Value)[items.Length], 0, items.Length);
        if (reverse)
        {
            Array.Reverse(sorted);
        }

        return [.. sorted.Select(s => s.Item)];
    }

    private static void Merge(Run run, (Value Key, Value Item)[] items, (Value Key, Value Item)[] buffer, int start, int end)
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = (start + end) / 2;
        Merge(run, items, buffer, start, middle);
        Merge(run, items, buffer, middle, end);
        run.Step(end - start);
        if (!IsLess(run, items[middle].Key, items[middle - 1].Key))
        {
            return;
        }

        items.AsSpan(start, end - start).CopyTo(buffer.AsSpan(start));
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takesRight = left == middle || (right < end && IsLess(run, buffer[right].Key, buffer[left].Key));
            items[i] = takesRight ? buffer[right++] : buffer[left++];
        }
    }

    private static bool IsLess(Run run, Value a, Value b) => a.IsInt && b.IsInt ? a.Bits < b.Bits : Comparing.Compare(run, ComparisonOperator.Less, a, b);
}
