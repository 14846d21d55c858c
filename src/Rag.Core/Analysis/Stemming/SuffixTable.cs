namespace Rag.Analysis.Stemming;

/// <summary>Finds the longest of a set of suffixes that a word ends with.</summary>
internal sealed class SuffixTable
{
    // with the last character but one, compared first; '\0' for a suffix of one character
    private readonly (string Suffix, char Before, int Group)[][] _byLastCharacter = new (string, char, int)[64][];

    /// <summary>Suffixes in groups that are treated alike.</summary>
    /// <param name="groups">Each group's suffixes, separated by blanks.</param>
    public SuffixTable(params ReadOnlySpan<string> groups)
    {
        var all = new List<(string Suffix, char Before, int Group)>();
        for (var group = 0; group < groups.Length; group++)
        {
            foreach (var suffix in groups[group].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                all.Add((suffix, suffix.Length > 1 ? suffix[^2] : '\0', group));
            }
        }

        Array.Fill(_byLastCharacter, []);
        foreach (var bucket in all.GroupBy(entry => entry.Suffix[^1] & 63))
        {
            _byLastCharacter[bucket.Key] = [.. bucket.OrderByDescending(entry => entry.Suffix.Length)];
        }
    }

    /// <summary>The longest suffix of <paramref name="word"/> that begins at <paramref name="region"/> or later.</summary>
    public (int Length, int Group) Longest(ReadOnlySpan<char> word, int region) => region < word.Length ? Longest(word[region..]) : (0, -1);

    /// <summary>The longest suffix of <paramref name="word"/>: its length and its group; (0, -1) when none fits.</summary>
    public (int Length, int Group) Longest(ReadOnlySpan<char> word)
    {
        if (!word.IsEmpty)
        {
            var last = word.Length > 1 ? word[^2] : '\uFFFF';
            foreach (var (suffix, before, group) in _byLastCharacter[word[^1] & 63])
            {
                if ((before == last || before == '\0') && word.EndsWith(suffix))
                {
                    return (suffix.Length, group);
                }
            }
        }

        return (0, -1);
    }
}
