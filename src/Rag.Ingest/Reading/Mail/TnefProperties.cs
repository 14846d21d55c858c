using System.Buffers.Binary;
using System.Text;

namespace Rag.Ingest.Reading.Mail;

/// <summary>Properties of a packed message or of something attached to it ([MS-OXTNEF] 2.1.3.4). Of a property with several values the first is kept.</summary>
internal sealed class TnefProperties
{
    private const int Several = 0x1000; // a mark on the type
    private const int Object = 0x000D;
    private const int Narrow = 0x001E;
    private const int Wide = 0x001F;
    private const int Bytes = 0x0102;

    private readonly Dictionary<int, (int Type, ReadOnlyMemory<byte> Value)> _values = [];

    /// <summary>Of narrow text, where no property names another; 0 for unknown.</summary>
    public int CodePage { get; set; }

    /// <summary>The bytes of a file, where they do not stand among the properties.</summary>
    public ReadOnlyMemory<byte>? File { get; set; }

    /// <summary>What is attached: a file, or an object of some program.</summary>
    public (bool IsObject, ReadOnlyMemory<byte> Data) Data => _values.TryGetValue(0x3701, out var data) ? (data.Type == Object, data.Value) : (false, File ?? default);

    /// <summary>A text in the code page of the message.</summary>
    public void Add(int property, ReadOnlyMemory<byte> value) => _values.TryAdd(property, (Narrow, value));

    /// <summary>A list of properties; ends where it is damaged.</summary>
    public void AddAll(ReadOnlyMemory<byte> list)
    {
        var rest = list[Math.Min(4, list.Length)..]; // their number
        while (rest.Length >= 8)
        {
            var (type, property) = (BinaryPrimitives.ReadUInt16LittleEndian(rest.Span), BinaryPrimitives.ReadUInt16LittleEndian(rest.Span[2..]));
            rest = property < 0x8000 ? rest[4..] : AfterName(rest[4..]);
            var size = (type & ~Several) switch { 2 or 3 or 4 or 0x0A or 0x0B => 4, 5 or 6 or 7 or 0x14 or 0x40 => 8, 0x48 => 16, Object or Narrow or Wide or Bytes => 0, _ => -1 };
            if (size < 0 || Values(ref rest, size, size == 0 || (type & Several) != 0) is not { } value)
            {
                return;
            }

            _values[property] = (type & ~Several, value);
        }
    }

    /// <summary>A text; <see langword="null"/> for none.</summary>
    public string? Text(int property) => !_values.TryGetValue(property, out var found) ? null
        : found.Type == Wide ? Encoding.Unicode.GetString(found.Value.Span).TrimEnd('\0')
        : found.Type == Narrow ? Decode(found.Value.Span.TrimEnd((byte)0)).TrimEnd('\0') : null;

    public ReadOnlyMemory<byte>? Binary(int property) => _values.TryGetValue(property, out var found) && found.Type == Bytes ? found.Value : default(ReadOnlyMemory<byte>?); // null alone would become an empty one

    public string Decode(ReadOnlySpan<byte> bytes) => Charsets.Decode(bytes, (Number(0x3FDE) ?? Number(0x3FFD)) is > 0 and var page ? page : CodePage);

    private int? Number(int property) => _values.TryGetValue(property, out var found) && found is { Type: 3, Value.Length: 4 } ? BinaryPrimitives.ReadInt32LittleEndian(found.Value.Span) : null;

    // a set, then a number or a name
    private static ReadOnlyMemory<byte> AfterName(ReadOnlyMemory<byte> rest)
    {
        const int Set = 16;
        var isName = rest.Length >= Set + 8 && BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[Set..]) == 1;
        var length = isName ? Padded(BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[(Set + 4)..])) : 0;
        return rest[(int)Math.Min(Set + 8 + length, rest.Length)..];
    }

    // the first of the values behind each other; null where one is cut off
    private static ReadOnlyMemory<byte>? Values(ref ReadOnlyMemory<byte> rest, int size, bool isCounted)
    {
        var first = ReadOnlyMemory<byte>.Empty;
        var count = isCounted ? Next(ref rest) : 1;
        for (var i = 0L; i < count; i++)
        {
            var length = size > 0 ? size : Next(ref rest);
            if (length > rest.Length)
            {
                return null;
            }

            first = i == 0 ? rest[..(int)length] : first;
            rest = rest[(int)Math.Min(Padded(length), rest.Length)..];
            if (rest.IsEmpty)
            {
                break;
            }
        }

        return first;
    }

    // one that is cut off is too large for anything
    private static long Next(ref ReadOnlyMemory<byte> rest)
    {
        if (rest.Length < 4)
        {
            return long.MaxValue;
        }

        var number = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
        rest = rest[4..];
        return number;
    }

    private static long Padded(long length) => (length + 3) & ~3L;
}
