using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>Writes rows over the one writing connection, inside a transaction that the caller holds. Not safe for concurrent use.</summary>
internal sealed class StoreWriter(SqliteConnection connection) : IDisposable
{
    private static readonly string StagedOf = $"chunk BETWEEN $0 << {StoreSchema.ChunkBits} AND (($0 + 1) << {StoreSchema.ChunkBits}) - 1";

    private readonly Statement _document = new(connection, """
        INSERT INTO documents(tenant, id, title, path, media_type, language, version, tags, groups, ingested_at, length, chunks, embedding_model, findings)
        VALUES($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING row
        """);

    private readonly Statement _layout = new(connection, "INSERT INTO layouts VALUES($0, $1, $2, $3, $4)");
    private readonly Statement _text = new(connection, "INSERT INTO texts VALUES($0, $1, $2)");
    private readonly Statement _chunk = new(connection, "INSERT INTO chunks VALUES($0, $1, $2, $3, $4, $5)");
    private readonly Statement _vector = new(connection, "INSERT INTO vectors VALUES($0, $1)");
    private readonly Statement _touch = new(connection, "UPDATE meta SET value = value + 1 WHERE name = 'revision'");

    private readonly Statement _stage = new(connection, "INSERT OR REPLACE INTO staged_vectors VALUES($0, $1, $2)");

    private readonly Statement _switch = new(connection, $"INSERT OR REPLACE INTO vectors SELECT chunk, vector FROM staged_vectors WHERE {StagedOf} AND model = $1 AND length(vector) = $2");
    private readonly Statement _rename = new(connection, "UPDATE documents SET embedding_model = $1 WHERE row = $0");
    private readonly Statement _unstage = new(connection, $"DELETE FROM staged_vectors WHERE {StagedOf}");
    private readonly Statement _countSwitch = new(connection, "UPDATE meta SET value = value + 1 WHERE name = 'switches'");

    private readonly Statement[] _deletes =
    [
        new(connection, "DELETE FROM documents WHERE row = $0"),
        new(connection, "DELETE FROM layouts WHERE document = $0"),
        new(connection, $"DELETE FROM texts WHERE part BETWEEN $0 << {StoreSchema.PartBits} AND (($0 + 1) << {StoreSchema.PartBits}) - 1"),
        new(connection, $"DELETE FROM chunks WHERE chunk BETWEEN $0 << {StoreSchema.ChunkBits} AND (($0 + 1) << {StoreSchema.ChunkBits}) - 1"),
        new(connection, $"DELETE FROM vectors WHERE chunk BETWEEN $0 << {StoreSchema.ChunkBits} AND (($0 + 1) << {StoreSchema.ChunkBits}) - 1"),
    ];

    /// <summary>Writes a document with everything that belongs to it and gives its row.</summary>
    public int Insert(Document document, IReadOnlyList<EmbeddedChunk> chunks, DateTimeOffset at)
    {
        var row = checked((int)(long)_document.Scalar(
            SqliteText.Value(document.Tenant), SqliteText.Value(document.Id), SqliteText.Value(document.Title), SqliteText.Value(document.Path),
            SqliteText.Value(document.MediaType), SqliteText.Value(document.Language), SqliteText.Value(document.Version),
            JsonSerializer.Serialize(document.Tags, StoreJson.Default.IReadOnlyDictionaryStringString), document.Groups.Count == 0 ? null : JsonSerializer.Serialize(document.Groups, StoreJson.Default.IReadOnlyListString),
            at.ToUnixTimeMilliseconds(), document.Text.Length, chunks.Count,
            chunks is [{ Vector.IsEmpty: false, Model: { } model }, ..] ? SqliteText.Value(model) : null, FindingCodec.Encode(document.Findings))!);
        _layout.Run(
            row, LayoutCodec.Encode(document.Blocks), LayoutCodec.Encode(document.Pages), LayoutCodec.Encode(document.Lines),
            document.Warnings.Count == 0 ? null : JsonSerializer.Serialize(document.Warnings, StoreJson.Default.IReadOnlyListString));
        InsertText(row, document.Text, document.Boxes);
        InsertChunks(row, chunks);
        return row;
    }

    public void Delete(int document)
    {
        foreach (var statement in _deletes)
        {
            statement.Run(document);
        }

        _unstage.Run(document);
    }

    /// <summary>Keeps a vector of another model until the documents of its tenant change over.</summary>
    public void Stage(int document, int ordinal, string model, ReadOnlyMemory<float> vector) =>
        _stage.Run(((long)document << StoreSchema.ChunkBits) + ordinal, SqliteText.Value(model), MemoryMarshal.AsBytes(vector.Span).ToArray());

    /// <summary>Takes over the waiting vectors of a space where a document has any, and drops those of other models.</summary>
    /// <returns>How many were taken over.</returns>
    public int Switch(int document, VectorSpace space)
    {
        var exchanged = _switch.Run(document, SqliteText.Value(space.Model), space.Dimensions * sizeof(float));
        if (exchanged > 0)
        {
            _rename.Run(document, SqliteText.Value(space.Model));
        }

        _unstage.Run(document);
        return exchanged;
    }

    /// <summary>Makes it known that vectors of documents which stay were exchanged.</summary>
    public void CountSwitch() => _countSwitch.Run();

    /// <summary>Makes the change visible to those who compare revisions.</summary>
    public void Touch() => _touch.Run();

    public void Dispose() => Array.ForEach([_document, _layout, _text, _chunk, _vector, _touch, _stage, _switch, _rename, _unstage, _countSwitch, .. _deletes], s => s.Dispose());

    private void InsertText(int document, string text, WordBoxes? boxes)
    {
        for (var (part, start) = ((long)document << StoreSchema.PartBits, 0); start < text.Length; part++, start += StoreSchema.PartLength)
        {
            var span = new TextSpan(start, Math.Min(start + StoreSchema.PartLength, text.Length));
            _text.Run(part, SqliteText.Value(span.Of(text)), LayoutCodec.Encode(boxes?.Slice(span)));
        }
    }

    private void InsertChunks(int document, IReadOnlyList<EmbeddedChunk> chunks)
    {
        var row = (long)document << StoreSchema.ChunkBits;
        foreach (var (chunk, vector) in chunks)
        {
            _chunk.Run(row, chunk.Span.Start, chunk.Span.End, SqliteText.Value(chunk.Context), LayoutCodec.Encode(chunk.Pages), LayoutCodec.Encode(chunk.Lines));
            if (!vector.IsEmpty)
            {
                _vector.Run(row, MemoryMarshal.AsBytes(vector.Span).ToArray());
            }

            row++;
        }
    }
}
