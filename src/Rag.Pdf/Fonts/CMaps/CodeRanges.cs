namespace Rag.Pdf.Fonts.CMaps;

/// <summary>A value for each of many ranges of codes. Where ranges overlap, the one added last counts. Costs memory by ranges, not by codes.</summary>
internal sealed class CodeRanges<T>
{
    private readonly Range[] _ranges;

    public CodeRanges(List<Range> ranges) => _ranges = Apart(ranges);

    /// <summary>Codes from <paramref name="Low"/> to <paramref name="High"/>, both included; <paramref name="Origin"/> is where the range began before others cut it.</summary>
    internal readonly record struct Range(ulong Low, ulong High, ulong Origin, T Value)
    {
        public Range(ulong low, ulong high, T value)
            : this(low, high, low, value)
        {
        }
    }

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>Finds the range of a code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="value">The value of its range.</param>
    /// <param name="offset">How far into its range the code lies.</param>
    public bool TryFind(ulong code, out T value, out uint offset)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            ref readonly var range = ref _ranges[middle];
            if (code < range.Low)
            {
                high = middle - 1;
            }
            else if (code > range.High)
            {
                low = middle + 1;
            }
            else
            {
                value = range.Value;
                offset = (uint)(code - range.Origin);
                return true;
            }
        }

        value = default!;
        offset = 0;
        return false;
    }

    // The same ranges in order and without overlap: a sweep in which, of the ranges open at a code, the last added wins.
    private static Range[] Apart(List<Range> ranges)
    {
        ranges.RemoveAll(r => r.High < r.Low);
        if (IsApart(ranges))
        {
            return [.. ranges];
        }

        var order = Enumerable.Range(0, ranges.Count).OrderBy(i => ranges[i].Low).ThenBy(i => i).ToArray();
        var open = new PriorityQueue<int, int>();
        var apart = new List<Range>(ranges.Count);
        var next = 0;
        ulong position = 0;
        while (next < order.Length || open.Count > 0)
        {
            while (open.TryPeek(out var done, out _) && ranges[done].High < position)
            {
                open.Dequeue();
            }

            if (open.Count == 0)
            {
                if (next == order.Length)
                {
                    break;
                }

                position = ranges[order[next]].Low;
            }

            for (; next < order.Length && ranges[order[next]].Low <= position; next++)
            {
                open.Enqueue(order[next], -order[next]);
            }

            var top = ranges[open.Peek()];
            if (top.High < position)
            {
                continue;
            }

            var end = next < order.Length ? Math.Min(top.High, ranges[order[next]].Low - 1) : top.High;
            apart.Add(top with { Low = position, High = end });
            position = end + 1;
        }

        return [.. apart];
    }

    private static bool IsApart(List<Range> ranges)
    {
        for (var i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].Low <= ranges[i - 1].High)
            {
                return false;
            }
        }

        return true;
    }
}
