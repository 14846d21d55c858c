using System.Buffers.Binary;
using System.Text;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Packed messages of Outlook, written for the tests.</summary>
internal static class TnefFiles
{
    private static readonly byte[] _message = [0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    /// <summary>Uses most of what the reader knows: names of both kinds, several values, files in both places, a message inside.</summary>
    public static byte[] Sample() => Of(
        Attribute(1, 0x0006_9007, [.. Number(1252), .. Number(0)]),
        Attribute(1, 0x0001_8004, Encoding.Latin1.GetBytes("Brücke\0")),
        Attribute(1, 0x0006_9003, Properties(
            Property(0x0003, 0x0017, Number(1)),
            [.. Number(0x8001_001F), .. new byte[16], .. Number(1), .. Variable("named\0"u8.ToArray()), .. Number(1), .. Variable(Encoding.Unicode.GetBytes("x\0"))],
            [.. Number(0x8002_0003), .. new byte[16], .. Number(0), .. Number(7), .. Number(3)],
            [.. Number(0x0E20_101E), .. Number(2), .. Variable("one\0"u8.ToArray()), .. Variable("two\0"u8.ToArray())],
            Property(0x0040, 0x0039, new byte[8]),
            Text(0x1000, "The bridge is closed.\n\nUntil May."))),
        Attribute(2, 0x0006_9002, new byte[14]),
        Attribute(2, 0x0001_8010, Encoding.Latin1.GetBytes("Größe.txt\0")),
        Attribute(2, 0x0006_800F, "120 m"u8.ToArray()),
        Attribute(2, 0x0006_9002, new byte[14]),
        Attribute(2, 0x0001_8010, "TOLLS~1.CSV\0"u8.ToArray()),
        Attribute(2, 0x0006_9005, Properties(Text(0x3707, "tolls 2024.csv"), Binary(0x0102, 0x3701, "a;b"u8.ToArray()))),
        Attribute(2, 0x0006_9002, new byte[14]),
        Attribute(2, 0x0006_9005, Properties(Text(0x3712, "picture"), Text(0x370E, "image/png"), Binary(0x0102, 0x3701, [1, 2, 3]))),
        Attribute(2, 0x0006_9002, new byte[14]),
        Attribute(2, 0x0006_9005, Properties(Binary(0x000D, 0x3701, [.. _message, .. Inner()]))));

    /// <summary>A file with that name, without a code page.</summary>
    public static byte[] OneFile(string name) => Of(Attribute(2, 0x0006_9002, new byte[14]), Attribute(2, 0x0001_8010, Encoding.Latin1.GetBytes(name)), Attribute(2, 0x0006_800F, "x"u8.ToArray()));

    /// <summary>A message in a message, so many times.</summary>
    public static byte[] Nested(int levels)
    {
        var message = Inner();
        for (var i = 0; i < levels; i++)
        {
            message = Of(Attribute(2, 0x0006_9002, new byte[14]), Attribute(2, 0x0006_9005, Properties(Binary(0x000D, 0x3701, [.. _message, .. message]))));
        }

        return message;
    }

    public static byte[] Of(params byte[][] attributes) => [.. Number(0x223E9F78), 1, 0, .. attributes.SelectMany(a => a)];

    private static byte[] Inner() => Of(Attribute(1, 0x0006_9003, Properties(Text(0x0037, "Why?"), Text(0x0C1A, "Ann"), Binary(0x0102, 0x1013, "<p>It is <b>old</b>."u8.ToArray()))));

    private static byte[] Attribute(byte level, uint attribute, byte[] value) => [level, .. Number(attribute), .. Number((uint)value.Length), .. value, 0, 0];

    private static byte[] Properties(params byte[][] properties) => [.. Number((uint)properties.Length), .. properties.SelectMany(p => p)];

    private static byte[] Property(uint type, uint id, byte[] value) => [.. Number((id << 16) | type), .. value];

    private static byte[] Text(uint id, string text) => Binary(0x001F, id, Encoding.Unicode.GetBytes(text + "\0"));

    private static byte[] Binary(uint type, uint id, byte[] value) => Property(type, id, [.. Number(1), .. Variable(value)]);

    private static byte[] Variable(byte[] value) => [.. Number((uint)value.Length), .. value, .. new byte[(4 - (value.Length % 4)) % 4]];

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
