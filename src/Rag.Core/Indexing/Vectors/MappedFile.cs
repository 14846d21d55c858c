using System.IO.MemoryMappedFiles;

namespace Rag.Indexing.Vectors;

/// <summary>The bytes of a file that is not written any more, for as long as this is referenced: read when they are used, and the system's to drop when memory is short.</summary>
/// <remarks>
/// Whoever maps a file must not cut it short or write into it: a read behind its end kills the process. It may be deleted and replaced by another of its name,
/// which leaves what is mapped as it was. Windows allows neither while a file is mapped, and deleting must not have to wait; so there the bytes are copied into memory.
/// The memory goes with this object: keep it alive (<see cref="GC.KeepAlive"/>) while a span or pointer of it is in use.
/// </remarks>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;

    /// <summary>Maps an open file, which may be closed then, or copies it.</summary>
    public MappedFile(FileStream file, bool copy)
    {
        Length = file.Length;
        using var map = copy
            ? MemoryMappedFile.CreateNew(null, Length)
            : MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        if (copy)
        {
            using var target = map.CreateViewStream();
            file.Position = 0;
            file.CopyTo(target, 1 << 20);
        }

        _view = map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _bytes);
        _view.SafeMemoryMappedViewHandle.ReleasePointer(); // valid until the view is collected, which this object prevents
    }

    public long Length { get; }

    public ReadOnlySpan<byte> Bytes(long start, int length) => new(Start<byte>(start, length), length);

    /// <summary>Numbers that lie there.</summary>
    /// <exception cref="InvalidDataException">The file is shorter.</exception>
    public Column<T> Column<T>(long start, int length)
        where T : unmanaged => new(Start<T>(start, length), length);

    public Stream Stream(long start, long end) => new UnmanagedMemoryStream(Start<byte>(start, end - start), end - start);

    private T* Start<T>(long start, long length)
        where T : unmanaged => start >= 0 && length >= 0 && start <= Length - (length * sizeof(T))
            ? (T*)(_bytes + start)
            : throw new InvalidDataException($"{length} numbers at {start} do not lie in a file of {Length} bytes.");
}
