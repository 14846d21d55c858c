using Rag.Indexing.Vectors;

namespace Rag.Indexing;

/// <summary>The graphs over the vectors of all tenants of a store as one file, so that opening a store need not link its vectors again.</summary>
/// <remarks>
/// Holds keys of documents and numbers of neighbours, no vector and no text. A file is derived: when it is missing, damaged or of another store, it is ignored
/// and made anew.
/// </remarks>
/// <param name="Tenants">The links of each tenant that has any.</param>
public sealed record VectorSnapshot(IReadOnlyDictionary<string, VectorLinks> Tenants)
{
    // The digit is the version of the format; arrays are in the byte order of the machine, which the magic number shows.
    private const ulong Magic = 0x314B4E4C47415256; // "VRAGLNK1"

    /// <summary>Writes the file atomically: whoever opens it sees the old one or the new one.</summary>
    /// <param name="path">The file; <c>path.tmp</c> is written first and renamed.</param>
    /// <param name="store">Identity of the store.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Save(string path, string store)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            var writer = new SnapshotWriter(stream);
            writer.Write([Magic]);
            writer.Write(store);
            writer.WriteCount(Tenants.Count);
            foreach (var (tenant, links) in Tenants)
            {
                writer.Write(tenant);
                writer.WriteCount(links.Dimensions);
                writer.Write<int>([.. links.Documents]);
                writer.Write<int>(links.Counts);
                Write(writer, links.Effort);
                links.Graph.Write(writer);
            }

            writer.End();
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads the file, or gives <see langword="null"/> where there is none that fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="store">Identity of the store.</param>
    public static VectorSnapshot? TryLoad(string path, string store)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var reader = new SnapshotReader(stream);
            if (reader.Read<ulong>() is not [Magic] || reader.ReadText() != store)
            {
                return null;
            }

            var tenants = new Dictionary<string, VectorLinks>(StringComparer.Ordinal);
            for (var rest = reader.ReadCount(); rest > 0; rest--)
            {
                tenants[reader.ReadText() ?? throw new InvalidDataException("A tenant has no name.")] = ReadLinks(reader);
            }

            return reader.AtEnd() ? new(tenants) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null; // missing or damaged: the caller makes a new one
        }
    }

    private static VectorLinks ReadLinks(SnapshotReader reader)
    {
        var links = new VectorLinks(reader.Read<int>() is [var dimensions] ? dimensions : 0, reader.Read<int>(), reader.Read<int>(), effort: ReadEffort(reader), graph: GraphFile.Read(reader));
        return links.Documents.Count == links.Counts.Length && links.Counts.All(c => c >= 0) && links.Counts.Sum(c => (long)c) >= links.Linked
            ? links
            : throw new InvalidDataException("Links of vectors that no document has.");
    }

    private static void Write(SnapshotWriter writer, SearchEffort? effort)
    {
        writer.Write<int>(effort is null ? [] : [effort.Vectors, .. effort.Steps.SelectMany(s => new[] { s.Top, s.Effort })]);
        writer.Write<double>(effort is null ? [] : [.. effort.Steps.SelectMany(s => new[] { s.Recall, s.Compared })]);
    }

    private static SearchEffort? ReadEffort(SnapshotReader reader)
    {
        var (numbers, measured) = (reader.Read<int>(), reader.Read<double>());
        if (numbers is [])
        {
            return null;
        }

        EffortStep[] steps = [.. numbers.Skip(1).Chunk(2).Zip(measured.Chunk(2), (n, m) => new EffortStep(n[0], n[^1], m[0], m[^1]))];
        return steps.Select(s => s.Top).SequenceEqual(SearchEffort.Tops.Take(steps.Length)) ? new(numbers[0], steps) : throw new InvalidDataException("An effort for other results.");
    }
}
