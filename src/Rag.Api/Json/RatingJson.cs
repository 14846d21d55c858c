using Rag.Ratings;

namespace Rag.Api.Json;

/// <summary>One rating, as <c>rag feedback list</c> prints it; texts are empty or null where they were forgotten with a document.</summary>
internal sealed record RatingJson(
    string Id, string Verdict, DateTimeOffset At, string By, string Question, string Text, bool Abstained, string? Comment, string? Correction, string? Alternative, bool Forgotten,
    string? Generator, string? Prompt, IEnumerable<string> Passages)
{
    public static RatingJson Of(Rating r) => new(
        r.Id, NameOf(r.Verdict), r.At, r.By, r.Answer.Question, r.Answer.Text, r.Answer.Abstained, r.Comment, r.Correction, r.Alternative, r.Forgotten,
        r.Origin.Generator, r.Origin.Prompt, r.Answer.Passages.Select(p => p.Chunk.Id));

    public static string NameOf(Verdict verdict) => verdict == Rag.Ratings.Verdict.Good ? "good" : "bad";
}
