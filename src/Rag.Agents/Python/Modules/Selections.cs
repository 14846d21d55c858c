namespace Rag.Agents.Python.Modules;

/// <summary>Ways to choose from a pool, in the order of CPython's <c>itertools</c>.</summary>
internal static class Selections
{
    public static IEnumerable<T[]> Product<T>(T[][] pools)
    {
        if (pools.Any(p => p.Length == 0))
        {
            yield break;
        }

        var indices = new int[pools.Length];
        while (true)
        {
            yield return [.. indices.Select((index, i) => pools[i][index])];
            var at = pools.Length - 1;
            while (at >= 0 && ++indices[at] == pools[at].Length)
            {
                indices[at--] = 0;
            }

            if (at < 0)
            {
                yield break;
            }
        }
    }

    public static IEnumerable<int[]> Permutations(int size, int count)
    {
        if (count > size)
        {
            yield break;
        }

        int[] indices = [.. Enumerable.Range(0, size)];
        int[] cycles = [.. Enumerable.Range(0, count).Select(i => size - i)];
        yield return indices[..count];
        for (var i = count - 1; i >= 0;)
        {
            if (--cycles[i] == 0)
            {
                var moved = indices[i];
                indices.AsSpan(i + 1).CopyTo(indices.AsSpan(i));
                indices[^1] = moved;
                cycles[i] = size - i;
                i--;
                continue;
            }

            var other = size - cycles[i];
            (indices[i], indices[other]) = (indices[other], indices[i]);
            yield return indices[..count];
            i = count - 1;
        }
    }

    public static IEnumerable<int[]> Combinations(int size, int count)
    {
        if (count > size)
        {
            yield break;
        }

        int[] indices = [.. Enumerable.Range(0, count)];
        while (true)
        {
            yield return [.. indices];
            var at = count - 1;
            while (at >= 0 && indices[at] == at + size - count)
            {
                at--;
            }

            if (at < 0)
            {
                yield break;
            }

            indices[at]++;
            for (var i = at + 1; i < count; i++)
            {
                indices[i] = indices[i - 1] + 1;
            }
        }
    }

    /// <summary>Combinations in which an element may stand more than once.</summary>
    public static IEnumerable<int[]> Multisets(int size, int count)
    {
        if (size == 0 && count > 0)
        {
            yield break;
        }

        var indices = new int[count];
        while (true)
        {
            yield return [.. indices];
            var at = count - 1;
            while (at >= 0 && indices[at] == size - 1)
            {
                at--;
            }

            if (at < 0)
            {
                yield break;
            }

            Array.Fill(indices, indices[at] + 1, at, count - at);
        }
    }
}
