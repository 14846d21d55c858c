using System.Collections.Frozen;

namespace Rag.Analysis;

/// <summary>A fixed set of words that is asked with spans.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly int _longest;

    /// <summary>The words of <paramref name="words"/>, separated by white space.</summary>
    public WordSet(string words)
    {
        var all = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
        _words = all.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = all.Count == 0 ? 0 : all.Max(word => word.Length);
        Words = all;
    }

    /// <summary>The words, in no order.</summary>
    public IReadOnlySet<string> Words { get; }

    /// <summary>Whether <paramref name="word"/> is one of them.</summary>
    public bool Contains(ReadOnlySpan<char> word) => word.Length <= _longest && _words.Contains(word);
}
