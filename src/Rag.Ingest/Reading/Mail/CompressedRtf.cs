using System.Buffers.Binary;

namespace Rag.Ingest.Reading.Mail;

/// <summary>The RTF of a message, unpacked ([MS-OXRTFCP]).</summary>
internal static class CompressedRtf
{
    private const uint Packed = 0x75465A4C; // "LZFu"

    /// <summary>Bytes before the text.</summary>
    public const int Header = 16;

    private const int Window = 4_096;

    // each reference of two bytes gives at most 17
    private const int MostRatio = 17;

    private static ReadOnlySpan<byte> Dictionary =>
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"u8;

    /// <exception cref="InvalidDataException">It is cut off within its header.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> source)
    {
        if (source.Length < Header)
        {
            throw new InvalidDataException("Its text in RTF is cut off.");
        }

        var most = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(source[4..]), (long)source.Length * MostRatio);
        var isPacked = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]) == Packed;
        source = source[Header..];
        return isPacked ? Unpack(source, most) : source[..Math.Min(most, source.Length)].ToArray();
    }

    private static byte[] Unpack(ReadOnlySpan<byte> source, int most)
    {
        var (window, at, output) = (new byte[Window], Dictionary.Length, new MemoryStream(most));
        Dictionary.CopyTo(window);
        for (var i = 0; i < source.Length && output.Length < most;)
        {
            var flags = source[i++];
            for (var bit = 0; bit < 8 && i < source.Length && output.Length < most; bit++, flags >>= 1)
            {
                if ((flags & 1) == 0)
                {
                    Put(source[i++]);
                    continue;
                }

                if (i + 1 >= source.Length)
                {
                    return output.ToArray();
                }

                var (from, length) = ((source[i] << 4) | (source[i + 1] >> 4), (source[i + 1] & 15) + 2);
                i += 2;
                if (from == at)
                {
                    return output.ToArray(); // how the end is marked
                }

                for (; length > 0; length--, from = (from + 1) % Window)
                {
                    Put(window[from]);
                }
            }
        }

        return output.ToArray();

        void Put(byte b)
        {
            window[at] = b;
            at = (at + 1) % Window;
            output.WriteByte(b);
        }
    }
}
