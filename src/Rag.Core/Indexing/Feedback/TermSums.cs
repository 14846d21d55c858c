using System.Runtime.InteropServices;

namespace Rag.Indexing.Feedback;

/// <summary>Adds up the terms of passages by their numbers: texts of terms lie far apart in memory, and only those of the heaviest are asked for. Not safe for concurrent use.</summary>
internal sealed class TermSums(KeywordIndex index)
{
    private const int Terms = 512; // of a few passages; there may be more

    private readonly Dictionary<int, float> _sums = new(Terms); // of terms by their number in the first passage's segment; those that it lacks have numbers below 0
    private readonly List<string> _lacking = [];
    private LiveSegment? _home;

    /// <summary>Adds each term's share of a passage, times a weight.</summary>
    public void Add((int Segment, int Chunk) place, float weight)
    {
        var live = index.Segments[place.Segment];
        _home ??= live;
        var tokens = live.Segment.TokensOf(place.Chunk).ToArray();
        Array.Sort(tokens);
        var all = 0;
        for (var (start, end) = (0, 0); start < tokens.Length; start = end)
        {
            end = EndOfRun(tokens, start);
            all += Count(start, end);
        }

        for (var (start, end) = (0, 0); start < tokens.Length; start = end)
        {
            end = EndOfRun(tokens, start);
            CollectionsMarshal.GetValueRefOrAddDefault(_sums, NumberOf(live, tokens[start]), out _) += weight * (Count(start, end) / (float)all);
        }
    }

    /// <summary>All terms with what they come to, heaviest first, ties in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, float>> Descending()
    {
        int[] numbers = [.. _sums.Keys];
        var order = Array.ConvertAll(numbers, n => -_sums[n]);
        Array.Sort(order, numbers);
        for (var (start, end) = (0, 0); start < numbers.Length; start = end)
        {
            while (end < numbers.Length && order[end] == order[start])
            {
                end++;
            }

            Array.Sort(numbers, start, end - start); // so are the terms ordered, but for those with numbers below 0
            var tied = new ArraySegment<int>(numbers, start, end - start).Select(TermOf);
            foreach (var term in numbers[start] < 0 ? tied.Order(StringComparer.Ordinal) : tied)
            {
                yield return new(term, -order[start]);
            }
        }
    }

    private static int EndOfRun(int[] tokens, int start)
    {
        var end = start + 1;
        while (end < tokens.Length && tokens[end] == tokens[start])
        {
            end++;
        }

        return end;
    }

    private static int Count(int start, int end) => Math.Min(end - start, ushort.MaxValue); // as postings count

    private int NumberOf(LiveSegment live, int token)
    {
        if (live == _home)
        {
            return token;
        }

        var term = live.Segment.Term(token);
        if (_home!.Terms.Find(term, string.GetHashCode(term)) is >= 0 and var number)
        {
            return number;
        }

        var place = CollectionsMarshal.AsSpan(_lacking).IndexOf(term.ToString());
        if (place < 0)
        {
            place = _lacking.Count;
            _lacking.Add(term.ToString());
        }

        return ~place;
    }

    private string TermOf(int number) => number < 0 ? _lacking[~number] : _home!.Segment.Term(number).ToString();
}
