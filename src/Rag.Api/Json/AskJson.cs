using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>What <c>rag ask</c> prints.</summary>
internal sealed record AskJson(
    [Description("The question, as it was asked.")] string Question,
    [Description("The answer with its marks, such as [1]; a sentence that says so where it abstains.")] string Text,
    [Description("Whether the documents hold no answer that could be given.")] bool Abstained,
    [Description("Why it abstains; null where it does not.")] string? Reason,
    [Description("The sentences of the answer, in their order.")] IEnumerable<SentenceJson> Sentences,
    [Description("The checked marks, in the order of the text.")] IEnumerable<CitationJson> Citations,
    [Description("The passages that the answer could be written from, by their numbers.")] IEnumerable<SourceJson> Sources,
    [Description("The tokens that a language model read and wrote; 0 without one.")] UsageJson Usage,
    [Description("Where the time went.")] TimingsJson Timings)
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
internal sealed record SentenceJson(
    [Description("Where the sentence begins in the answer, in UTF-16 code units from 0.")] int Start,
    [Description("Where the sentence ends in the answer, behind its last code unit.")] int End,
    [Description("Whether a source says what the sentence says.")] bool Supported,
    [Description("The numbers of the sources that its marks name.")] IReadOnlyList<int> Citations);

/// <summary>One checked mark.</summary>
internal sealed record CitationJson(
    [Description("The number of its mark, which is that of its source, from 1.")] int Number,
    [Description("Where the mark begins in the answer, in UTF-16 code units from 0.")] int Start,
    [Description("Where the mark ends in the answer, behind its last code unit.")] int End,
    [Description("The id of the document that is cited.")] string DocumentId,
    [Description("The id of the passage that is cited.")] string ChunkId,
    [Description("The path that the document was read from; null over HTTP, where it would tell of the server's machine.")] string? Path,
    [Description("The title of the document.")] string Title,
    [Description("The page of the quote, from 1; null where the format has none.")] int? Page,
    [Description("Where the quote begins in the document's text, in UTF-16 code units from 0.")] int SourceStart,
    [Description("Where the quote ends in the document's text, behind its last code unit.")] int SourceEnd,
    [Description("The words of the document, exactly as they stand there.")] string Quote,
    [Description("How well the quote supports the sentence, 0 (not at all) to 1 (word for word).")] double Support,
    [Description("Where the quote stands, a box for each line: [page, x0, y0, x1, y1] in points, with the origin at the top left; empty where the format has no places.")] IEnumerable<double[]> Boxes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Where the quote stands, as its format names places, such as Prices!A2:D2; left out where it has no names.")]
    public string? Place { get; init; }

    public static CitationJson Of(Citation c) =>
        new(c.Number, c.Mark.Start, c.Mark.End, c.Chunk.DocumentId, c.Chunk.Id, c.Chunk.Path, c.Chunk.Title, c.Page, c.Source.Start, c.Source.End, c.Quote, c.Support,
            c.Boxes.Select(b => new[] { b.Page, b.X0, b.Y0, b.X1, b.Y1 }))
        { Place = c.Place };
}

/// <summary>One passage that the answer could be written from.</summary>
internal sealed record SourceJson(
    [Description("The number by which marks name the passage, from 1.")] int Number,
    [Description("The id of the passage.")] string ChunkId,
    [Description("The id of its document.")] string DocumentId,
    [Description("The path that the document was read from; null over HTTP, where it would tell of the server's machine.")] string? Path,
    [Description("The page on which the passage begins, from 1; null where the format has none.")] int? Page,
    [Description("Where the passage begins in the document's text, in UTF-16 code units from 0.")] int Start,
    [Description("Where the passage ends in the document's text, behind its last code unit.")] int End,
    [Description("The words of the passage.")] string Text,
    [Description("How well it was found, higher is better; 0 for keys that are not shown scores.")] double Score)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Where the passage stands, as its format names places, such as Prices!A2:D2; left out where it has no names.")]
    public string? Place { get; init; }

    public static SourceJson Of(Passage p) =>
        new(p.Number, p.Chunk.Id, p.Chunk.DocumentId, p.Chunk.Path, p.Chunk.Pages?.First, p.Chunk.Span.Start, p.Chunk.Span.End, p.Chunk.Text, p.Score) { Place = p.Chunk.PlaceOf(p.Chunk.Span) };
}
