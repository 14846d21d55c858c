namespace Rag.Indexing;

/// <summary>Terms of a segment that are spelt nearly like a word: with one or two letters exchanged, left out, put in, or swapped with their neighbour.</summary>
/// <remarks>
/// Damerau-Levenshtein distance, no letter edited twice. Terms are walked in order as a tree of prefixes: a prefix is compared once for all terms that have it, and
/// those of a prefix that is already too far are passed over, so the time grows with the near terms rather than with all.
/// </remarks>
internal sealed class SpellingVariants
{
    private readonly string _word;
    private readonly int _maxDistance;
    private readonly int[][] _edits; // for each prefix of the present term, the edits that make each prefix of the word out of it

    /// <param name="word">A word for which <see cref="DistanceFor"/> is above 0.</param>
    public SpellingVariants(string word)
    {
        (_word, _maxDistance) = (word, DistanceFor(word));
        _edits = [.. Enumerable.Range(0, word.Length + _maxDistance + 1).Select(i => Enumerable.Range(0, word.Length + 1).Select(j => i + j).ToArray())];
    }

    /// <summary>The most edits that a word of this kind may have; 0 where it stays as it is: short words, and whatever holds a digit or mark, such as an error code or a year.</summary>
    public static int DistanceFor(string word) => word.Any(c => !char.IsLetter(c)) ? 0 : word.Length >= 8 ? 2 : word.Length >= 4 ? 1 : 0;

    /// <summary>The variants in a segment that begin with the word's first letter and consist of letters, each with its distance.</summary>
    public IEnumerable<(string Term, int Distance)> In(Segment segment)
    {
        var previous = "";
        for (var term = segment.FirstFrom(_word.AsSpan(0, 1)); term < segment.TermCount && segment.Term(term)[0] == _word[0];)
        {
            var text = segment.Term(term).ToString();
            var dead = Compare(text, text.AsSpan().CommonPrefixLength(previous));
            if (dead > 0)
            {
                term = segment.FirstWithout(text.AsSpan(0, dead), term);
                previous = text[..dead];
                continue;
            }

            if (_edits[text.Length][_word.Length] is > 0 and var distance && distance <= _maxDistance && text.All(char.IsLetter))
            {
                yield return (text, distance);
            }

            (previous, term) = (text, term + 1);
        }
    }

    /// <summary>Compares what follows the first <paramref name="known"/> characters, and gives the length of the first prefix that no near term can begin with, or 0.</summary>
    private int Compare(string term, int known)
    {
        for (var i = known + 1; i <= term.Length; i++)
        {
            if (i >= _edits.Length || !Extend(term, i))
            {
                return i;
            }
        }

        return 0;
    }

    private bool Extend(string term, int i)
    {
        var (row, above) = (_edits[i], _edits[i - 1]);
        var least = row[0];
        for (var j = 1; j <= _word.Length; j++)
        {
            var edits = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (term[i - 1] == _word[j - 1] ? 0 : 1));
            if (i > 1 && j > 1 && term[i - 1] == _word[j - 2] && term[i - 2] == _word[j - 1])
            {
                edits = Math.Min(edits, _edits[i - 2][j - 2] + 1);
            }

            least = Math.Min(least, row[j] = edits);
        }

        return least <= _maxDistance;
    }
}
