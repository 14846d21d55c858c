using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>Reads rows over one connection. Not safe for concurrent use.</summary>
internal sealed class StoreReader(SqliteConnection connection) : IDisposable
{
    private static readonly string SpaceQuery = $"""
        SELECT documents.embedding_model, length(vector) FROM documents CROSS JOIN vectors ON vectors.chunk = documents.row << {StoreSchema.ChunkBits}
        WHERE documents.tenant = $0 AND documents.row <> $1
        """;

    private static readonly string ListQuery = $"""
        SELECT id, title, media_type, chunks, ingested_at, version, path, tags, embedding_model, groups, (SELECT length(vector) FROM vectors WHERE chunk = row << {StoreSchema.ChunkBits}), findings
        FROM documents
        """;

    // What is of the space already lacks nothing; of the rest, what waits is counted.
    private static readonly string LackingQuery = $"""
        WITH lacking(row, chunks) AS MATERIALIZED (
            SELECT row, chunks - (SELECT count(*) FROM staged_vectors
                WHERE chunk BETWEEN row << {StoreSchema.ChunkBits} AND ((row + 1) << {StoreSchema.ChunkBits}) - 1 AND model = $1 AND length(vector) = $2)
            FROM documents
            WHERE tenant = $0 AND NOT (embedding_model IS $1 AND (SELECT length(vector) FROM vectors WHERE chunk = row << {StoreSchema.ChunkBits}) IS $2))
        """;

    private readonly Statement _begin = new(connection, "BEGIN");
    private readonly Statement _end = new(connection, "COMMIT");
    private readonly Statement _revision = new(connection, "SELECT value FROM meta WHERE name = 'revision'");
    private readonly Statement _find = new(connection, "SELECT row FROM documents WHERE tenant = $0 AND id = $1");
    private readonly Statement _has = new(connection, "SELECT EXISTS(SELECT 1 FROM documents WHERE row = $0)");
    private readonly Statement _rows = new(connection, "SELECT row, tenant FROM documents");
    private readonly Statement _document = new(connection, "SELECT tenant, id, title, path, media_type, language, version, tags, groups, length, chunks, findings FROM documents WHERE row = $0");
    private readonly Statement _list = new(connection, $"{ListQuery} WHERE tenant = $0");
    private readonly Statement _listed = new(connection, $"{ListQuery} WHERE tenant = $0 AND id = $1");
    private readonly Statement _groups = new(connection, "SELECT EXISTS(SELECT 1 FROM documents WHERE tenant = $0 AND groups IS NOT NULL)");
    private readonly Statement _layout = new(connection, "SELECT blocks, pages, lines, warnings FROM layouts WHERE document = $0");
    private readonly Statement _vectors = new(connection, "SELECT vector FROM vectors WHERE chunk BETWEEN $0 AND $1 ORDER BY chunk");

    private readonly Statement _namedSpace = new(connection, $"{SpaceQuery} AND documents.embedding_model IS NOT NULL LIMIT 1");
    private readonly Statement _space = new(connection, $"{SpaceQuery} LIMIT 1");

    private readonly Statement _model = new(connection, "SELECT embedding_model FROM documents WHERE row = $0");
    private readonly Statement _switches = new(connection, "SELECT value FROM meta WHERE name = 'switches'");
    private readonly Statement _countLacking = new(connection, $"{LackingQuery} SELECT total(chunks) FROM lacking");
    private readonly Statement _lacking = new(connection, $"{LackingQuery} SELECT row FROM lacking WHERE chunks > 0 ORDER BY row");
    private readonly Statement _staged = new(connection, "SELECT chunk FROM staged_vectors WHERE chunk BETWEEN $0 AND $1 AND model = $2 AND length(vector) = $3");

    private readonly PassageReader _passages = new(connection);

    private bool _reading;

    /// <summary>Begins to read one state of the file, whatever is written meanwhile, and gives its revision.</summary>
    public long Begin()
    {
        _begin.Run();
        _reading = true;
        return Revision();
    }

    /// <summary>Ends what <see cref="Begin"/> began; without effect when nothing was begun.</summary>
    public void End()
    {
        if (_reading)
        {
            _reading = false;
            _end.Run();
        }
    }

    /// <summary>Grows by one with every change of the store.</summary>
    public long Revision() => Convert.ToInt64(_revision.Scalar(), CultureInfo.InvariantCulture);

    public int? Find(string tenant, string documentId) =>
        _find.Scalar(SqliteText.Value(tenant), SqliteText.Value(documentId)) is long row ? checked((int)row) : null;

    /// <summary>Whether there is a document in a row.</summary>
    public bool Has(int document) => _has.Scalar(document) is 1L;

    /// <summary>The row and tenant of every document.</summary>
    public List<(int Row, string Tenant)> Rows()
    {
        List<(int, string)> rows = [];
        using var reader = _rows.Query();
        while (reader.Read())
        {
            rows.Add((checked((int)reader.GetInt64(0)), SqliteText.Read(reader, 1)));
        }

        return rows;
    }

    /// <summary>Whether a tenant has a document that only some groups may see.</summary>
    public bool HasGroups(string tenant) => _groups.Scalar(SqliteText.Value(tenant)) is 1L;

    public IReadOnlyList<StoredDocument> List(string tenant)
    {
        List<StoredDocument> documents = [];
        using var row = _list.Query(SqliteText.Value(tenant));
        while (row.Read())
        {
            documents.Add(Listed(row));
        }

        documents.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return documents;
    }

    /// <summary>A document as <see cref="List"/> gives it, or <see langword="null"/> when there is none.</summary>
    public StoredDocument? Listed(string tenant, string documentId)
    {
        using var row = _listed.Query(SqliteText.Value(tenant), SqliteText.Value(documentId));
        return row.Read() ? Listed(row) : null;
    }

    /// <summary>A document without its text and layout: what chunks inherit and filters ask for.</summary>
    public StoredHead Head(int document)
    {
        using var row = _document.Query(document);
        if (!row.Read())
        {
            throw new InvalidDataException($"document row {document} is missing");
        }

        var head = new Document(SqliteText.Read(row, 1), SqliteText.Read(row, 2), "", [])
        {
            Tenant = SqliteText.Read(row, 0),
            Path = SqliteText.ReadOrNull(row, 3),
            MediaType = SqliteText.Read(row, 4),
            Language = SqliteText.ReadOrNull(row, 5),
            Version = SqliteText.Read(row, 6),
            Tags = Tags(SqliteText.Read(row, 7)),
            Groups = Groups(row, 8),
            Findings = FindingCodec.Decode(SqliteText.ReadOrNull(row, 11)),
        };
        return new(head, row.GetInt32(9), row.GetInt32(10));
    }

    public Document Document(int document)
    {
        var head = Head(document);
        using var row = _layout.Query(document);
        if (!row.Read())
        {
            throw new InvalidDataException($"the layout of document row {document} is missing");
        }

        var (text, boxes) = _passages.Text(document, new(0, head.Length));
        return head.Document with
        {
            Text = text,
            Boxes = boxes,
            Blocks = LayoutCodec.DecodeBlocks(row.GetFieldValue<byte[]>(0)),
            Pages = LayoutCodec.DecodeNumbering(row.GetValue(1) as byte[]),
            Lines = LayoutCodec.DecodeNumbering(row.GetValue(2) as byte[]),
            Warnings = SqliteText.ReadOrNull(row, 3) is { } warnings ? JsonSerializer.Deserialize(warnings, StoreJson.Default.StringArray)! : [],
        };
    }

    /// <summary>Chunks of any documents, in the order in which they are asked for, each once.</summary>
    public List<Chunk> Chunks(IReadOnlyList<ChunkPlace> places) => _passages.At(places);

    public List<Chunk> Chunks(StoredHead head, int document) => _passages.Of(head, document);

    /// <summary>The vectors of a document's chunks in order; empty where it has none.</summary>
    public List<ReadOnlyMemory<float>> Vectors(int document)
    {
        List<ReadOnlyMemory<float>> vectors = [];
        using var row = _vectors.Query(ChunkRow(document, 0), ChunkRow(document + 1, 0) - 1);
        while (row.Read())
        {
            vectors.Add(MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(0)).ToArray());
        }

        return vectors;
    }

    /// <summary>Model and length of the vectors of a tenant's documents, but for the given one; <see langword="null"/> when none has any. Documents of before the model was recorded name none.</summary>
    public IReadOnlyList<EmbeddedChunk> Embedded(int document)
    {
        var vectors = Vectors(document);
        using var row = _model.Query(document);
        var model = row.Read() ? SqliteText.ReadOrNull(row, 0) : null;
        return [.. Chunks(Head(document), document).Select((chunk, i) => new EmbeddedChunk(chunk, i < vectors.Count ? vectors[i] : default) { Model = model })];
    }

    public VectorSpace? Space(string tenant, int but = 0) => Space(_namedSpace, tenant, but) ?? Space(_space, tenant, but);

    /// <summary>Grows by one whenever all vectors of a tenant are exchanged.</summary>
    public long Switches() => Convert.ToInt64(_switches.Scalar(), CultureInfo.InvariantCulture);

    /// <summary>Number of a tenant's chunks without a vector of the space, searched or waiting.</summary>
    public int CountLacking(string tenant, VectorSpace space) =>
        Convert.ToInt32(_countLacking.Scalar(SqliteText.Value(tenant), SqliteText.Value(space.Model), space.Dimensions * sizeof(float)), CultureInfo.InvariantCulture);

    /// <summary>Rows of the documents that have such a chunk.</summary>
    public List<int> Lacking(string tenant, VectorSpace space)
    {
        List<int> rows = [];
        using var row = _lacking.Query(SqliteText.Value(tenant), SqliteText.Value(space.Model), space.Dimensions * sizeof(float));
        while (row.Read())
        {
            rows.Add(row.GetInt32(0));
        }

        return rows;
    }

    /// <summary>Which chunks of a document have a waiting vector of the space, by their place.</summary>
    public HashSet<int> Staged(int document, VectorSpace space)
    {
        HashSet<int> ordinals = [];
        using var row = _staged.Query(ChunkRow(document, 0), ChunkRow(document + 1, 0) - 1, SqliteText.Value(space.Model), space.Dimensions * sizeof(float));
        while (row.Read())
        {
            ordinals.Add((int)(row.GetInt64(0) - ChunkRow(document, 0)));
        }

        return ordinals;
    }

    public void Dispose()
    {
        _passages.Dispose();
        Array.ForEach(
            [
                _begin, _end, _revision, _find, _has, _rows, _document, _list, _listed, _groups, _layout, _vectors, _namedSpace, _space,
                _switches, _countLacking, _lacking, _staged, _model,
            ],
            s => s.Dispose());
    }

    private static StoredDocument Listed(SqliteDataReader row) => new(
        SqliteText.Read(row, 0), SqliteText.Read(row, 1), SqliteText.Read(row, 2), row.GetInt32(3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        SqliteText.Read(row, 5), SqliteText.ReadOrNull(row, 6), Tags(SqliteText.Read(row, 7)))
    {
        Groups = Groups(row, 9),
        Findings = FindingCodec.Decode(SqliteText.ReadOrNull(row, 11)),
        Vectors = row.IsDBNull(10) ? null : new(SqliteText.ReadOrNull(row, 8), row.GetInt32(10) / sizeof(float)),
    };

    private static string[] Groups(SqliteDataReader row, int column) => SqliteText.ReadOrNull(row, column) is { } groups ? JsonSerializer.Deserialize(groups, StoreJson.Default.StringArray)! : [];

    private static long ChunkRow(int document, int ordinal) => ((long)document << StoreSchema.ChunkBits) + ordinal;

    private static VectorSpace? Space(Statement statement, string tenant, int but)
    {
        using var row = statement.Query(SqliteText.Value(tenant), but);
        return row.Read() ? new(SqliteText.ReadOrNull(row, 0), row.GetInt32(1) / sizeof(float)) : null;
    }

    private static Dictionary<string, string> Tags(string json) => JsonSerializer.Deserialize(json, StoreJson.Default.DictionaryStringString)!;
}

/// <summary>A stored document without its text and layout.</summary>
/// <param name="Document">The document, its text empty.</param>
/// <param name="Length">UTF-16 code units of its text.</param>
/// <param name="Chunks">Number of its chunks.</param>
internal sealed record StoredHead(Document Document, int Length, int Chunks);
