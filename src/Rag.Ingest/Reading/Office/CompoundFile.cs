using System.Buffers.Binary;
using System.Text;

namespace Rag.Ingest.Reading.Office;

/// <summary>The streams of a compound file (OLE, [MS-CFB]), the container of Office files before 2007 and of Outlook messages. Read in place; chains that run in a circle or out of the file are damage.</summary>
internal sealed class CompoundFile
{
    /// <summary>The bytes that such a file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int MostDifatInHeader = 109;
    private const uint MaxSector = 0xFFFFFFFA; // beyond it: free, end of chain and the like

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _sector; // bytes of one
    private readonly int _smallSector;
    private readonly uint[] _next; // FAT: which sector follows
    private readonly uint[] _smallNext;
    private readonly ReadOnlyMemory<byte> _small; // the stream in which the small ones stand
    private readonly int _smallBelow;

    /// <exception cref="InvalidDataException">The bytes are no such file, or a damaged one.</exception>
    public CompoundFile(ReadOnlyMemory<byte> bytes)
    {
        var header = bytes.Span;
        if (header.Length < HeaderLength || !header.StartsWith(Signature))
        {
            throw new InvalidDataException("It is no complete compound file.");
        }

        var (shift, smallShift) = (header[30], header[32]);
        if (shift is not (9 or 12) || smallShift != 6)
        {
            throw new InvalidDataException($"Its sectors have 2^{shift} and 2^{smallShift} bytes, not 2^9 or 2^12 and 2^6.");
        }

        (_bytes, _sector, _smallSector, _smallBelow) = (bytes, 1 << shift, 1 << smallShift, (int)Math.Min(int.MaxValue, UInt(header, 56)));
        _next = Numbers(FatSectors(header).Select(Sector));
        Entries = Directory(Chain(UInt(header, 48), long.MaxValue));
        _smallNext = Numbers([Chain(UInt(header, 60), long.MaxValue)]);
        _small = Entries.Count > 0 ? Chain(Entries[0].Start, Entries[0].Length) : default;
    }

    /// <summary>Storages and streams in the order of the directory, the root first.</summary>
    public IReadOnlyList<CompoundEntry> Entries { get; }

    /// <summary>What a storage holds directly; by default the root.</summary>
    public IEnumerable<CompoundEntry> Children(CompoundEntry? storage = null)
    {
        var (seen, open) = (new HashSet<uint>(), new Stack<uint>([(storage ?? Entries[0]).Child]));
        while (open.TryPop(out var id))
        {
            if (id < Entries.Count && seen.Add(id))
            {
                var entry = Entries[(int)id];
                open.Push(entry.Right);
                open.Push(entry.Left);
                yield return entry;
            }
        }
    }

    /// <summary>The entry of that name in a storage, by default the root; <see langword="null"/> for none.</summary>
    public CompoundEntry? Find(string name, CompoundEntry? storage = null) => Children(storage).FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes of a stream.</summary>
    /// <exception cref="InvalidDataException">Its sectors are not there.</exception>
    public ReadOnlyMemory<byte> Read(CompoundEntry stream)
    {
        if (stream.Length >= _smallBelow)
        {
            return Chain(stream.Start, stream.Length);
        }

        var (content, at) = (new byte[Math.Min(stream.Length, _small.Length)], 0);
        for (var sector = stream.Start; at < content.Length; sector = sector < _smallNext.Length ? _smallNext[sector] : MaxSector)
        {
            var start = (long)sector * _smallSector;
            if (start >= _small.Length)
            {
                throw new InvalidDataException($"The stream '{stream.Name}' ends after {at:N0} of {stream.Length:N0} bytes.");
            }

            var part = _small.Slice((int)start, Math.Min(Math.Min(_smallSector, content.Length - at), _small.Length - (int)start));
            part.CopyTo(content.AsMemory(at));
            at += part.Length;
        }

        return content;
    }

    // The bytes of a chain of sectors, as many as were told or there are; a chain is never longer than the file.
    private ReadOnlyMemory<byte> Chain(uint sector, long length)
    {
        var limit = (int)Math.Min(length, _bytes.Length);
        var content = new MemoryStream();
        for (var seen = 0; sector < MaxSector && content.Length < limit; sector = sector < _next.Length ? _next[sector] : MaxSector)
        {
            if (seen++ > _next.Length)
            {
                throw new InvalidDataException("A chain of its sectors runs in a circle.");
            }

            var part = Sector(sector);
            content.Write(part.Span[..(int)Math.Min(part.Length, limit - content.Length)]);
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private ReadOnlyMemory<byte> Sector(uint sector)
    {
        var start = ((long)sector + 1) * _sector;
        return start < _bytes.Length
            ? _bytes.Slice((int)start, (int)Math.Min(_sector, _bytes.Length - start))
            : throw new InvalidDataException($"Sector {sector:N0} lies behind the end of the file.");
    }

    private List<uint> FatSectors(ReadOnlySpan<byte> header)
    {
        var sectors = new List<uint>();
        var count = Math.Min(UInt(header, 44), (uint)(_bytes.Length / _sector) + 1);
        Take(header[76..HeaderLength], MostDifatInHeader);
        var perSector = (_sector / 4) - 1;
        var difat = UInt(header, 68);
        for (var i = Math.Min(UInt(header, 72), count); i > 0 && difat < MaxSector && sectors.Count < count; i--)
        {
            var more = Sector(difat).Span;
            Take(more, perSector);
            difat = more.Length == _sector ? UInt(more, perSector * 4) : MaxSector;
        }

        return sectors;

        void Take(ReadOnlySpan<byte> numbers, int most)
        {
            for (var i = 0; i < most && (i * 4) + 4 <= numbers.Length && sectors.Count < count; i++)
            {
                if (UInt(numbers, i * 4) is var number and < MaxSector)
                {
                    sectors.Add(number);
                }
            }
        }
    }

    private static uint[] Numbers(IEnumerable<ReadOnlyMemory<byte>> sectors)
    {
        var numbers = new List<uint>();
        foreach (var sector in sectors)
        {
            for (var i = 0; i + 4 <= sector.Length; i += 4)
            {
                numbers.Add(UInt(sector.Span, i));
            }
        }

        return [.. numbers];
    }

    private List<CompoundEntry> Directory(ReadOnlyMemory<byte> stream)
    {
        var entries = new List<CompoundEntry>();
        for (var at = 0; at + EntryLength <= stream.Length; at += EntryLength)
        {
            var entry = stream.Span.Slice(at, EntryLength);
            var name = Encoding.Unicode.GetString(entry[..Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 64)]);
            var length = BinaryPrimitives.ReadInt64LittleEndian(entry[120..]);
            // files with small sectors may have anything in the upper half
            entries.Add(new(name, UInt(entry, 68), UInt(entry, 72), UInt(entry, 76), UInt(entry, 116), _sector == 512 ? length & uint.MaxValue : Math.Max(0, length)));
        }

        return entries.Count > 0 ? entries : throw new InvalidDataException("It has no directory.");
    }

    private static uint UInt(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}

/// <summary>A stream or a storage of a compound file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Left">The entry before it in the tree of its siblings.</param>
/// <param name="Right">The entry after it.</param>
/// <param name="Child">For a storage, one of its own entries.</param>
/// <param name="Start">Its first sector.</param>
/// <param name="Length">Bytes of a stream.</param>
internal sealed record CompoundEntry(string Name, uint Left, uint Right, uint Child, uint Start, long Length);
