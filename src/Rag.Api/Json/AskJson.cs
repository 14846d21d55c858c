using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>What <c>rag ask</c> prints.</summary>
internal sealed record AskJson(
    string Question,
    string Text,
    bool Abstained,
    string? Reason,
    IEnumerable<SentenceJson> Sentences,
    IEnumerable<CitationJson> Citations,
    IEnumerable<SourceJson> Sources,
    UsageJson Usage,
    TimingsJson Timings)
{
    public static AskJson Of(Answer answer, TimeSpan rerank) => new(
        answer.Question,
        answer.Text,
        answer.Abstained,
        answer.Reason,
        answer.Sentences.Select(s => new SentenceJson(s.Span.Start, s.Span.End, s.Supported, s.Citations)),
        answer.Citations.Select(CitationJson.Of),
        answer.Passages.Select(SourceJson.Of),
        new(answer.Usage.PromptTokens, answer.Usage.CompletionTokens),
        TimingsJson.Of(answer.Timings, rerank));
}

/// <summary>One sentence of the answer.</summary>
internal sealed record SentenceJson(int Start, int End, bool Supported, IReadOnlyList<int> Citations);

/// <summary>One checked mark; <c>start</c> and <c>end</c> count in the answer, <c>sourceStart</c> and <c>sourceEnd</c> in the parsed document; a box is <c>[page, x0, y0, x1, y1]</c>, in points, origin top left.</summary>
internal sealed record CitationJson(
    int Number, int Start, int End, string DocumentId, string ChunkId, string? Path, string Title, int? Page, int SourceStart, int SourceEnd, string Quote, double Support, IEnumerable<double[]> Boxes)
{
    /// <summary>Where the quote stands, as its format names places, such as <c>Prices!A2:D2</c>; left out where it has no names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Place { get; init; }

    public static CitationJson Of(Citation c) =>
        new(c.Number, c.Mark.Start, c.Mark.End, c.Chunk.DocumentId, c.Chunk.Id, c.Chunk.Path, c.Chunk.Title, c.Page, c.Source.Start, c.Source.End, c.Quote, c.Support,
            c.Boxes.Select(b => new[] { b.Page, b.X0, b.Y0, b.X1, b.Y1 }))
        { Place = c.Place };
}

/// <summary>One passage that the answer could be written from.</summary>
internal sealed record SourceJson(int Number, string ChunkId, string DocumentId, string? Path, int? Page, int Start, int End, string Text, double Score)
{
    /// <summary>As for a citation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Place { get; init; }

    public static SourceJson Of(Passage p) =>
        new(p.Number, p.Chunk.Id, p.Chunk.DocumentId, p.Chunk.Path, p.Chunk.Pages?.First, p.Chunk.Span.Start, p.Chunk.Span.End, p.Chunk.Text, p.Score) { Place = p.Chunk.PlaceOf(p.Chunk.Span) };
}
