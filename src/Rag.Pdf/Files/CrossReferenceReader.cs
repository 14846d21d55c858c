namespace Rag.Pdf.Files;

/// <summary>Reads cross-reference tables and streams (7.5.4, 7.5.8) along the chain of revisions, from the newest to the oldest.</summary>
internal sealed class CrossReferenceReader
{
    /// <summary>Rows read in all sections together, so that sections which overlap cost no more than the file can hold.</summary>
    private const int MaxRowsRead = 1 << 22;

    /// <summary>Bytes of a trailer dictionary, and sections: no real file comes near, and all sections together take no more than seconds.</summary>
    private const int MaxTrailer = 1 << 18;
    private const int MaxSections = 1 << 12;

    private readonly ObjectReader _reader;
    private readonly ParseContext _context;
    private readonly ObjectTable _table;
    private readonly List<PdfDictionary> _trailers = [];
    private readonly HashSet<long> _visited = [];
    private bool _sound = true;
    private int _rowsRead;

    private CrossReferenceReader(ObjectReader reader, IPdfObjects objects, ObjectTable table)
    {
        _reader = reader;
        _context = reader.ContextOf(objects);
        _table = table;
    }

    private ReadOnlySpan<byte> File => _reader.File.Span;

    /// <summary>Reads all sections.</summary>
    /// <param name="reader">Reads the file.</param>
    /// <param name="objects">Where the trailers' references lead.</param>
    /// <param name="table">Empty; filled here with the newest rows, each checked.</param>
    public static CrossReferences Read(ObjectReader reader, IPdfObjects objects, ObjectTable table)
    {
        var sections = new CrossReferenceReader(reader, objects, table);
        sections.ReadChain();
        sections.Check();
        return new(sections._trailers, sections._sound && sections._trailers.Count > 0);
    }

    private void ReadChain()
    {
        var keyword = File.LastIndexOf("startxref"u8);
        var position = Scanner.SkipWhite(File, keyword + 9);
        long? next = keyword >= 0 && Scanner.TryDigits(File, ref position, out var offset) ? offset : null;
        _sound = next is not null;
        while (next is { } start && _visited.Add(start) && _visited.Count <= MaxSections)
        {
            if (ReadSection(start) is not { } trailer)
            {
                _sound = false;
                return;
            }

            _trailers.Add(trailer);
            next = (long?)(trailer.Raw("Prev") as PdfNumber)?.Value;
        }
    }

    /// <summary>Reads one section and gives its trailer, <see langword="null"/> where there is none at <paramref name="offset"/>.</summary>
    private PdfDictionary? ReadSection(long offset)
    {
        if (offset < 0 || offset >= File.Length)
        {
            return null;
        }

        var position = Scanner.SkipWhite(File, (int)offset);
        if (!File[position..].StartsWith("xref"u8))
        {
            return ReadStream(position);
        }

        position += 4;
        var rows = CrossReferenceTable.Read(File, ref position, MaxRowsRead - _rowsRead, ref _sound);
        _rowsRead += rows.Count;
        if (!Scanner.IsKeyword(File, position, "trailer"u8) || new ObjectParser(File[..Window(position)], position + 7, _context).Read() is not PdfDictionary trailer)
        {
            _sound = false;
            AddAll(rows);
            return null;
        }

        // a hybrid file marks as free in its table what its stream holds (7.5.8.4)
        if (trailer.Raw("XRefStm") is PdfNumber hidden && _visited.Add((long)hidden.Value))
        {
            _sound &= ReadStream((long)hidden.Value) is not null;
        }

        AddAll(rows);
        return trailer;
    }

    private int Window(int position) => (int)Math.Min(File.Length, (long)position + MaxTrailer);

    private void AddAll(List<KeyValuePair<int, ObjectLocation>> rows)
    {
        foreach (var (number, location) in rows)
        {
            _table.Add(number, location);
        }
    }

    private PdfDictionary? ReadStream(long offset)
    {
        if (!_reader.TryHeader(offset, out var header) || _reader.Read(header, Window(header.Body), _context, _ => null, out _) is not PdfStream stream
            || stream.Dictionary.Array("W") is not { Count: >= 3 } widths)
        {
            return null;
        }

        try
        {
            using var decoded = stream.Decode();
            var rows = CrossReferenceStream.Read(decoded.Span, widths, stream.Dictionary, MaxRowsRead - _rowsRead);
            _rowsRead += rows.Count;
            AddAll(rows);
            return stream.Dictionary;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Takes out the rows that lead nowhere.</summary>
    private void Check()
    {
        foreach (var number in _table.Numbers.ToArray())
        {
            _table.TryGet(number, out var row);
            if (row.Kind == LocationKind.Direct)
            {
                if (_reader.TryHeader(row.Position, out var header) && header.Number == number)
                {
                    _table.Set(number, row with { Generation = header.Generation });
                    continue;
                }
            }
            else if (row.Kind == LocationKind.Free || (_table.TryGet(row.Position, out var container) && container.Kind == LocationKind.Direct))
            {
                continue;
            }

            _table.Remove(number);
            _sound = false;
        }
    }
}
