using System.Buffers.Binary;

namespace Rag.Ingest.Reading.Xls;

/// <summary>A record of a BIFF8 stream ([MS-XLS] 2.1.4).</summary>
/// <param name="Type">Its number.</param>
/// <param name="Body">Its bytes, and those of the records that continue it.</param>
/// <param name="Offset">Where it stands in the stream.</param>
internal sealed record XlsRecord(int Type, IReadOnlyList<ReadOnlyMemory<byte>> Body, int Offset)
{
    private const int Continue = 0x3C;

    public XlsBytes Bytes => new(Body);

    /// <summary>The records from that offset to the end of the stream; a record that is cut off is left out.</summary>
    public static IEnumerable<XlsRecord> Read(ReadOnlyMemory<byte> stream, int offset)
    {
        while (Next(stream, offset) is { } first)
        {
            List<ReadOnlyMemory<byte>> body = [first.Body];
            var end = first.End;
            while (Next(stream, end) is { Type: Continue } more)
            {
                body.Add(more.Body);
                end = more.End;
            }

            yield return new(first.Type, body, offset);
            offset = end;
        }
    }

    private static (int Type, ReadOnlyMemory<byte> Body, int End)? Next(ReadOnlyMemory<byte> stream, int offset)
    {
        if (offset < 0 || offset > stream.Length - 4)
        {
            return null;
        }

        var header = stream.Span[offset..];
        var length = BinaryPrimitives.ReadUInt16LittleEndian(header[2..]);
        return offset + 4 + length <= stream.Length ? (BinaryPrimitives.ReadUInt16LittleEndian(header), stream.Slice(offset + 4, length), offset + 4 + length) : null;
    }
}
