namespace Rag.Analysis.Stemming;

/// <summary>Finds the longest of a set of suffixes that a word ends with.</summary>
internal sealed class SuffixTable
{
    private readonly (string Suffix, int Group)[][] _byLastCharacter = new (string, int)[64][];

    /// <summary>Suffixes in groups that are treated alike.</summary>
    /// <param name="groups">Each group's suffixes, separated by blanks.</param>
    public SuffixTable(params ReadOnlySpan<string> groups)
    {
        var all = new List<(string Suffix, int Group)>();
        for (var group = 0; group < groups.Length; group++)
        {
            foreach (var suffix in groups[group].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                all.Add((suffix, group));
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
            foreach (var (suffix, group) in _byLastCharacter[word[^1] & 63])
            {
                if (word.EndsWith(suffix))
                {
                    return (suffix.Length, group);
                }
            }
        }

        return (0, -1);
    }
}
