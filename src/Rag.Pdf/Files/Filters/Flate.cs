using System.IO.Compression;

namespace Rag.Pdf.Files.Filters;

/// <summary>FlateDecode (7.4.4), of RFC 1950 and 1951. The checksum is not looked at; damaged data gives what comes before the damage.</summary>
internal static class Flate
{
    public static PooledBytes Decode(ReadOnlyMemory<byte> input, PooledBytes output)
    {
        var start = AfterHeader(input.Span);
        if (!TryInflate(input[start..], output) && output.Count == 0 && start > 0)
        {
            TryInflate(input, output); // no header after all
        }

        return output;
    }

    /// <summary>Where the deflated data begin: after the two bytes of a zlib header, before which a stray line end may stand.</summary>
    private static int AfterHeader(ReadOnlySpan<byte> input)
    {
        for (var i = 0; i <= 2 && i + 2 <= input.Length; i++)
        {
            if ((input[i] & 0x0F) == 8 && ((input[i] << 8) | input[i + 1]) % 31 == 0)
            {
                return Math.Min(input.Length, i + ((input[i + 1] & 0x20) != 0 ? 6 : 2)); // a preset dictionary's checksum
            }

            if (!Scanner.IsWhite(input[i]))
            {
                break;
            }
        }

        return input.Length >= 2 && (input[0] & 0x0F) == 8 ? 2 : 0; // a damaged header is more likely than none
    }

    private static bool TryInflate(ReadOnlyMemory<byte> input, PooledBytes output)
    {
        using var source = new InputStream(input);
        using var inflate = new DeflateStream(source, CompressionMode.Decompress);
        try
        {
            while (output.Room() is { IsEmpty: false } room && inflate.Read(room) is > 0 and var read)
            {
                output.Advance(read);
            }

            if (output.Room().IsEmpty && inflate.ReadByte() >= 0)
            {
                output.WarnFull();
            }
        }
        catch (InvalidDataException)
        {
            ReadUpToDamage(input, output);
            output.Warnings.Add("Compressed data are damaged; what comes before the damage was kept.");
            return false;
        }

        if (source.IsTruncated)
        {
            output.Warnings.Add("Compressed data are cut off; what is there was kept.");
        }

        return !source.IsTruncated;
    }

    /// <summary>The read that met the damage kept back what it had: once more, and byte by byte from where it began.</summary>
    private static void ReadUpToDamage(ReadOnlyMemory<byte> input, PooledBytes output)
    {
        using var inflate = new DeflateStream(new InputStream(input), CompressionMode.Decompress);
        try
        {
            for (var left = output.Count; left > 0;)
            {
                left -= inflate.Read(output.Written[^left..]);
            }

            Span<byte> next = stackalloc byte[1];
            while (inflate.Read(next) > 0 && output.TryWrite(next))
            {
            }
        }
        catch (InvalidDataException)
        {
            // the damage
        }
    }
}
