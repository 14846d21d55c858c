using System.Buffers.Binary;

namespace Rag.Ingest.Reading.Mail;

/// <summary>A message as Outlook packs it into <c>winmail.dat</c> ([MS-OXTNEF]). What is cut off is read as far as it goes.</summary>
internal sealed class TnefMessage
{
    private const uint Signature = 0x223E9F78;
    private const int MostDepth = 8; // of messages in messages

    private static ReadOnlySpan<byte> MessageId => [0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]; // of an object that is a message

    private readonly List<TnefProperties> _attached = [];
    private readonly TnefProperties _own = new();

    private TnefMessage(ReadOnlyMemory<byte> bytes, int depth)
    {
        for (var rest = bytes[6..]; rest.Length > 9;)
        {
            var (attribute, length) = (BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[1..]), BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[5..]));
            var value = rest[9..(int)Math.Min(9L + length, rest.Length)];
            rest = rest[(int)Math.Min(9L + length + 2, rest.Length)..]; // two bytes of checksum
            Take(attribute, value);
        }

        foreach (var attachment in _attached)
        {
            var (isObject, data) = attachment.Data;
            var isShown = attachment.Text(0x3712) is not null && (attachment.Text(0x370E)?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ?? false);
            if (!isObject && !isShown && data.Length > 0)
            {
                Attachments.Add((attachment.Text(0x3707) ?? attachment.Text(0x3704) ?? attachment.Text(0x3001), data));
            }
            else if (isObject && depth < MostDepth && data.Span.StartsWith(MessageId) && Parse(data[MessageId.Length..], depth + 1) is { } inner)
            {
                Messages.Add(inner);
            }
        }
    }

    public string Subject => TextCleaning.OneLine(_own.Text(0x0037) ?? "");

    public string Sender => TextCleaning.OneLine(_own.Text(0x0C1A) ?? _own.Text(0x0042) ?? "");

    public MessageBody Body => new(_own.Text(0x1000), _own.Text(0x1013) ?? (_own.Binary(0x1013) is { } html ? _own.Decode(html.Span) : null), _own.Binary(0x1009) is { Length: >= CompressedRtf.Header } rtf ? rtf : default(ReadOnlyMemory<byte>?)); // null alone would become an empty one

    /// <summary>Files that are attached to it, in its order.</summary>
    public List<(string? Name, ReadOnlyMemory<byte> Content)> Attachments { get; } = [];

    /// <summary>Messages that are attached to it.</summary>
    public List<TnefMessage> Messages { get; } = [];

    /// <summary>The message in <paramref name="bytes"/>; <see langword="null"/> where they are none.</summary>
    public static TnefMessage? Parse(ReadOnlyMemory<byte> bytes) => Parse(bytes, 1);

    private static TnefMessage? Parse(ReadOnlyMemory<byte> bytes, int depth) => bytes.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) == Signature ? new(bytes, depth) : null;

    private void Take(uint attribute, ReadOnlyMemory<byte> value)
    {
        switch (attribute & 0xFFFF) // the other half is the type, which some programs leave out
        {
            case 0x9007 when value.Length >= 4:
                _own.CodePage = BinaryPrimitives.ReadInt32LittleEndian(value.Span);
                break;
            case 0x8004:
                _own.Add(0x0037, value);
                break;
            case 0x800C:
                _own.Add(0x1000, value);
                break;
            case 0x9003:
                _own.AddAll(value);
                break;
            case 0x9002:
                _attached.Add(new() { CodePage = _own.CodePage });
                break;
            case 0x8010 when _attached.Count > 0:
                _attached[^1].Add(0x3704, value);
                break;
            case 0x800F when _attached.Count > 0:
                _attached[^1].File = value;
                break;
            case 0x9005 when _attached.Count > 0:
                _attached[^1].AddAll(value);
                break;
        }
    }
}
