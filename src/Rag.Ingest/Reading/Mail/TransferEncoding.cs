namespace Rag.Ingest.Reading.Mail;

/// <summary>Undoes the content transfer encodings of RFC 2045, 6; what does not belong there is passed over or stays as it is.</summary>
internal static class TransferEncoding
{
    /// <summary>The bytes that stand in <paramref name="body"/> in that encoding.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, string encoding) => encoding switch
    {
        "base64" => Base64(body.Span),
        "quoted-printable" => QuotedPrintable(body.Span),
        _ => body,
    };

    /// <summary>Base64; characters outside its alphabet are passed over, and it may end anywhere.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> text)
    {
        var (bytes, length, bits, count) = (new byte[(text.Length * 3 / 4) + 3], 0, 0, 0);
        foreach (var c in text)
        {
            var value = c switch
            {
                >= (byte)'A' and <= (byte)'Z' => c - 'A',
                >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
                >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
                (byte)'+' or (byte)'-' => 62,
                (byte)'/' or (byte)'_' => 63,
                (byte)'=' => -2,
                _ => -1,
            };
            if (value == -2)
            {
                (bits, count) = (0, 0); // what follows begins anew
            }
            else if (value >= 0)
            {
                bits = (bits << 6) | value;
                count += 6;
                if (count >= 8)
                {
                    count -= 8;
                    bytes[length++] = (byte)(bits >> count);
                    bits &= (1 << count) - 1;
                }
            }
        }

        return bytes[..length];
    }

    /// <summary>Quoted-printable; an equals sign that begins nothing stays.</summary>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> text)
    {
        var (bytes, length) = (new byte[text.Length], 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '=')
            {
                bytes[length++] = text[i];
            }
            else if (i + 2 < text.Length && Hex(text[i + 1]) is >= 0 and var high && Hex(text[i + 2]) is >= 0 and var low)
            {
                bytes[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else if (SoftBreak(text[(i + 1)..]) is >= 0 and var skipped)
            {
                i += skipped;
            }
            else
            {
                bytes[length++] = text[i];
            }
        }

        return bytes[..length];
    }

    // white space that a server added, and the line end; -1 for none
    private static int SoftBreak(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r');
        return end < 0 ? text.Length : text[end] == '\n' ? end + 1 : -1;
    }

    private static int Hex(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        _ => -1,
    };
}
