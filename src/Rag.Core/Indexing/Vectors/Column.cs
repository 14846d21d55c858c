namespace Rag.Indexing.Vectors;

/// <summary>Numbers in a row: in an array of their own, or in a mapped file, where they cannot be changed.</summary>
internal readonly unsafe struct Column<T>
    where T : unmanaged
{
    private readonly T[]? _array;
    private readonly T* _mapped;
    private readonly int _length;

    public Column(int length)
    {
        _array = GC.AllocateUninitializedArray<T>(length);
    }

    public Column(T* mapped, int length)
    {
        _mapped = mapped;
        _length = length;
    }

    public ReadOnlySpan<T> Values => _array is null ? new ReadOnlySpan<T>(_mapped, _length) : _array;

    public Span<T> Writable => _array ?? throw new InvalidOperationException("Numbers in a mapped file cannot be changed; copy them.");
}
