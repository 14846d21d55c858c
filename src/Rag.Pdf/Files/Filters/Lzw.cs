namespace Rag.Pdf.Files.Filters;

/// <summary>LZWDecode (7.4.4.2). Every string of the table stands in the output already, so an entry is where and how long.</summary>
internal static class Lzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int Entries = 4096;

    /// <summary>Decodes up to the end code, the end of the data or a code that has no string.</summary>
    /// <param name="input">Codes of 9 to 12 bits, high bits first.</param>
    /// <param name="early">Whether codes grow one entry early, as is the default.</param>
    /// <param name="output">Takes the data.</param>
    public static PooledBytes Decode(ReadOnlySpan<byte> input, bool early, PooledBytes output)
    {
        Span<(int Start, int Length)> table = stackalloc (int, int)[Entries];
        int next = End + 1, width = 9, read = 0, have = 0;
        uint bits = 0;
        var before = (Start: 0, Length: 0);
        while (true)
        {
            while (have < width && read < input.Length)
            {
                bits = (bits << 8) | input[read++];
                have += 8;
            }

            if (have < width)
            {
                return output;
            }

            have -= width;
            var code = (int)(bits >> have) & ((1 << width) - 1);
            if (code == End)
            {
                return output;
            }

            if (code == Clear)
            {
                next = End + 1;
                width = 9;
                before = default;
                continue;
            }

            var start = output.Count;
            if (!TryString(code, table, next, before, output))
            {
                return output;
            }

            if (before.Length > 0 && next < Entries)
            {
                table[next++] = (before.Start, before.Length + 1); // and the byte that follows it is the first of this string
            }

            before = (start, output.Count - start);
            width = (next + (early ? 1 : 0)) switch
            {
                >= 2048 => 12,
                >= 1024 => 11,
                >= 512 => 10,
                _ => 9,
            };
        }
    }

    private static bool TryString(int code, ReadOnlySpan<(int Start, int Length)> table, int next, (int Start, int Length) before, PooledBytes output)
    {
        if (code < Clear)
        {
            return output.TryWrite((byte)code);
        }

        if (code < next)
        {
            return TryCopy(table[code].Start, table[code].Length, output);
        }

        if (code == next && before.Length > 0)
        {
            return TryCopy(before.Start, before.Length, output) && output.TryWrite(output.Written[before.Start]);
        }

        output.Warnings.Add("LZW data are damaged; what comes before the damage was kept.");
        return false;
    }

    /// <summary>Copies from the output to its end; the buffer may move meanwhile.</summary>
    private static bool TryCopy(int start, int length, PooledBytes output)
    {
        while (length > 0)
        {
            var room = output.Room();
            if (room.IsEmpty)
            {
                output.WarnFull();
                return false;
            }

            // a string may reach into itself by one byte, never read before it is written
            var part = Math.Min(Math.Min(room.Length, length), output.Count - start);
            output.Written.Slice(start, part).CopyTo(room);
            output.Advance(part);
            start += part;
            length -= part;
        }

        return true;
    }
}
