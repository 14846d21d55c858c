using System.Buffers;

namespace Rag.Ingest.Reading;

/// <summary>Reads text as it stands: blocks are split at blank lines, line breaks inside a block are kept.</summary>
/// <remarks>
/// The encoding is found from the bytes: byte order marks of UTF-8, UTF-16 and UTF-32; valid UTF-8; UTF-16 by its zero bytes; else the likeliest of windows-1252,
/// windows-1251, Shift-JIS, EUC-KR, GB 18030, Big5 and EUC-JP. Invalid bytes become U+FFFD, NULs and other control characters vanish, and
/// bytes that are mostly no text are refused. A line ends at <c>\n</c>, <c>\r\n</c> or <c>\r</c>. An empty source is an empty document.
/// Peak memory is about five times the size of an ASCII source, most of it the text itself. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class PlainTextReader(ReaderLimits? limits = null) : IDocumentReader
{
    private const int BufferLength = 64 << 10;

    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <summary>What its blocks are: <see cref="BlockKind.Paragraph"/> for prose (the default) or <see cref="BlockKind.Code"/>, which keeps the indentation of first lines.</summary>
    public BlockKind Blocks { get; init => field = value is BlockKind.Paragraph or BlockKind.Code ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Blocks of plain text are paragraphs or code."); }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; init; } = ["text/plain"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        return Read(bytes.Span, documentId, cancellationToken);
    }

    private Document Read(ReadOnlySpan<byte> bytes, string documentId, CancellationToken cancellationToken)
    {
        var (encoding, start) = TextEncodings.Detect(bytes, documentId);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var lines = new PlainTextLines(builder, Blocks);
        var decoder = encoding.GetDecoder();
        var buffer = ArrayPool<char>.Shared.Rent(BufferLength);
        var kept = 0; // characters of an unfinished line at the start of the buffer
        bytes = bytes[start..];
        bool completed;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            decoder.Convert(bytes, buffer.AsSpan(kept), flush: true, out var used, out var decoded, out completed);
            bytes = bytes[used..];
            var text = buffer.AsSpan(0, kept + decoded);
            var rest = lines.Take(text, isLast: completed);
            text[rest..].CopyTo(buffer);
            kept = text.Length - rest;
        }
        while (!completed);
        ArrayPool<char>.Shared.Return(buffer);
        lines.Finish();
        return builder.ToDocument(null, MediaTypes.First());
    }
}
