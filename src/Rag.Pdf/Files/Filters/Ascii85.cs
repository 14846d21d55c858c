using System.Buffers.Binary;

namespace Rag.Pdf.Files.Filters;

/// <summary>ASCII85Decode (7.4.3). White space and what else is no digit is skipped, the end mark may be missing.</summary>
internal static class Ascii85
{
    public static PooledBytes Decode(ReadOnlySpan<byte> input, PooledBytes output)
    {
        var position = Scanner.SkipWhite(input, 0);
        if (input[position..].StartsWith("<~"u8))
        {
            position += 2; // the start mark of other uses of the encoding
        }

        uint word = 0;
        var digits = 0;
        for (; position < input.Length && input[position] != '~'; position++)
        {
            var b = input[position];
            if (b == 'z' && digits == 0)
            {
                if (!output.TryWrite("\0\0\0\0"u8))
                {
                    return output;
                }
            }
            else if (b is >= (byte)'!' and <= (byte)'u')
            {
                word = unchecked((word * 85) + b - '!');
                if (++digits == 5)
                {
                    if (!TryWrite(word, 4, output))
                    {
                        return output;
                    }

                    word = 0;
                    digits = 0;
                }
            }
        }

        if (digits > 1)
        {
            for (var i = digits; i < 5; i++)
            {
                word = unchecked((word * 85) + 84);
            }

            TryWrite(word, digits - 1, output);
        }

        return output;
    }

    private static bool TryWrite(uint word, int count, PooledBytes output)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, word);
        return output.TryWrite(bytes[..count]);
    }
}
