using System.Runtime.InteropServices;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Rag.Storage;
using SQLitePCL;

namespace Rag.Sqlite;

/// <summary>Where a chunk lies.</summary>
/// <param name="Head">Its document, of which it inherits.</param>
/// <param name="Document">The document's row.</param>
/// <param name="Ordinal">Its place among the document's chunks.</param>
internal sealed record ChunkPlace(Document Head, int Document, int Ordinal)
{
    /// <summary>Its row.</summary>
    public long Row => ((long)Document << StoreSchema.ChunkBits) + Ordinal;
}

/// <summary>Reads chunks with their texts, and of each text no more than it needs. Not safe for concurrent use.</summary>
internal sealed class PassageReader(SqliteConnection connection) : IDisposable
{
    private const string Columns = "chunk, start, end, context, pages, lines, text, boxes";

    private static readonly string FirstPart = $"(chunk >> {StoreSchema.ChunkBits} << {StoreSchema.PartBits})";

    // A row for each part of the text that a chunk touches.
    private static readonly string Parts =
        $"LEFT JOIN texts ON part BETWEEN {FirstPart} + start / {StoreSchema.PartLength} AND {FirstPart} + (end - 1) / {StoreSchema.PartLength}";

    private readonly Statement _of = new(connection, $"SELECT {Columns} FROM chunks {Parts} WHERE chunk BETWEEN $0 AND $1 ORDER BY chunk, part");
    private readonly Statement _at = new(connection, $"SELECT {Columns} FROM json_each($0) AS places CROSS JOIN chunks ON chunk = places.value {Parts}"); // in the order of the loops: to sort would copy the texts
    private readonly Statement _text = new(connection, "SELECT text, boxes FROM texts WHERE part BETWEEN $0 AND $1 ORDER BY part");
    private readonly char[] _part = new char[StoreSchema.PartLength];

    /// <summary>The chunks of a document in order.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public List<Chunk> Of(StoredHead head, int document)
    {
        var (chunks, place) = (new List<Chunk>(), new ChunkPlace(head.Document, document, 0));
        using var row = _of.Query(place.Row, new ChunkPlace(head.Document, document + 1, 0).Row - 1);
        for (var isMore = row.Read(); isMore; place = place with { Ordinal = place.Ordinal + 1 })
        {
            chunks.Add(Next(place, row, ref isMore));
        }

        return chunks.Count == head.Chunks ? chunks : throw new InvalidDataException($"document row {document} has {chunks.Count} of {head.Chunks} chunks");
    }

    /// <summary>Chunks in the order of their places, which differ.</summary>
    /// <exception cref="InvalidDataException">One is not there, or the file is damaged.</exception>
    public List<Chunk> At(IReadOnlyList<ChunkPlace> places)
    {
        var chunks = new List<Chunk>(places.Count);
        using var row = _at.Query($"[{string.Join(',', places.Select(p => p.Row))}]");
        var isMore = row.Read();
        foreach (var place in places)
        {
            chunks.Add(Next(place, row, ref isMore));
        }

        return chunks;
    }

    /// <summary>A piece of a document's text, with the boxes of its words.</summary>
    /// <exception cref="InvalidDataException">The text ends before.</exception>
    public (string Text, WordBoxes? Boxes) Text(int document, TextSpan span)
    {
        var (piece, first) = (new Piece(document, span), (long)document << StoreSchema.PartBits);
        using var row = _text.Query(first + (span.Start / StoreSchema.PartLength), first + ((span.End - 1) / StoreSchema.PartLength));
        while (row.Read())
        {
            Append(piece, row, 0);
        }

        return piece.Whole();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _of.Dispose();
        _at.Dispose();
        _text.Dispose();
    }

    private Chunk Next(ChunkPlace place, SqliteDataReader row, ref bool isMore)
    {
        if (!isMore || row.GetInt64(0) != place.Row)
        {
            throw new InvalidDataException($"chunk {place.Ordinal} of document row {place.Document} is missing");
        }

        var span = row.GetInt32(1) >= 0 && row.GetInt32(1) <= row.GetInt32(2)
            ? new TextSpan(row.GetInt32(1), row.GetInt32(2))
            : throw new InvalidDataException($"chunk {place.Ordinal} of document row {place.Document} ends before it begins");
        var chunk = new Chunk($"{place.Head.Id}#{place.Ordinal}", place.Head.Id, "", span)
        {
            Context = SqliteText.Read(row, 3),
            Pages = LayoutCodec.DecodeNumbering(row.GetValue(4) as byte[]),
            Lines = LayoutCodec.DecodeNumbering(row.GetValue(5) as byte[]),
            Title = place.Head.Title,
            Path = place.Head.Path,
            Language = place.Head.Language,
            Tags = place.Head.Tags,
        };
        var piece = new Piece(place.Document, span);
        do
        {
            Append(piece, row, 6);
            isMore = row.Read();
        }
        while (isMore && row.GetInt64(0) == place.Row);
        var (text, boxes) = piece.Whole();
        return chunk with { Text = text, Boxes = boxes };
    }

    // What is after the piece is not decoded.
    private void Append(Piece piece, SqliteDataReader row, int column)
    {
        var bytes = raw.sqlite3_column_blob(row.Handle!, column);
        if (raw.sqlite3_column_type(row.Handle!, column) == raw.SQLITE_BLOB)
        {
            piece.Append(MemoryMarshal.Cast<byte, char>(bytes), row.GetValue(column + 1) as byte[]);
            return;
        }

        Utf8.ToUtf16(bytes, _part.AsSpan(0, Math.Clamp(piece.EndInPart, 0, _part.Length - 1) + 1), out _, out var length); // one more, should the piece end amid a pair
        piece.Append(_part.AsSpan(0, length), row.GetValue(column + 1) as byte[]);
    }

    /// <summary>A piece of a text, put together from parts.</summary>
    private sealed class Piece(int document, TextSpan span)
    {
        private string _text = "";
        private List<WordBox>? _words;
        private int _partStart = span.Start / StoreSchema.PartLength * StoreSchema.PartLength;

        /// <summary>Where it ends, counted from the beginning of the next part.</summary>
        public int EndInPart => span.End - _partStart;

        public void Append(ReadOnlySpan<char> part, byte[]? boxes)
        {
            var from = Math.Clamp(span.Start - _partStart, 0, part.Length);
            _text = string.Concat(_text, part[from..Math.Clamp(EndInPart, from, part.Length)]); // a damaged file may hold other parts than it says
            _partStart += StoreSchema.PartLength;
            if (boxes is not null && span.Length > 0)
            {
                LayoutCodec.DecodeBoxes(boxes, span, _words ??= []); // a word on the border stands in both parts
            }
        }

        public (string Text, WordBoxes? Boxes) Whole() => _text.Length == span.Length
            ? (_text, _words is null ? null : new WordBoxes(_words))
            : throw new InvalidDataException($"the text of document row {document} ends before character {span.End}");
    }
}
