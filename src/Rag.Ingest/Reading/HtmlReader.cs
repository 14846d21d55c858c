using AngleSharp.Html.Dom;
using Rag.Ingest.Reading.Html;

namespace Rag.Ingest.Reading;

/// <summary>Reads HTML: the main content of a page without its navigation, advertisements, share bars and comments; the whole of a page that has no article.</summary>
/// <remarks>
/// The page is only parsed: no script runs and nothing is fetched. What a browser would not show is dropped. Links keep their text; list items get
/// their bullet or number; tables that lay out the page are unwrapped. An article's own headline is <see cref="Document.Title"/> and not repeated in the text.
/// Encoding: byte order mark, then the declared one, then UTF-8 where the bytes are valid, else windows-1252.
/// Elements nested deeper than <see cref="ReaderLimits.MaxDepth"/> become siblings at that depth. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class HtmlReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string Html = "text/html";
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Html, "application/xhtml+xml"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        using var page = HtmlPage.Parse(HtmlEncoding.Decode(bytes.Span, documentId), documentId, _limits, cancellationToken);
        var title = PageTitle.Of(page);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        if (page.Body is { } body)
        {
            var content = MainContent.Of(body, title);
            new BlockWriter(builder, content.Dropped).Write(content.Root);
        }

        return builder.ToDocument(title, Html) with { Language = LanguageOf(page), Metadata = PageDates.Of(page) };
    }

    // the primary subtag of lang="en-GB", where it is an ISO 639-1 code
    private static string? LanguageOf(IHtmlDocument page) =>
        page.DocumentElement?.GetAttribute("lang")?.Trim().Split('-', '_')[0].ToLowerInvariant() is { Length: 2 } language && language.All(char.IsAsciiLetterLower) ? language : null;
}
