using Rag.Analysis;

namespace Rag.Enrichment;

/// <summary>Tells the language from the text (<see cref="LanguageDetector"/>), whatever the file or the caller says: where <see cref="Document.Language"/> is another one, somebody said so. No model. Safe for concurrent use.</summary>
/// <remarks>Found is <c>language</c>, a two-letter code; nothing where the text does not show it. Filters see the document's own language under that name.</remarks>
public sealed class LanguageEnricher : IDocumentEnricher
{
    /// <summary>Name of the finding.</summary>
    public const string Language = "language";

    /// <inheritdoc/>
    public string Name => "language-1";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<DocumentFinding>>(LanguageDetector.Detect(document.Text) is { } code ? [new(Language, code, Name)] : []);
    }
}
