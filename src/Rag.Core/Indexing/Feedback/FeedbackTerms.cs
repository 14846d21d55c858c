namespace Rag.Indexing.Feedback;

/// <summary>Which terms are worth learning. The limits are Anserini's, which takes them for all its collections of news and web pages.</summary>
internal sealed class FeedbackTerms(FeedbackEvidence evidence)
{
    private const int Shortest = 2;
    private const int Longest = 20;
    private const float MostFrequent = 0.1f; // share of the passages

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a term is made of a to z and digits only.</summary>
    public static bool IsPlain(string term) => term.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    /// <summary>Whether a term is of middling length and not frequent.</summary>
    public bool Accepts(string term)
    {
        if (term.Length is < Shortest or > Longest)
        {
            return false;
        }

        return _known.TryGetValue(term, out var accepted)
            ? accepted
            : _known[term] = (float)evidence.PassagesWith(term) / evidence.Passages <= MostFrequent;
    }
}
