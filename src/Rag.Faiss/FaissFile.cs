namespace Rag.Faiss;

/// <summary>Reads and writes FAISS's index files: flat, IVF-flat and HNSW-flat indexes, with ids of the caller's or without. Vectors come and go bit for bit.</summary>
/// <remarks>The format is that of FAISS 1.7 and newer (<c>write_index</c>), little-endian. Safe for concurrent use.</remarks>
public static class FaissFile
{
    /// <summary>Reads an index from the current position of a stream, which may have more behind it and stays open.</summary>
    /// <param name="source">The stream; need not be seekable. Memory grows with what it really holds, whatever its header says.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It is no index file, is damaged, or of a kind that has no plain vectors; the message says where and what to do.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Task<FaissIndex> ReadAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new IndexReader(new(source, cancellationToken)).ReadAsync();
    }

    /// <summary>Writes an index at the current position of a stream, which stays open.</summary>
    /// <param name="index">The index.</param>
    /// <param name="target">The stream.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">The parts of the index do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static async Task WriteAsync(FaissIndex index, Stream target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(target);
        if (IndexRules.Problem(index) is { } problem)
        {
            throw new ArgumentException($"The index cannot be written: {problem}.", nameof(index));
        }

        await new IndexWriter(new(target, cancellationToken)).WriteAsync(index);
    }
}
