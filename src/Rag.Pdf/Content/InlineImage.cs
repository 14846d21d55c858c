using System.Buffers;

namespace Rag.Pdf.Content;

/// <summary>Images within the content (8.9.7): finding where their bytes end, which nothing says for sure.</summary>
internal static class InlineImage
{
    private const int Ahead = 15;
    private static readonly SearchValues<byte> _text = SearchValues.Create([9, 10, 12, 13, .. Enumerable.Range(32, 95).Select(b => (byte)b)]);

    /// <summary>Passes over the bytes behind ID and the EI that ends them.</summary>
    /// <param name="lexer">Stands behind ID.</param>
    /// <param name="operands">The image's dictionary, as bare pairs.</param>
    /// <returns>How many bytes were looked at: often more than the image has.</returns>
    public static long Skip(ref ContentLexer lexer, Operands operands)
    {
        var content = lexer.Content;
        var start = Math.Min(lexer.Position + 1, content.Length);
        var length = Length(operands, content);
        var from = length > 0 && length <= content.Length - start ? start + (int)length : start;
        var looked = 0L;
        var end = from > start ? Find(content, from, Math.Min(content.Length, from + Ahead)) : -1;
        if (end < 0)
        {
            end = Find(content, start, content.Length);
            looked += (end < 0 ? content.Length : end) - start;
        }

        if (end < 0)
        {
            end = Find(content, start, content.Length, isTextNext: false);
        }

        lexer.Position = end < 0 ? content.Length : end;
        return looked + lexer.Position - start;
    }

    /// <summary>How many bytes the image should have: by its L (PDF 2.0), or from its size where no filter is in between.</summary>
    private static long Length(Operands operands, ReadOnlySpan<byte> content)
    {
        if (Number(operands, content, "L"u8, "Length"u8) is { } stated)
        {
            return stated;
        }

        if (operands.Find("F"u8, content, bare: true) >= 0 || operands.Find("Filter"u8, content, bare: true) >= 0)
        {
            return 0;
        }

        var isMask = operands.Find("IM"u8, content, bare: true) >= 0 || operands.Find("ImageMask"u8, content, bare: true) >= 0;
        var bits = isMask ? 1 : Number(operands, content, "BPC"u8, "BitsPerComponent"u8) ?? 8;
        var row = (Number(operands, content, "W"u8, "Width"u8) ?? 0) * bits * (isMask ? 1 : Components(operands, content));
        return (row + 7) / 8 * (Number(operands, content, "H"u8, "Height"u8) ?? 0);
    }

    private static int Components(Operands operands, ReadOnlySpan<byte> content)
    {
        var at = Math.Max(operands.Find("CS"u8, content, bare: true), operands.Find("ColorSpace"u8, content, bare: true));
        if (at < 0 || operands[at] != OperandKind.Name)
        {
            return 1;
        }

        var name = operands.Bytes(at, content);
        return name.EndsWith("RGB"u8) ? 3 : name.EndsWith("CMYK"u8) ? 4 : 1;
    }

    private static long? Number(Operands operands, ReadOnlySpan<byte> content, ReadOnlySpan<byte> key, ReadOnlySpan<byte> longKey)
    {
        var at = Math.Max(operands.Find(key, content, bare: true), operands.Find(longKey, content, bare: true));
        return at >= 0 && operands[at] == OperandKind.Number && operands.Number(at) is >= 0 and < 1e6 and var n ? (long)n : null;
    }

    /// <summary>Where the first EI ends that stands alone and is followed by text, as content is; -1 where none begins before <paramref name="to"/>.</summary>
    private static int Find(ReadOnlySpan<byte> content, int from, int to, bool isTextNext = true)
    {
        for (var i = from; i < to; i++)
        {
            var next = content[i..to].IndexOf("EI"u8);
            if (next < 0)
            {
                return -1;
            }

            i += next;
            var isAlone = (i == from || ContentLexer.IsSpace(content[i - 1])) && (i + 2 >= content.Length || !ContentLexer.IsRegular(content[i + 2]));
            if (isAlone && (!isTextNext || IsText(content[(i + 2)..])))
            {
                return i + 2;
            }
        }

        return -1;
    }

    private static bool IsText(ReadOnlySpan<byte> rest) => !rest[..Math.Min(Ahead, rest.Length)].ContainsAnyExcept(_text);
}
