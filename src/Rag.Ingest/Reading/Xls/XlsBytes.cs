using System.Buffers.Binary;
using System.Text;

namespace Rag.Ingest.Reading.Xls;

/// <summary>Reads the body of a record from its beginning, across the records that continue it. What is not there is zero, so a damaged record ends early and does no harm.</summary>
internal sealed class XlsBytes(IReadOnlyList<ReadOnlyMemory<byte>> parts)
{
    private int _part;
    private int _at;

    public bool IsAtEnd => _part >= parts.Count || (_part == parts.Count - 1 && _at >= parts[_part].Length);

    public int UInt8() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A number in four bytes: an integer or the upper half of a double, perhaps times a hundred ([MS-XLS] 2.5.217).</summary>
    public double Rk()
    {
        var bits = UInt32();
        var value = (bits & 2) != 0 ? (int)bits >> 2 : BitConverter.UInt64BitsToDouble((ulong)(bits & ~3u) << 32);
        return (bits & 1) != 0 ? value / 100 : value;
    }

    /// <summary>A string with its length in one or two bytes, then its flags.</summary>
    public string Text(int lengthBytes = 2)
    {
        var length = lengthBytes == 1 ? UInt8() : UInt16();
        return Characters(length, UInt8());
    }

    /// <summary>A string of the shared table, which may have runs of formats and phonetics behind it ([MS-XLS] 2.5.293).</summary>
    public string SharedText()
    {
        var (length, flags) = (UInt16(), UInt8());
        var runs = (flags & 8) != 0 ? UInt16() : 0;
        var phonetics = (flags & 4) != 0 ? UInt32() : 0;
        var text = Characters(length, flags);
        Skip((4L * runs) + phonetics);
        return text;
    }

    /// <summary>Characters of one or two bytes each; where they go on in the next record, that one says anew which.</summary>
    public string Characters(int length, int flags)
    {
        var text = new StringBuilder(Math.Min(length, 1_024));
        while (length > 0 && !IsAtEnd)
        {
            if (_at >= parts[_part].Length)
            {
                (_part, _at) = (_part + 1, 0);
                flags = UInt8();
                if (_part >= parts.Count)
                {
                    break;
                }
            }

            var rest = parts[_part].Span[_at..];
            var count = Math.Min(length, (flags & 1) != 0 ? rest.Length / 2 : rest.Length);
            text.Append((flags & 1) != 0 ? Encoding.Unicode.GetString(rest[..(count * 2)]) : Encoding.Latin1.GetString(rest[..count]));
            length -= count;
            _at += (flags & 1) != 0 ? count * 2 : count;
            if (count == 0)
            {
                _at = parts[_part].Length; // half a character
            }
        }

        return text.ToString();
    }

    public void Skip(long bytes)
    {
        while (bytes > 0 && !IsAtEnd)
        {
            var step = (int)Math.Min(bytes, parts[_part].Length - _at);
            _at += step;
            bytes -= step;
            if (bytes > 0)
            {
                (_part, _at) = (_part + 1, 0);
            }
        }
    }

    private byte[] Take(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            while (_part < parts.Count && _at >= parts[_part].Length)
            {
                (_part, _at) = (_part + 1, 0);
            }

            bytes[i] = _part < parts.Count ? parts[_part].Span[_at++] : (byte)0;
        }

        return bytes;
    }
}
