using Rag.Ratings;

namespace Rag.Api.Json;

/// <summary>One rating, as <c>rag feedback list</c> prints it; texts are empty or null where they were forgotten with a document.</summary>
internal sealed record RatingJson(
    [Description("The id of the rating.")] string Id,
    [Description("What the answer was: good or bad.")] string Verdict,
    [Description("When it was given.")] DateTimeOffset At,
    [Description("Who gave it: the name of a key.")] string By,
    [Description("The question; empty where it was forgotten with a document.")] string Question,
    [Description("The answer; empty where it was forgotten with a document.")] string Text,
    [Description("Whether the answer was that there is none.")] bool Abstained,
    [Description("Why it was good or bad; null where nothing was said.")] string? Comment,
    [Description("What the answer should have been; the empty text where the documents hold none, null where nothing was said.")] string? Correction,
    [Description("Another answer that is better; null where none was given.")] string? Alternative,
    [Description("Whether its texts were forgotten, since a document that they come from was deleted.")] bool Forgotten,
    [Description("What wrote the answer; null where that is not known.")] string? Generator,
    [Description("The version of the prompt; null without one.")] string? Prompt,
    [Description("The ids of the passages that the answer could be written from.")] IEnumerable<string> Passages)
{
    public static RatingJson Of(Rating r) => new(
        r.Id, NameOf(r.Verdict), r.At, r.By, r.Answer.Question, r.Answer.Text, r.Answer.Abstained, r.Comment, r.Correction, r.Alternative, r.Forgotten,
        r.Origin.Generator, r.Origin.Prompt, r.Answer.Passages.Select(p => p.Chunk.Id));

    public static string NameOf(Verdict verdict) => verdict == Rag.Ratings.Verdict.Good ? "good" : "bad";
}
