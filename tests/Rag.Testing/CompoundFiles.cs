using System.Buffers.Binary;
using System.Text;

namespace Rag.Testing;

/// <summary>Compound files ([MS-CFB]) written for the tests: streams in sectors of 512 bytes, the short ones in the small stream.</summary>
public static class CompoundFiles
{
    private const int Sector = 512;
    private const int Small = 64;
    private const int SmallBelow = 4_096;
    private const int InHeader = 109; // sectors of the table that the header lists
    private const int PerList = (Sector / 4) - 1;
    private const uint End = 0xFFFFFFFE;
    private const uint Free = 0xFFFFFFFF;

    /// <summary>A file with these streams, in this order; a slash in a name stands between a storage and what is in it.</summary>
    public static byte[] Of(params (string Name, byte[] Bytes)[] streams)
    {
        var (sectors, fat, small, smallFat) = (new List<byte[]>(), new List<uint>(), new MemoryStream(), new List<uint>());
        var starts = streams.Select(stream => stream.Bytes.Length >= SmallBelow ? Store(stream.Bytes, sectors, fat) : StoreSmall(stream.Bytes, small, smallFat)).ToArray();
        var smallStart = Store(small.ToArray(), sectors, fat);
        var smallFatStart = Store(Numbers(smallFat), sectors, fat);
        string[] paths = [.. streams.SelectMany(s => s.Name.Split('/').Index().Select(part => string.Join('/', s.Name.Split('/')[..(part.Index + 1)]))).Distinct()];
        byte[] directory =
        [
            .. Entry("Root Entry", 5, Free, Next("", 0), smallStart, small.Length),
            .. paths.Index().SelectMany(p =>
            {
                var stream = Array.FindIndex(streams, s => s.Name == p.Item);
                var (name, right) = (p.Item[(p.Item.LastIndexOf('/') + 1)..], Next(p.Item[..Math.Max(0, p.Item.LastIndexOf('/'))], p.Index + 1));
                return stream < 0 ? Entry(name, 1, right, Next(p.Item, p.Index + 1), End, 0) : Entry(name, 2, right, Free, starts[stream], streams[stream].Bytes.Length);
            }),
        ];
        var directoryStart = Store(directory, sectors, fat);
        var (own, listed) = (0, 0); // sectors of the table itself, and of the list of those
        while (own < Sectors(fat.Count + own + listed, Sector / 4) || listed < Sectors(own - InHeader, PerList))
        {
            (own, listed) = (Sectors(fat.Count + own + listed, Sector / 4), Sectors(own - InHeader, PerList));
        }

        var first = (uint)fat.Count;
        uint[] tables = [.. Enumerable.Range(0, own).Select(i => first + (uint)i)];
        fat.AddRange(Enumerable.Repeat(0xFFFFFFFDu, own));
        fat.AddRange(Enumerable.Repeat(0xFFFFFFFCu, listed));
        sectors.AddRange(Enumerable.Range(0, own).Select(i => Pad(Numbers([.. fat.Skip(i * Sector / 4).Take(Sector / 4)]), 0xFF)));
        for (var i = 0; i < listed; i++)
        {
            var list = Pad(Numbers([.. tables.Skip(InHeader + (i * PerList)).Take(PerList)]), 0xFF);
            Put(list, PerList * 4, i + 1 < listed ? first + (uint)own + (uint)i + 1 : End);
            sectors.Add(list);
        }

        var header = new byte[Sector];
        ReadOnlySpan<byte> signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        signature.CopyTo(header);
        (header[24], header[26], header[28], header[29], header[30], header[32]) = (0x3E, 3, 0xFE, 0xFF, 9, 6);
        Put(header, 44, (uint)own);
        Put(header, 48, directoryStart);
        Put(header, 56, SmallBelow);
        Put(header, 60, smallFatStart);
        Put(header, 64, 1);
        Put(header, 68, listed > 0 ? first + (uint)own : End);
        Put(header, 72, (uint)listed);
        for (var i = 0; i < InHeader; i++)
        {
            Put(header, 76 + (4 * i), i < own ? tables[i] : Free);
        }

        return [.. header, .. sectors.SelectMany(sector => sector)];

        // the number of the next entry in a storage
        uint Next(string storage, int from)
        {
            var at = Array.FindIndex(paths, from, path => path[..Math.Max(0, path.LastIndexOf('/'))] == storage);
            return at < 0 ? Free : (uint)at + 1;
        }
    }

    private static int Sectors(int numbers, int perSector) => Math.Max(0, (numbers + perSector - 1) / perSector);

    private static uint Store(byte[] bytes, List<byte[]> sectors, List<uint> fat)
    {
        var start = bytes.Length == 0 ? End : (uint)fat.Count;
        for (var at = 0; at < bytes.Length; at += Sector)
        {
            sectors.Add(Pad(bytes[at..Math.Min(bytes.Length, at + Sector)], 0));
            fat.Add(at + Sector < bytes.Length ? (uint)fat.Count + 1 : End);
        }

        return start;
    }

    private static uint StoreSmall(byte[] bytes, MemoryStream small, List<uint> fat)
    {
        var start = bytes.Length == 0 ? End : (uint)fat.Count;
        for (var at = 0; at < bytes.Length; at += Small)
        {
            var part = new byte[Small];
            bytes.AsSpan(at, Math.Min(Small, bytes.Length - at)).CopyTo(part);
            small.Write(part);
            fat.Add(at + Small < bytes.Length ? (uint)fat.Count + 1 : End);
        }

        return start;
    }

    private static byte[] Entry(string name, byte kind, uint right, uint child, uint start, long length)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name, entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(64), (ushort)((name.Length + 1) * 2));
        entry[66] = kind;
        Put(entry, 68, Free);
        Put(entry, 72, right);
        Put(entry, 76, child);
        Put(entry, 116, start);
        Put(entry, 120, (uint)length);
        return entry;
    }

    private static byte[] Pad(byte[] bytes, byte with) => [.. bytes, .. Enumerable.Repeat(with, Sector - bytes.Length)];

    private static byte[] Numbers(List<uint> numbers)
    {
        var bytes = new byte[numbers.Count * 4];
        for (var i = 0; i < numbers.Count; i++)
        {
            Put(bytes, i * 4, numbers[i]);
        }

        return bytes;
    }

    private static void Put(byte[] bytes, int at, uint number) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), number);
}
