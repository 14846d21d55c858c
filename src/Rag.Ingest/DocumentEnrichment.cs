using Rag.Enrichment;

namespace Rag.Ingest;

/// <summary>Has enrichers add what they find to a document that was read, and to its chunks.</summary>
internal sealed class DocumentEnrichment(IReadOnlyList<IDocumentEnricher> documents, IChunkEnricher? chunks)
{
    /// <summary>What the enrichers add to the name of the chunker, so that documents are ingested again when they change; empty without any.</summary>
    public string Suffix { get; } = string.Concat(documents.Select(e => e.Name).Append(chunks?.Name).OfType<string>().Select(name => " " + name));

    /// <summary>Whether near-duplicates are wanted.</summary>
    public bool Signs { get; } = documents.Any(e => e is SignatureEnricher);

    /// <summary>The document with its findings, and under the title that was found where its reader had none; the chunks likewise.</summary>
    public async Task<(Document Document, IReadOnlyList<Chunk> Chunks)> EnrichAsync(Document document, IReadOnlyList<Chunk> split, CancellationToken cancellationToken)
    {
        var findings = new List<DocumentFinding>(document.Findings);
        foreach (var enricher in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.AddRange(await enricher.FindAsync(document, cancellationToken));
        }

        var title = findings.Find(f => f.Name == TitleEnricher.Title)?.Value;
        if (title is not null)
        {
            split = [.. split.Select(chunk => chunk with { Title = title })];
        }

        document = document with { Findings = findings, Title = title ?? document.Title };
        return (document, chunks is null ? split : await chunks.EnrichAsync(document, split, cancellationToken));
    }
}
