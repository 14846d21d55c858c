using Rag.Citations;
using Rag.Ratings;

namespace Rag.Testing;

/// <summary>Ratings of answers that were really checked.</summary>
public static class SampleRatings
{
    /// <summary>A moment, so that no test reads a clock.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A rating of what is left of <paramref name="text"/> after checking it against the passages.</summary>
    public static Rating Of(string id, Verdict verdict, string question, string text, params IReadOnlyList<string> passages) => Of(id, verdict, question, text, Passages.Of(passages));

    /// <inheritdoc cref="Of(string, Verdict, string, string, IReadOnlyList{string})"/>
    public static Rating Of(string id, Verdict verdict, string question, string text, IReadOnlyList<Passage> passages) =>
        new(id, verdict, new CitationVerifier().Verify(question, text, passages)) { At = Noon };
}
