namespace Rag.Pdf.Fonts.Programs;

/// <summary>An INDEX of a CFF program (5176, section 5): many pieces of data one after the other.</summary>
internal readonly struct CffIndex
{
    private readonly FontBytes _file;
    private readonly long _offsets;
    private readonly int _size;

    /// <param name="file">The program.</param>
    /// <param name="start">Where the index begins.</param>
    public CffIndex(FontBytes file, double start)
    {
        _file = file;
        var at = start >= 0 && start <= file.Length ? (long)start : file.Length;
        Count = file.U16(at);
        _size = file.U8(at + 2);
        _offsets = at + 3;
        if (Count == 0 || _size is < 1 or > 4 || _offsets + (Count + 1L) * _size > file.Length)
        {
            Count = 0;
            End = at + 2;
        }
        else
        {
            End = Place(Count);
        }
    }

    public int Count { get; }

    /// <summary>What follows it.</summary>
    public long End { get; }

    public FontBytes this[int index] => index >= 0 && index < Count ? _file.Slice(Place(index), Place(index + 1) - Place(index)) : default;

    // offsets count from the byte before the data
    private long Place(int index) => _offsets + (Count + 1L) * _size - 1 + _file.Number(_offsets + (long)index * _size, _size);
}
