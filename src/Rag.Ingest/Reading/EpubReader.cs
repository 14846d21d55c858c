using System.Xml;
using AngleSharp.Dom;
using Rag.Ingest.Reading.Epub;
using Rag.Ingest.Reading.Html;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading;

/// <summary>Reads EPUB 2 and 3: the chapters in the order of the spine, each a page named by its title in the table of contents. Safe for concurrent use.</summary>
/// <remarks>
/// Authors and description come first. The text of a chapter is read as that of an HTML page, all of it that is visible; one without a heading gets its title.
/// Books protected by DRM are refused. Nothing is fetched and no script is run.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class EpubReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const string EpubType = "application/epub+zip";

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [EpubType];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        using var package = OfficePackage.Open(bytes, documentId, _limits);
        try
        {
            var bounded = _limits with { MaxCharacters = Math.Min(_limits.MaxCharacters, package.MostCharacters) };
            return Read(new(package), package, new(documentId, bounded, cancellationToken), documentId, cancellationToken);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw package.Error($"the book is damaged: {e.Message} Copy it again from its source.", e);
        }
    }

    private Document Read(EpubBook book, OfficePackage package, DocumentBuilder builder, string documentId, CancellationToken cancellationToken)
    {
        foreach (var (index, chapter) in book.Chapters.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.StartPage(chapter.Title);
            if (index == 0)
            {
                builder.Add(BlockKind.Paragraph, book.Authors.Length > 0 ? $"Authors: {book.Authors}" : "");
                builder.Add(BlockKind.Paragraph, book.Description);
            }

            using var page = HtmlPage.Parse(EpubBook.Html(HtmlEncoding.Decode(package.Bytes(chapter.Part), documentId)), documentId, _limits, cancellationToken);
            if (page.Body is { } body)
            {
                if (chapter.Title is not null && body.QuerySelector("h1, h2, h3, h4, h5, h6") is null)
                {
                    builder.Add(BlockKind.Heading, chapter.Title, 1);
                }

                new BlockWriter(builder, new HashSet<IElement>()).Write(body);
            }
        }

        return builder.ToDocument(book.Title, EpubType) with { Language = book.Language };
    }
}
