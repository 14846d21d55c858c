using System.Collections.ObjectModel;
using System.Globalization;
using Rag.Ingest.Reading.Pdf;
using Rag.Pdf;

namespace Rag.Ingest.Reading;

/// <summary>Reads PDF: text in reading order with its blocks, pages, and the box of every word.</summary>
/// <remarks>
/// Pages are separated by a blank line; a paragraph that a page break divides is one block. The title is the file's own where it is one that a person wrote,
/// else the first heading of the first page. Running heads, page numbers and text that nobody sees are left out unless the options say otherwise.
/// <see cref="Document.Warnings"/> say what was repaired, and which pages are images without text. Safe for concurrent use where the recognizer is.
/// </remarks>
/// <param name="options">Password and bounds; <see langword="null"/> for the defaults.</param>
/// <param name="recognizer">Reads the text of scanned pages; <see langword="null"/>: they stay empty, and a warning lists them.</param>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class PdfReader(PdfOptions? options = null, IPageRecognizer? recognizer = null, ReaderLimits? limits = null) : IDocumentReader
{
    private readonly PdfOptions _options = options ?? new();
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Reading.MediaTypes.Pdf];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        try
        {
            return await ReadAsync(bytes, documentId, cancellationToken);
        }
        catch (PdfException e)
        {
            throw new DocumentFormatException(documentId, e.Message, e);
        }
    }

    private async Task<Document> ReadAsync(ReadOnlyMemory<byte> bytes, string documentId, CancellationToken cancellationToken)
    {
        var pdf = PdfDocument.Open(bytes, _options);
        var text = new PagedText(documentId, _limits.MaxCharacters);
        var scanned = new List<int>();
        await foreach (var page in pdf.ReadPagesAsync(cancellationToken))
        {
            if (!page.IsScanned)
            {
                text.Add(page);
            }
            else if (await RecognizeAsync(bytes, page, cancellationToken) is { } recognized)
            {
                text.Add(page.Number, recognized);
            }
            else
            {
                text.Add(page); // what little text there is, such as a stamp
                scanned.Add(page.Number);
            }
        }

        var document = text.ToDocument(PdfTitle.Of(pdf.Metadata.Title, text.FirstHeading));
        return document with
        {
            Language = LanguageOf(pdf.Metadata.Language),
            Metadata = pdf.Metadata.Created is { } day ? new Dictionary<string, string> { ["created"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) } : ReadOnlyDictionary<string, string>.Empty,
            Warnings = [.. pdf.Warnings.Select(Sentence), .. ScannedPages.Warning(scanned)],
        };
    }

    private async Task<RecognizedPage?> RecognizeAsync(ReadOnlyMemory<byte> bytes, PdfPage page, CancellationToken cancellationToken) =>
        recognizer is null ? null : await recognizer.RecognizeAsync(new(bytes, _options.Password, page.Number, page.Width, page.Height), cancellationToken);

    private static string Sentence(PdfWarning warning) => warning.Page is { } page ? $"Page {page}: {warning.Message}" : warning.Message;

    private static string? LanguageOf(string? tag) => tag is { Length: >= 2 } && (tag.Length == 2 || tag[2] is '-' or '_') && char.IsAsciiLetter(tag[0]) && char.IsAsciiLetter(tag[1])
        ? tag[..2].ToLowerInvariant()
        : null;
}
