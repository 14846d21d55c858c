namespace Rag.Indexing;

/// <summary>Keyword indexes of all tenants of a store as one file, so that opening a store need not analyse its texts again.</summary>
/// <remarks>A file is derived: when it is missing, damaged, or of another store, model or analysis, it is ignored and made anew.</remarks>
/// <param name="Revision">The revision of the store that the indexes stand for.</param>
/// <param name="Tenants">The index of each tenant.</param>
public sealed record KeywordSnapshot(long Revision, IReadOnlyDictionary<string, KeywordIndex> Tenants)
{
    // The digit is the version of the format; arrays are in the byte order of the machine, which the magic number shows.
    private const ulong Magic = 0x3258444E49474152; // "RAGINDX2"

    /// <summary>Writes the file atomically: whoever opens it sees the old one or the new one. Nothing of removed documents is in it.</summary>
    /// <param name="path">The file; <c>path.tmp</c> is written first and renamed.</param>
    /// <param name="model">The model of every index.</param>
    /// <param name="store">Identity of the store.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Save(string path, KeywordModel model, string store)
    {
        ArgumentNullException.ThrowIfNull(model);
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
        {
            var writer = new SnapshotWriter(stream);
            writer.Write([Magic]);
            writer.Write(model.Name);
            writer.Write(store);
            writer.Write([Revision, Tenants.Count]);
            foreach (var (tenant, index) in Tenants)
            {
                Write(writer, tenant, index.Compact());
            }

            writer.End();
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads the file, or gives <see langword="null"/> where there is none that fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model that the indexes must have been made with.</param>
    /// <param name="store">Identity of the store.</param>
    public static KeywordSnapshot? TryLoad(string path, KeywordModel model, string store)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var reader = new SnapshotReader(stream);
            return reader.Read<ulong>() is [Magic] && reader.ReadText() == model.Name && reader.ReadText() == store && reader.Read<long>() is [var revision, var tenants]
                ? Load(reader, model, revision, tenants)
                : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null; // missing or damaged: the caller makes a new one
        }
    }

    private static KeywordSnapshot? Load(SnapshotReader reader, KeywordModel model, long revision, long count)
    {
        var tenants = new Dictionary<string, KeywordIndex>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var tenant = reader.ReadText();
            if (tenant is null || ReadIndex(reader, model) is not { } index)
            {
                return null;
            }

            tenants[tenant] = index;
        }

        return reader.AtEnd() ? new(revision, tenants) : null;
    }

    private static void Write(SnapshotWriter writer, string tenant, KeywordIndex index)
    {
        writer.Write(tenant);
        writer.WriteCount(index.Segments.Count);
        foreach (var segment in index.Segments.Select(s => s.Segment))
        {
            writer.Write<char>(segment.TermChars);
            writer.Write<int>(segment.TermStarts);
            writer.Write<int>(segment.PostingStarts);
            writer.Write<int>(segment.PostingChunks);
            writer.Write<ushort>(segment.PostingCounts);
            writer.Write<int>(segment.Tokens);
            writer.Write<int>(segment.TokenStarts);
            writer.Write<int>(segment.Lengths);
            writer.Write<int>(segment.ChunkDocuments);
            writer.Write<int>(segment.FirstChunks);
            writer.Write<int>(segment.Keys);
            writer.Write<char>(segment.IdChars);
            writer.Write<int>(segment.IdStarts);
            writer.Write<int>(segment.DocumentLanguages);
            writer.WriteCount(segment.Languages.Length);
            foreach (var language in segment.Languages)
            {
                writer.Write(language);
                writer.Write(index.Model.AnalyzerFor(language).Name);
            }
        }
    }

    private static KeywordIndex? ReadIndex(SnapshotReader reader, KeywordModel model)
    {
        var segments = new LiveSegment[reader.ReadCount()];
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = ReadSegment(reader, model);
            if (segment is null)
            {
                return null;
            }

            segments[i] = new(segment);
        }

        return new(model, segments);
    }

    private static Segment? ReadSegment(SnapshotReader reader, KeywordModel model)
    {
        var sameAnalysis = true;
        var segment = new Segment
        {
            TermChars = reader.Read<char>(),
            TermStarts = reader.Read<int>(),
            PostingStarts = reader.Read<int>(),
            PostingChunks = reader.Read<int>(),
            PostingCounts = reader.Read<ushort>(),
            Tokens = reader.Read<int>(),
            TokenStarts = reader.Read<int>(),
            Lengths = reader.Read<int>(),
            ChunkDocuments = reader.Read<int>(),
            FirstChunks = reader.Read<int>(),
            Keys = reader.Read<int>(),
            IdChars = reader.Read<char>(),
            IdStarts = reader.Read<int>(),
            DocumentLanguages = reader.Read<int>(),
            Languages = new string?[reader.ReadCount()],
        };
        for (var i = 0; i < segment.Languages.Length; i++)
        {
            segment.Languages[i] = reader.ReadText();
            sameAnalysis &= reader.ReadText() == model.AnalyzerFor(segment.Languages[i]).Name;
        }

        return sameAnalysis ? segment : null;
    }
}
