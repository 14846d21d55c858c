using System.Collections.Concurrent;

namespace Rag.Pdf.Files;

/// <summary>Parses objects when they are first asked for and keeps them. Safe for concurrent use.</summary>
/// <remarks>
/// Nothing here can recurse without end: parsing follows no reference but that of a stream's length, which is read as a bare number,
/// and object streams see the file through <see cref="Uncompressed"/>, which knows no object streams.
/// </remarks>
internal sealed class ObjectStore : IPdfObjects
{
    /// <summary>References to references, followed until one is taken for a cycle.</summary>
    private const int MaxHops = 32;

    /// <summary>Values kept, at about 50 bytes each.</summary>
    private const int MaxKeptValues = 2_000_000;

    /// <summary>Bytes of decoded object streams kept.</summary>
    private const int MaxKeptBytes = 48 << 20;

    private readonly ConcurrentDictionary<int, PdfObject?> _objects = new();
    private readonly Dictionary<int, ObjectStream?> _streams = [];
    private readonly Lock _streamsGate = new();
    private readonly ObjectReader _reader;
    private readonly ParseContext _context;
    private readonly Uncompressed _uncompressed;
    private int _keptValues;
    private int _keptBytes;

    public ObjectStore(ObjectReader reader, ObjectTable table)
    {
        _reader = reader;
        _context = reader.ContextOf(this);
        _uncompressed = new(this);
        Table = table;
    }

    public ObjectTable Table { get; }

    /// <summary>Whether references must name the right generation (7.3.10); not in a file whose table had to be made up.</summary>
    public bool ChecksGenerations { get; set; } = true;

    public PdfObject? Resolve(PdfObject? value)
    {
        for (var hops = 0; value is PdfReference reference; hops++)
        {
            value = hops == MaxHops ? null : Get(reference);
        }

        return value;
    }

    /// <summary>The object streams and objects that were read before the table was complete are read again.</summary>
    public void Forget()
    {
        _objects.Clear();
        _keptValues = 0;
        lock (_streamsGate)
        {
            _streams.Clear();
            _keptBytes = 0;
        }
    }

    /// <summary>The object stream of that number, or <see langword="null"/> where there is none.</summary>
    public ObjectStream? Stream(int number)
    {
        lock (_streamsGate)
        {
            if (_streams.TryGetValue(number, out var known))
            {
                return known;
            }

            var stream = _uncompressed.Get(number) is PdfStream s ? ObjectStream.Read(s, _reader.Warnings) : null;
            _keptBytes += stream?.Length ?? 0;
            if (_keptBytes > MaxKeptBytes)
            {
                _streams.Clear();
                _keptBytes = stream?.Length ?? 0;
            }

            return _streams[number] = stream;
        }
    }

    private PdfObject? Get(PdfReference reference)
    {
        if (!Table.TryGet(reference.Number, out var location) || (ChecksGenerations && location.Generation != reference.Generation))
        {
            return null;
        }

        if (_objects.TryGetValue(reference.Number, out var known))
        {
            return known;
        }

        var values = 0;
        var value = location.Kind switch
        {
            LocationKind.Direct when _reader.TryHeader(location.Position, out var header) => _reader.Read(header, Table.EndOf(location.Position), _context, LengthOf, out values),
            LocationKind.Compressed => Stream(location.Position)?.Get(reference.Number, _context, out values),
            _ => null,
        };
        if (Interlocked.Add(ref _keptValues, values + 4) > MaxKeptValues)
        {
            _objects.Clear();
            Interlocked.Exchange(ref _keptValues, values);
        }

        return _objects.GetOrAdd(reference.Number, value); // two threads may read it, all get the same
    }

    private double? LengthOf(PdfReference reference) =>
        Table.TryGet(reference.Number, out var location) && location.Kind == LocationKind.Compressed
            ? (Stream(location.Position)?.Get(reference.Number, _context, out _) as PdfNumber)?.Value
            : _uncompressed.LengthOf(reference);

    /// <summary>The objects that stand by themselves: all that an object stream's own dictionary may refer to.</summary>
    private sealed class Uncompressed : IPdfObjects
    {
        private readonly ObjectStore _store;
        private readonly ParseContext _context;

        public Uncompressed(ObjectStore store)
        {
            _store = store;
            _context = store._reader.ContextOf(this);
        }

        public PdfObject? Resolve(PdfObject? value)
        {
            for (var hops = 0; value is PdfReference reference; hops++)
            {
                value = hops == MaxHops ? null : Get(reference.Number);
            }

            return value;
        }

        public PdfObject? Get(int number) => TryFind(number, out var header, out var end) ? _store._reader.Read(header, end, _context, LengthOf, out _) : null;

        public double? LengthOf(PdfReference reference) => TryFind(reference.Number, out var header, out var end) ? _store._reader.NumberAt(header, end) : null;

        private bool TryFind(int number, out ObjectHeader header, out int end)
        {
            header = default;
            end = 0;
            if (!_store.Table.TryGet(number, out var location) || location.Kind != LocationKind.Direct || !_store._reader.TryHeader(location.Position, out header))
            {
                return false;
            }

            end = _store.Table.EndOf(location.Position);
            return true;
        }
    }
}
