namespace Rag.Enrichment;

/// <summary>Finds out something about a whole document, to be filtered by and shown. Safe for concurrent use where what is behind it is.</summary>
public interface IDocumentEnricher
{
    /// <summary>Names the method, its version and its model; documents are ingested again when it changes.</summary>
    string Name { get; }

    /// <summary>What was found, in the order of the document; none where there is nothing to find.</summary>
    /// <remarks>Spans are of <see cref="Document.Text"/>, and what is found never depends on other documents. A text is data: whatever it says changes findings about itself only.</remarks>
    /// <param name="document">The document as it was read, which may be long; with its tags and <see cref="Document.Metadata"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default);
}
