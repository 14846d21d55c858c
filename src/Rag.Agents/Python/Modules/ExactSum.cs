namespace Rag.Agents.Python.Modules;

/// <summary>The sum of doubles, rounded once: Shewchuk's partial sums (1997), as in CPython's <c>math.fsum</c>.</summary>
internal static class ExactSum
{
    public static double Of(IEnumerable<double> numbers)
    {
        List<double> partials = [];
        var special = 0.0;
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number))
            {
                special += number;
                continue;
            }

            Add(partials, number);
        }

        if (special != 0 || double.IsNaN(special))
        {
            return double.IsNaN(special) ? throw Raise.ValueError("-inf + inf in fsum") : special;
        }

        return Total(partials);
    }

    // afterwards the partials do not overlap, and ascend in magnitude
    private static void Add(List<double> partials, double x)
    {
        var kept = 0;
        for (var i = 0; i < partials.Count; i++)
        {
            var y = partials[i];
            if (Math.Abs(x) < Math.Abs(y))
            {
                (x, y) = (y, x);
            }

            var high = x + y;
            var low = y - (high - x);
            if (low != 0)
            {
                partials[kept++] = low;
            }

            x = high;
        }

        partials.RemoveRange(kept, partials.Count - kept);
        partials.Add(x);
        if (double.IsInfinity(x))
        {
            throw Raise.Overflow("intermediate overflow in fsum");
        }
    }

    private static double Total(List<double> partials)
    {
        var n = partials.Count;
        if (n == 0)
        {
            return 0;
        }

        var high = partials[--n];
        var low = 0.0;
        while (n > 0 && low == 0)
        {
            var (x, y) = (high, partials[--n]);
            high = x + y;
            low = y - (high - x);
        }

        // half an ulp is rounded by what lies beneath it
        if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0)))
        {
            var twice = low * 2;
            var rounded = high + twice;
            high = twice == rounded - high ? rounded : high;
        }

        return high;
    }
}
