using Rag.Indexing.Vectors;

namespace Rag.Indexing;

/// <summary>The vectors of all tenants of a store and the graphs over them as one file, so that opening a store need neither read them one by one nor link them again.</summary>
/// <remarks>
/// A loaded index reads its vectors and their codes in the file (mapped into memory; copied on Windows, which does not let a mapped file be deleted). So the file must
/// never be written again, only replaced by <see cref="Save"/> or deleted: what was loaded stays as it was. Holds ids of documents and no text. A file is derived: when
/// it is missing, damaged or of another store, it is ignored and made anew.
/// </remarks>
/// <param name="Tenants">The index of each tenant.</param>
public sealed record VectorSnapshot(IReadOnlyDictionary<string, VectorIndex> Tenants)
{
    // The digit is the version of the format; numbers are in the byte order of the machine, which the magic number shows. First rows, then the directory, then where it begins.
    private const ulong Magic = 0x32434556_47415256; // "VRAGVEC2"

    /// <summary>Writes the file atomically, without what was removed from an index: whoever opens it sees the old one or the new one.</summary>
    /// <param name="path">The file; <c>path.tmp</c> is written first and renamed.</param>
    /// <param name="store">Identity of the store.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Save(string path, string store)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            var rows = new RowWriter(stream);
            rows.Write([Magic]);
            long[] starts = [.. Tenants.Values.Select(index => index.Write(rows))];
            var directory = new SnapshotWriter(stream);
            directory.Write(store);
            directory.WriteCount(Tenants.Count);
            foreach (var ((tenant, index), start) in Tenants.Zip(starts))
            {
                directory.Write(tenant);
                directory.Write([start]);
                index.Write(directory);
            }

            directory.Write<uint>([.. rows.Checksums]);
            directory.End();
            stream.Write(BitConverter.GetBytes(rows.Length));
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Opens the file and checks all of it, or gives <see langword="null"/> where there is none that fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">Identity of the store.</param>
    /// <param name="recall">The recall of the indexes; an effort that was measured for another is measured anew.</param>
    public static VectorSnapshot? TryLoad(string path, string store, double recall = VectorIndex.DefaultRecall) => TryLoad(path, store, recall, copy: OperatingSystem.IsWindows());

    internal static VectorSnapshot? TryLoad(string path, string store, double recall, bool copy)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length < 2 * sizeof(ulong))
            {
                return null;
            }

            var file = new MappedFile(stream, copy);
            var end = BitConverter.ToInt64(file.Bytes(file.Length - sizeof(long), sizeof(long)));
            using var directory = file.Stream(end, file.Length - sizeof(long));
            var reader = new SnapshotReader(directory);
            if (BitConverter.ToUInt64(file.Bytes(0, sizeof(ulong))) != Magic || reader.ReadText() != store)
            {
                return null;
            }

            var tenants = new Dictionary<string, VectorIndex>(StringComparer.Ordinal);
            for (var rest = reader.ReadCount(); rest > 0; rest--)
            {
                tenants[reader.ReadText() ?? throw new InvalidDataException("A tenant has no name.")] = VectorIndex.Read(reader, file, reader.Read<long>() is [var start] ? start : -1, recall);
            }

            var checksums = reader.Read<uint>();
            return reader.AtEnd() && Holds(file, end, checksums) ? new(tenants) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null; // missing or damaged: the caller makes a new one
        }
    }

    private static bool Holds(MappedFile file, long end, uint[] checksums)
    {
        var wrong = checksums.Length == (end + RowWriter.PartLength - 1) / RowWriter.PartLength ? 0 : 1;
        Parallel.For(0, wrong == 0 ? (checksums.Length + 3) / 4 : 0, group =>
        {
            var (part, start) = (4 * group, 4L * group * RowWriter.PartLength);
            if (start + (4L * RowWriter.PartLength) <= end)
            {
                Count(Checksum.OfQuarters(file.Bytes(start, 4 * RowWriter.PartLength)).AsSpan().SequenceEqual(checksums.AsSpan(part, 4)));
                return;
            }

            for (; start < end; start += RowWriter.PartLength)
            {
                Count(Checksum.Add(0, file.Bytes(start, (int)Math.Min(RowWriter.PartLength, end - start))) == checksums[part++]);
            }
        });
        GC.KeepAlive(file);
        return wrong == 0;

        void Count(bool holds)
        {
            if (!holds)
            {
                Interlocked.Increment(ref wrong);
            }
        }
    }
}
