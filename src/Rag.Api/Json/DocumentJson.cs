using Rag.Enrichment;
using Rag.Storage;

namespace Rag.Api.Json;

/// <summary>One stored document, as <c>rag documents</c> prints it.</summary>
internal sealed record DocumentJson(string Id, string? Path, string Title, string MediaType, int Chunks, DateTimeOffset IngestedAt, IReadOnlyDictionary<string, string> Tags, IEnumerable<FindingJson> Findings)
{
    public static DocumentJson Of(StoredDocument document) =>
        new(document.Id, document.Path, document.Title, document.MediaType, document.Chunks, document.IngestedAt, document.Tags, FindingJson.Of(document.Findings));
}

/// <summary>What an enricher found out about a document; each span is <c>[start, end]</c> in its text.</summary>
internal sealed record FindingJson(string Name, string Value, string Source, string? From, string? Model, double? Confidence, int Count, IEnumerable<int[]> Spans)
{
    /// <summary>All but signatures, which only programs compare.</summary>
    public static IEnumerable<FindingJson> Of(IEnumerable<DocumentFinding> findings) => findings.Where(f => f.Name != SignatureEnricher.Signature)
        .Select(f => new FindingJson(f.Name, f.Value, f.Source, f.From, f.Model, f.Confidence, f.Count, f.Spans.Select(s => (int[])[s.Start, s.End])));
}

/// <summary>What <c>rag delete</c> prints.</summary>
internal sealed record DeleteJson(int Deleted);
