namespace Rag.Pdf.Files;

/// <summary>Makes up for a cross-reference table that is missing or wrong, from what a scan of the file finds. The last definition of an object wins.</summary>
internal sealed class FileRepair
{
    /// <summary>Bytes of object streams read and decoded to see what they hold.</summary>
    private const long MaxBytes = 256 << 20;

    private readonly ObjectReader _reader;
    private readonly ObjectStore _store;
    private readonly FileScan _scan;
    private readonly HashSet<int> _known;

    /// <summary>Adds all objects that stand by themselves to the table of <paramref name="store"/>; rows that are there were checked and stay.</summary>
    public FileRepair(ObjectReader reader, ObjectStore store)
    {
        _reader = reader;
        _store = store;
        _scan = FileScan.Of(reader.File.Span);
        store.ChecksGenerations = false;
        _known = [.. store.Table.Numbers.Where(n => store.Table.TryGet(n, out var row) && row.Kind != LocationKind.Free)];
        foreach (var found in _scan.Objects)
        {
            if (!_known.Contains(found.Number))
            {
                store.Table.Set(found.Number, new(LocationKind.Direct, found.Position, found.Generation));
            }
        }

        store.Forget();
    }

    /// <summary>Trailer dictionaries found in the file, the last first.</summary>
    public IEnumerable<PdfDictionary> Trailers()
    {
        var context = _reader.ContextOf(_store);
        foreach (var position in _scan.Trailers.Reverse())
        {
            if (new ObjectParser(_reader.File.Span[.._store.Table.EndOf(position)], position, context).Read() is PdfDictionary trailer)
            {
                yield return trailer;
            }
        }

        foreach (var found in _scan.CrossReferenceStreams.Reverse())
        {
            if (ReadStream(found, context) is { } stream && stream.Dictionary.Name("Type") == "XRef")
            {
                yield return stream.Dictionary;
            }
        }
    }

    /// <summary>Adds the objects in object streams, once it is known how the file is encrypted.</summary>
    public void AddCompressed()
    {
        long bytes = 0;
        foreach (var found in _scan.ObjectStreams)
        {
            // of several definitions of the stream only the last can be reached
            if (bytes > MaxBytes || !_store.Table.TryGet(found.Number, out var row) || row.Position != found.Position || row.Kind != LocationKind.Direct)
            {
                continue;
            }

            var stream = _store.Stream(found.Number);
            bytes += (stream?.Length ?? 0) + ((_store.Resolve(new PdfReference(found.Number, found.Generation)) as PdfStream)?.Raw.Length ?? 0);
            foreach (var number in stream?.Numbers ?? [])
            {
                var isLater = !_store.Table.TryGet(number, out var other) || other.Kind != LocationKind.Direct || other.Position < found.Position;
                if (isLater && number != found.Number && !_known.Contains(number))
                {
                    _store.Table.Set(number, new(LocationKind.Compressed, found.Number, 0));
                }
            }
        }

        _store.Forget();
    }

    private PdfStream? ReadStream(FoundObject found, ParseContext context) =>
        _reader.TryHeader(found.Position, out var header) ? _reader.Read(header, _store.Table.EndOf(found.Position), context, _ => null, out _) as PdfStream : null;
}
