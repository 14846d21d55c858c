using Rag.Enrichment;
using Rag.Storage;

namespace Rag.Api.Json;

/// <summary>One stored document, as <c>rag documents</c> prints it.</summary>
internal sealed record DocumentJson(
    [Description("The id of the document.")] string Id,
    [Description("The path that the document was read from; null over HTTP, where it would tell of the server's machine.")] string? Path,
    [Description("What it is called.")] string Title,
    [Description("Its format, such as application/pdf.")] string MediaType,
    [Description("How many passages it is divided into.")] int Chunks,
    [Description("When it was stored.")] DateTimeOffset IngestedAt,
    [Description("Its labels, by their names.")] IReadOnlyDictionary<string, string> Tags,
    [Description("What enrichers found out about it.")] IEnumerable<FindingJson> Findings)
{
    public static DocumentJson Of(StoredDocument document) =>
        new(document.Id, document.Path, document.Title, document.MediaType, document.Chunks, document.IngestedAt, document.Tags, FindingJson.Of(document.Findings));
}

/// <summary>What an enricher found out about a document.</summary>
internal sealed record FindingJson(
    [Description("What was found, such as date or pii; several findings may share it.")] string Name,
    [Description("What it is, such as 2024-03-31.")] string Value,
    [Description("The method and version that found it, such as date-1.")] string Source,
    [Description("Where it was read when that is not the text, such as file name; else null.")] string? From,
    [Description("The model that found it; null where none was asked.")] string? Model,
    [Description("How sure or how similar it is, 0 to 1, as its source defines it; null where it does not.")] double? Confidence,
    [Description("How often it was found.")] int Count,
    [Description("Where it stands in the document's text, each [start, end] in UTF-16 code units: the first few of many, none where it does not come from the text.")] IEnumerable<int[]> Spans)
{
    /// <summary>All but signatures, which only programs compare.</summary>
    public static IEnumerable<FindingJson> Of(IEnumerable<DocumentFinding> findings) => findings.Where(f => f.Name != SignatureEnricher.Signature)
        .Select(f => new FindingJson(f.Name, f.Value, f.Source, f.From, f.Model, f.Confidence, f.Count, f.Spans.Select(s => (int[])[s.Start, s.End])));
}

/// <summary>What <c>rag delete</c> prints.</summary>
internal sealed record DeleteJson(int Deleted);
