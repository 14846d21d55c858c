using System.Globalization;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>Vectors of another model, which wait in the store until no chunk of their tenant lacks one.</summary>
internal sealed class StagedVectors(StoreDatabase database, StoreIndexes indexes)
{
    /// <summary>Those chunks of a document that have no waiting vector of a space; none when it is gone.</summary>
    public static List<Chunk> Lacking(int document, VectorSpace space, StoreReader rows)
    {
        if (!rows.Has(document))
        {
            return [];
        }

        var staged = rows.Staged(document, space);
        return [.. rows.Chunks(rows.Head(document), document).Where((_, ordinal) => !staged.Contains(ordinal))];
    }

    /// <summary>Keeps vectors of one space, inside a transaction.</summary>
    public void Stage(IReadOnlyList<EmbeddedChunk> chunks, string tenant)
    {
        foreach (var (chunk, vector) in chunks)
        {
            if (Place(chunk, tenant) is var (document, ordinal))
            {
                database.Writer.Stage(document, ordinal, chunks[0].Model!, vector);
            }
        }
    }

    /// <summary>Changes over, inside a transaction, to vectors of a space that no chunk lacks.</summary>
    /// <returns>What to do after the commit.</returns>
    public Action Switch(VectorSpace space, string tenant, CancellationToken cancellationToken)
    {
        var exchanged = 0;
        foreach (var (document, _) in database.WriterRows.Rows().Where(d => d.Tenant == tenant))
        {
            cancellationToken.ThrowIfCancellationRequested();
            exchanged += database.Writer.Switch(document, space);
        }

        if (exchanged == 0)
        {
            return () => { };
        }

        database.Writer.CountSwitch();
        database.Writer.Touch();
        return indexes.Switch;
    }

    // The document may have been replaced since the chunk was read; a vector fits only the words that it was made of.
    private (int Document, int Ordinal)? Place(Chunk chunk, string tenant)
    {
        var rows = database.WriterRows;
        return rows.Find(tenant, chunk.DocumentId) is { } document
            && int.TryParse(chunk.Id.AsSpan(Math.Min(chunk.DocumentId.Length + 1, chunk.Id.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && rows.Head(document) is var head && ordinal < head.Chunks
            && rows.Chunks([new ChunkPlace(head.Document, document, ordinal)]) is [var stored] && stored.Id == chunk.Id && stored.Text == chunk.Text && stored.Context == chunk.Context
            ? (document, ordinal)
            : null;
    }
}
