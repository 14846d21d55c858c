namespace Rag.Pdf.Files.Filters;

/// <summary>Undoes predictors (7.4.4.4) in place.</summary>
internal static class Predictor
{
    /// <summary>Undoes a predictor.</summary>
    /// <param name="bytes">The decoded data, overwritten.</param>
    /// <param name="predictor">2 for TIFF, from 10 for PNG, where each row says which.</param>
    /// <param name="parameters">Colors, bits and columns.</param>
    /// <returns>How many bytes of <paramref name="bytes"/> are left.</returns>
    public static int Undo(Span<byte> bytes, int predictor, PdfDictionary parameters)
    {
        var colors = Math.Clamp(parameters.Integer("Colors") ?? 1, 1, 256);
        var bits = parameters.Integer("BitsPerComponent") ?? 8;
        bits = bits is 1 or 2 or 4 or 16 ? bits : 8;
        var columns = Math.Max(1, parameters.Integer("Columns") ?? 1);
        var row = (int)Math.Min(int.MaxValue - 1, (((long)colors * bits * columns) + 7) / 8);
        var pixel = Math.Max(1, colors * bits / 8);
        if (predictor >= 10)
        {
            return Png(bytes, row, pixel);
        }

        if (predictor == 2)
        {
            Tiff(bytes, row, colors, bits);
        }

        return bytes.Length;
    }

    /// <summary>The filters of ISO/IEC 15948, 9.2.</summary>
    private static int Png(Span<byte> bytes, int row, int pixel)
    {
        int read = 0, written = 0;
        Span<byte> above = default;
        while (read + 1 < bytes.Length)
        {
            var type = bytes[read++];
            var length = Math.Min(row, bytes.Length - read);
            bytes.Slice(read, length).CopyTo(bytes[written..]);
            var line = bytes.Slice(written, length);
            Undo(type, line, above, pixel);
            above = line;
            read += length;
            written += length;
        }

        return written;
    }

    private static void Undo(byte type, Span<byte> line, ReadOnlySpan<byte> above, int pixel)
    {
        var first = above.IsEmpty;
        switch (type)
        {
            case 1:
                for (var i = pixel; i < line.Length; i++)
                {
                    line[i] += line[i - pixel];
                }

                break;
            case 2 when !first:
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] += above[i];
                }

                break;
            case 3:
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] += (byte)(((i < pixel ? 0 : line[i - pixel]) + (first ? 0 : above[i])) / 2);
                }

                break;
            case 4:
                for (var i = 0; i < line.Length; i++)
                {
                    var left = i < pixel ? 0 : line[i - pixel];
                    var up = first ? 0 : above[i];
                    line[i] += Paeth(left, up, i < pixel || first ? 0 : above[i - pixel]);
                }

                break;
        }
    }

    private static byte Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        return (byte)(toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
    }

    /// <summary>TIFF 6.0, section 14: each component is the difference to that of the pixel before.</summary>
    private static void Tiff(Span<byte> bytes, int row, int colors, int bits)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(row, bytes.Length)..])
        {
            var line = bytes[..Math.Min(row, bytes.Length)];
            if (bits == 8)
            {
                for (var i = colors; i < line.Length; i++)
                {
                    line[i] += line[i - colors];
                }
            }
            else if (bits == 16)
            {
                for (var i = 2 * colors; i + 1 < line.Length; i += 2)
                {
                    var sum = (line[i] << 8) + line[i + 1] + (line[i - (2 * colors)] << 8) + line[i - (2 * colors) + 1];
                    line[i] = (byte)(sum >> 8);
                    line[i + 1] = (byte)sum;
                }
            }
            else
            {
                TiffBits(line, colors, bits);
            }
        }
    }

    private static void TiffBits(Span<byte> line, int colors, int bits)
    {
        var mask = (1 << bits) - 1;
        var count = (long)line.Length * 8 / bits;
        Span<int> before = stackalloc int[colors];
        before.Clear();
        for (long i = 0; i < count; i++)
        {
            var bit = i * bits;
            var shift = 8 - bits - (int)(bit & 7);
            ref var cell = ref line[(int)(bit >> 3)];
            ref var sum = ref before[(int)(i % colors)];
            sum = (sum + (cell >> shift)) & mask;
            cell = (byte)((cell & ~(mask << shift)) | (sum << shift));
        }
    }
}
