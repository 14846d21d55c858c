using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Mail;

/// <summary>The properties of one storage.</summary>
/// <param name="file">The file.</param>
/// <param name="storage">The storage.</param>
/// <param name="header">Bytes before the first property of fixed length.</param>
internal sealed class OutlookProperties(CompoundFile file, CompoundEntry? storage, int header)
{
    private const int Unicode = 0x001F;
    private const int CodePage = 0x001E;

    /// <summary>A text; <see langword="null"/> for none.</summary>
    public string? Text(int property) => Stream(property, Unicode) is { } wide ? Encoding.Unicode.GetString(wide.Span).TrimEnd('\0')
        : Stream(property, CodePage) is { } narrow ? Decode(narrow.Span).TrimEnd('\0') : null;

    public ReadOnlyMemory<byte>? Binary(int property) => Stream(property, 0x0102);

    /// <summary>Bytes as text in the code page that the message names, else as they look.</summary>
    public string Decode(ReadOnlySpan<byte> bytes) => Charsets.Decode(bytes, Number(0x3FDE) ?? Number(0x3FFD) ?? 0);

    public int? Number(int property) => Fixed(property, 0x0003) is { } value ? (int)value : null;

    /// <summary>A moment, UTC; <see langword="null"/> for none or one that no calendar has.</summary>
    public DateTimeOffset? Time(int property) => Fixed(property, 0x0040) is > 0 and <= 2_650_467_743_999_999_999 and var ticks ? DateTimeOffset.FromFileTime(ticks).ToUniversalTime() : null;

    private ReadOnlyMemory<byte>? Stream(int property, int type) => file.Find(string.Create(CultureInfo.InvariantCulture, $"__substg1.0_{property:X4}{type:X4}"), storage) is { } stream ? file.Read(stream) : default(ReadOnlyMemory<byte>?); // null alone would become an empty one

    private long? Fixed(int property, int type)
    {
        var entries = file.Find("__properties_version1.0", storage) is { } stream ? file.Read(stream) : default;
        for (var at = header; at + 16 <= entries.Length; at += 16)
        {
            var entry = entries.Span.Slice(at, 16);
            if (BinaryPrimitives.ReadInt32LittleEndian(entry) == ((property << 16) | type))
            {
                return type == 0x0003 ? BinaryPrimitives.ReadInt32LittleEndian(entry[8..]) : BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
            }
        }

        return null;
    }
}
