using System.Runtime.CompilerServices;

namespace Rag.Ingest.Reading;

/// <summary>Chooses the reader of a source by its media type, which is found from the content where it is not given. Safe for concurrent use.</summary>
/// <remarks>
/// Content decides, the file name's extension only tells one kind of text from another (<see cref="MediaTypes.Detect"/>). An empty source is an empty text
/// and so an empty document, whatever its name. Nothing is written to disk, so names inside archives are never paths.
/// </remarks>
public sealed class DocumentReaders
{
    private readonly Dictionary<string, IDocumentReader> _byMediaType = [];

    /// <summary>These readers; where two read the same media type, the later one does.</summary>
    /// <param name="readers">The readers.</param>
    /// <param name="limits">Bounds the bytes taken from a source; default <see cref="ReaderLimits.Default"/>. Each reader has limits of its own as well.</param>
    public DocumentReaders(IEnumerable<IDocumentReader> readers, ReaderLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(readers);
        Limits = limits ?? ReaderLimits.Default;
        foreach (var reader in readers)
        {
            foreach (var mediaType in reader.MediaTypes)
            {
                _byMediaType[mediaType] = reader;
            }
        }

        Supported = [.. _byMediaType.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>All readers of this library with the default limits.</summary>
    public static DocumentReaders Default { get; } = Create();

    /// <summary>The media types that can be read, in ordinal order.</summary>
    public IReadOnlyList<string> Supported { get; }

    /// <summary>What people call them, for an error's message.</summary>
    internal string SupportedNames => string.Join(", ", Supported.Select(MediaTypes.NameOf).Distinct().Order(StringComparer.OrdinalIgnoreCase));

    /// <summary>Bounds the bytes taken from a source.</summary>
    internal ReaderLimits Limits { get; }

    /// <summary>All readers of this library.</summary>
    /// <param name="limits">Bounds each source; default <see cref="ReaderLimits.Default"/>.</param>
    public static DocumentReaders Create(ReaderLimits? limits = null) => new(
        [
            new PlainTextReader(limits) { MediaTypes = [MediaTypes.PlainText] },
            new SourceCodeReader(limits),
            new JsonReader(limits),
            new XmlDataReader(limits),
            new YamlReader(limits),
            new LogReader(limits),
            new NotebookReader(limits),
            new FeedReader(limits),
            new SubtitleReader(limits),
            new RstReader(limits),
            new AsciiDocReader(limits),
            new LatexReader(limits),
            new MarkdownReader(limits),
            new HtmlReader(limits),
            new DocxReader(limits),
            new PptxReader(limits),
            new XlsxReader(limits),
            new XlsReader(limits),
            new OpenDocumentReader(limits),
            new CsvReader(limits),
            new PdfReader(limits: limits),
            new RtfReader(limits),
            new EpubReader(limits),
            new EmlReader(limits),
            new MsgReader(limits),
            new MboxReader(limits),
            new ArchiveReader(limits),
        ],
        limits);

    /// <summary>These readers with one more, which takes the place of others that read the same media types.</summary>
    public DocumentReaders With(IDocumentReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new([.. _byMediaType.Values.Distinct(), reader], Limits);
    }

    /// <summary>Reads a source.</summary>
    /// <param name="source">Its bytes, from the current position; need not be seekable; not disposed.</param>
    /// <param name="documentId">The id of the document; where <paramref name="mediaType"/> is not given, its extension tells kinds of text apart.</param>
    /// <param name="mediaType">Its media type, with or without parameters; <see langword="null"/> or <c>application/octet-stream</c>: found from the content.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DocumentFormatException">No reader for it, or its reader refuses it.</exception>
    public async Task<Document> ReadAsync(Stream source, string documentId, string? mediaType = null, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, Limits, cancellationToken);
        return await ReadAsync(bytes, documentId, documentId, mediaType, cancellationToken);
    }

    /// <summary>Reads a file; <see cref="Document.Path"/> is its full path.</summary>
    /// <remarks>A file that changes while it is read is read once more. What has no length (an empty file, a pipe, a device) is an empty document.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="documentId">The id of the document.</param>
    /// <param name="mediaType">Its media type; <see langword="null"/>: found from the content and the file's extension.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DocumentFormatException">No such file, a folder, no permission, too large, changing all the time, or as for <see cref="ReadAsync(Stream, string, string?, CancellationToken)"/>.</exception>
    public async Task<Document> ReadFileAsync(string path, string documentId, string? mediaType = null, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceFile.ReadAsync(path, documentId, Limits, cancellationToken);
        var document = await ReadAsync(bytes, documentId, path, mediaType, cancellationToken);
        return document with { Path = Path.GetFullPath(path) };
    }

    /// <summary>Reads a file and, where it is a container, each of its entries that can be read, containers among them: the outer document comes before those inside.</summary>
    /// <param name="path">The file.</param>
    /// <param name="documentId">Its id; that of an entry is <c>ID/ENTRY</c>, and so is its path.</param>
    /// <param name="mediaType">The file's media type; <see langword="null"/>: found from the content and the file's extension.</param>
    /// <param name="leftOut">Told what was left out and why, one sentence at a time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DocumentFormatException">As for <see cref="ReadFileAsync"/>.</exception>
    public async IAsyncEnumerable<Document> ReadFileWithEntriesAsync(string path, string documentId, string? mediaType = null, IProgress<string>? leftOut = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var bytes = await SourceFile.ReadAsync(path, documentId, Limits, cancellationToken);
        var document = await ReadAsync(bytes, documentId, path, mediaType, cancellationToken) with { Path = Path.GetFullPath(path) };
        await foreach (var read in new Unpacking(this, leftOut).ReadAsync(document, bytes, 1, cancellationToken))
        {
            yield return read;
        }
    }

    /// <summary>The reader of a media type where that holds other files.</summary>
    internal IContainerReader? ContainerOf(string mediaType) => _byMediaType.GetValueOrDefault(mediaType) as IContainerReader;

    internal async Task<Document> ReadAsync(ReadOnlyMemory<byte> bytes, string documentId, string fileName, string? mediaType, CancellationToken cancellationToken)
    {
        var type = mediaType?.Split(';')[0].Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(type) || type == MediaTypes.Unknown)
        {
            type = MediaTypes.Detect(bytes.Span, fileName);
        }

        if (!_byMediaType.TryGetValue(type, out var reader))
        {
            throw new DocumentFormatException(documentId, $"{MediaTypes.NameOf(type)} is not supported yet. Supported: {SupportedNames}.");
        }

        var document = await reader.ReadAsync(bytes.AsStream(), documentId, cancellationToken);
        return document with { MediaType = type };
    }
}
