using System.Globalization;

namespace Rag.Ingest.Reading.Archives;

/// <summary>The files of a TAR archive: ustar, GNU and pax (POSIX.1-2017, pax). Own code, since the runtime's reader takes as much memory as a header asks for.</summary>
internal static class TarEntries
{
    private const int Block = 512;
    private const int MaxExtended = 1 << 20; // bytes of a long name or of pax records

    /// <exception cref="InvalidDataException">A header is none.</exception>
    /// <exception cref="EndOfStreamException">It ends within an entry.</exception>
    public static IEnumerable<ArchiveEntry> Of(Stream archive, Action<int> onRead)
    {
        var header = new byte[Block];
        string? longName = null;
        long? longSize = null;
        while (archive.ReadAtLeast(header, Block, throwOnEndOfStream: false) == Block && header.AsSpan().ContainsAnyExcept((byte)0))
        {
            Check(header);
            var size = longSize ?? Number(header.AsSpan(124, 12));
            var content = new TarContent(archive, size);
            switch ((char)header[156])
            {
                case 'L' or 'x' or 'g' when size > MaxExtended:
                    throw new InvalidDataException($"A name in it has {size:N0} bytes.");
                case 'L':
                    longName = Text(content.ReadAll());
                    break;
                case 'x':
                    (longName, longSize) = Extended(content.ReadAll(), longName);
                    break;
                case '0' or '\0' or '7' when (longName ?? Name(header)) is var name:
                    if (!name.EndsWith('/'))
                    {
                        yield return new(name, () => content, onRead);
                    }

                    (longName, longSize) = (null, null);
                    break;
                case var kind:
                    if (kind is '1' or '2' or '3' or '4' or '6')
                    {
                        yield return ArchiveEntry.Unreadable(longName ?? Name(header), kind is '1' or '2' ? "it is a link" : "it is a device");
                    }

                    (longName, longSize) = kind == 'g' || kind == 'K' ? (longName, longSize) : (null, null);
                    break;
            }

            content.PassOver(onRead);
        }
    }

    private static void Check(ReadOnlySpan<byte> header)
    {
        var sum = 0;
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? ' ' : header[i];
        }

        if (sum != Number(header.Slice(148, 8)))
        {
            throw new InvalidDataException("The sum of a header does not agree.");
        }
    }

    private static string Name(ReadOnlySpan<byte> header)
    {
        var (name, prefix) = (Text(header[..100]), header.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(header.Slice(345, 155)) : "");
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = end < 0 ? field : field[..end];
        return TextEncodings.Guess(text).Encoding.GetString(text);
    }

    // octal digits, or for large files the bytes themselves
    private static long Number(ReadOnlySpan<byte> field)
    {
        var number = 0L;
        if (field[0] >= 0x80)
        {
            foreach (var b in field[^8..])
            {
                number = (number << 8) | b;
            }
        }
        else
        {
            foreach (var digit in field.Trim(" \0"u8))
            {
                number = digit is >= (byte)'0' and <= (byte)'7' ? (number << 3) | (uint)(digit - '0') : throw new InvalidDataException("A number in a header is none.");
            }
        }

        return number >= 0 ? number : throw new InvalidDataException("A number in a header is negative.");
    }

    // records such as "30 path=folder/file.txt\n"
    private static (string? Name, long? Size) Extended(ReadOnlySpan<byte> records, string? name)
    {
        long? size = null;
        while (records.IndexOf((byte)' ') is > 0 and var space && int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > space + 1 && length <= records.Length)
        {
            var record = records[(space + 1)..length].TrimEnd((byte)'\n');
            name = record.StartsWith("path="u8) ? Text(record[5..]) : name;
            size = record.StartsWith("size="u8) && long.TryParse(record[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : size;
            records = records[length..];
        }

        return (name, size);
    }
}
