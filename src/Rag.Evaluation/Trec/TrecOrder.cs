namespace Rag.Evaluation.Trec;

/// <summary>The order in which trec_eval reads a run, whatever its ranks say: score descending, equal scores by document id descending, ids compared byte by byte in UTF-8.</summary>
public sealed class TrecOrder : IComparer<ScoredDocument>
{
    private readonly int _ties;

    private TrecOrder(int ties) => _ties = ties;

    /// <summary>The order; it has no state.</summary>
    public static TrecOrder Instance { get; } = new(-1);

    /// <summary>The order for preferences: the same, but equal scores by document id ascending.</summary>
    public static TrecOrder OfPreferences { get; } = new(1);

    /// <inheritdoc/>
    public int Compare(ScoredDocument x, ScoredDocument y)
    {
        var byScore = y.Score.CompareTo(x.Score);
        return byScore != 0 ? byScore : _ties * CompareBytes(x.Id, y.Id);
    }

    private static int CompareBytes(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[common]).CompareTo(Rank(right[common]));
    }

    // In UTF-8 characters beyond U+FFFF come last; in UTF-16 their surrogates stand before U+E000.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
