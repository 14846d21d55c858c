namespace Rag.Pdf.Files;

/// <summary>Object numbers and where the objects are. Filled while a file is opened, then only read.</summary>
/// <param name="fileLength">Bounds how many rows are taken: no file holds more objects than half its bytes.</param>
internal sealed class ObjectTable(int fileLength)
{
    /// <summary>Rows at most, however large the file is: 128 MB.</summary>
    private const int MaxRows = 1 << 22;

    private readonly Dictionary<int, ObjectLocation> _rows = [];
    private readonly int _most = Math.Min((fileLength / 2) + 1024, MaxRows);
    private int[]? _offsets;

    public IReadOnlyCollection<int> Numbers => _rows.Keys;

    public bool TryGet(int number, out ObjectLocation location) => _rows.TryGetValue(number, out location);

    /// <summary>Adds a row unless a newer section of the file has one for this number.</summary>
    public void Add(int number, ObjectLocation location)
    {
        if (number > 0 && _rows.Count < _most)
        {
            _rows.TryAdd(number, location);
            _offsets = null;
        }
    }

    /// <summary>Adds or replaces a row.</summary>
    public void Set(int number, ObjectLocation location)
    {
        if (number > 0 && (_rows.Count < _most || _rows.ContainsKey(number)))
        {
            _rows[number] = location;
            _offsets = null;
        }
    }

    public void Remove(int number)
    {
        _rows.Remove(number);
        _offsets = null;
    }

    /// <summary>Where the first object after <paramref name="offset"/> begins, or the end of the file: no object reaches into the next, so that reading all takes one pass over the file however it is damaged.</summary>
    public int EndOf(int offset)
    {
        var offsets = _offsets ??= [.. _rows.Values.Where(r => r.Kind == LocationKind.Direct).Select(r => r.Position).Order()]; // a race makes it twice
        var index = Array.BinarySearch(offsets, offset + 1);
        index = index < 0 ? ~index : index;
        return index < offsets.Length ? offsets[index] : fileLength;
    }
}
