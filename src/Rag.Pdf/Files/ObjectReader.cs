using Rag.Pdf.Files.Security;

namespace Rag.Pdf.Files;

/// <summary>Reads indirect objects (7.3.10) at known offsets. Safe for concurrent use once <see cref="Decryption"/> is set.</summary>
internal sealed class ObjectReader(ReadOnlyMemory<byte> file, PdfOptions options, PdfWarnings warnings)
{
    /// <summary>White space between the data of a stream and its keyword that its length may leave out.</summary>
    private const int MaxSlack = 16;

    private readonly StreamDecoder _plain = new(options.MaxStreamBytes, warnings);
    private readonly StreamEnds _ends = new(file);
    private readonly NameCache _names = new();

    public ReadOnlyMemory<byte> File => file;

    public PdfWarnings Warnings => warnings;

    /// <summary>What encrypts the file, if anything does.</summary>
    public Decryption? Decryption { get; set; }

    public ParseContext ContextOf(IPdfObjects objects) => new(objects, _names, warnings);

    /// <summary>Reads <c>N G obj</c>; white space may stand before it.</summary>
    /// <param name="offset">Where it is said to be, perhaps not in the file.</param>
    /// <param name="header">What it says.</param>
    public bool TryHeader(long offset, out ObjectHeader header)
    {
        header = default;
        var span = file.Span;
        if (offset < 0 || offset >= span.Length)
        {
            return false;
        }

        var p = SkipSlack(span, (int)offset);
        if (!Scanner.TryDigits(span, ref p, out var number))
        {
            return false;
        }

        p = SkipSlack(span, p);
        if (!Scanner.TryDigits(span, ref p, out var generation))
        {
            return false;
        }

        p = SkipSlack(span, p);
        if (!span[p..].StartsWith("obj"u8))
        {
            return false;
        }

        header = new(number, generation, p + 3);
        return true;
    }

    /// <summary>Reads what follows a header.</summary>
    /// <param name="header">From <see cref="TryHeader"/>.</param>
    /// <param name="end">Where the next object begins.</param>
    /// <param name="context">Where its references lead.</param>
    /// <param name="lengthOf">The value of a stream length that is a reference.</param>
    /// <param name="values">How many values it has.</param>
    public PdfObject? Read(ObjectHeader header, int end, ParseContext context, Func<PdfReference, double?> lengthOf, out int values)
    {
        var cipher = Decryption is null ? null : new ObjectCipher(Decryption, header.Number, header.Generation);
        var parser = new ObjectParser(file.Span[..end], header.Body, context, cipher);
        var value = parser.Read();
        values = parser.Values;
        return value is PdfDictionary dictionary && TryStreamStart(parser.Position, end, out var start)
            ? new PdfStream(dictionary, file[start..EndOf(dictionary, start, end, lengthOf)], DecoderOf(dictionary, cipher))
            : value;
    }

    /// <summary>The number that an object consists of, read without reading anything else.</summary>
    public double? NumberAt(ObjectHeader header, int end)
    {
        var span = file.Span[..end];
        var p = Scanner.SkipWhite(span, header.Body);
        return p < span.Length && Scanner.IsNumberStart(span[p]) ? Scanner.Number(span, ref p, out _) : null;
    }

    private static int SkipSlack(ReadOnlySpan<byte> span, int position)
    {
        for (var end = Math.Min(span.Length, position + MaxSlack); position < end && Scanner.IsWhite(span[position]);)
        {
            position++;
        }

        return position;
    }

    private StreamDecoder DecoderOf(PdfDictionary dictionary, ObjectCipher? cipher) =>
        cipher is null || dictionary.Raw("Type") is PdfName { Value: "XRef" } // never encrypted (7.5.8.2)
            ? _plain
            : new(options.MaxStreamBytes, warnings, cipher);

    private bool TryStreamStart(int position, int end, out int start)
    {
        var span = file.Span[..end];
        start = Scanner.SkipWhite(span, position);
        if (!span[start..].StartsWith("stream"u8))
        {
            return false;
        }

        start += 6;
        var line = start;
        while (line < span.Length && span[line] is (byte)' ' or (byte)'\t')
        {
            line++;
        }

        if (line < span.Length && span[line] is (byte)'\r' or (byte)'\n')
        {
            start = line + (span[line..].StartsWith("\r\n"u8) ? 2 : 1);
        }

        return true;
    }

    /// <summary>The end by <c>Length</c> where the keyword follows there, else by the keyword.</summary>
    private int EndOf(PdfDictionary dictionary, int start, int nextObject, Func<PdfReference, double?> lengthOf)
    {
        var length = dictionary.Raw("Length") switch
        {
            PdfNumber n => n.Value,
            PdfReference r => lengthOf(r),
            _ => null,
        };
        var span = file.Span;
        if (length >= 0 && length <= span.Length - start)
        {
            var end = start + (int)length;
            var rest = span[SkipSlack(span, end)..];
            if (rest.StartsWith("endstream"u8) || rest.StartsWith("endobj"u8))
            {
                return end;
            }
        }

        warnings.Add("A stream does not end where its length says; the end was searched for.");
        return Math.Min(_ends.After(start), nextObject);
    }
}

/// <summary>The <c>N G obj</c> before an indirect object.</summary>
/// <param name="Number">Object number.</param>
/// <param name="Generation">Generation number.</param>
/// <param name="Body">Where the object begins.</param>
internal readonly record struct ObjectHeader(int Number, int Generation, int Body);
