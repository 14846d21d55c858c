namespace Rag.Ingest.Reading;

/// <summary>Reads a format that holds files: an archive, a mailbox, a message with attachments. Safe for concurrent use.</summary>
/// <remarks>
/// Its own document is what a person sees on opening it: the list of what it holds, or the message. Each entry that some reader reads becomes a document of
/// its own, with the id <c>CONTAINER/ENTRY</c>. <c>ContainerReaderContract</c> in Rag.Testing checks the promises: names are clean and unique, one entry is
/// unpacked at a time, nothing is written to disk, and what unpacks to too much is refused before its first entry is given.
/// </remarks>
public interface IContainerReader : IDocumentReader
{
    /// <summary>Gives the entries in the order of the source; folders are none.</summary>
    /// <param name="source">The bytes, from the current position; not disposed.</param>
    /// <param name="documentId">The id of the container.</param>
    /// <param name="budget">What may still be unpacked of the outermost container.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DocumentFormatException">The bytes are not what the media type says, or break a limit.</exception>
    IAsyncEnumerable<ContainerEntry> ReadEntriesAsync(Stream source, string documentId, UnpackBudget budget, CancellationToken cancellationToken = default);
}

/// <summary>Something that a container holds.</summary>
/// <param name="Name">Its name, made fit to be the end of an id by <see cref="EntryNames"/>: segments divided by <c>/</c>, none of them empty, <c>.</c> or <c>..</c>; unique in its container.</param>
/// <param name="Content">Its bytes; empty where <see cref="Problem"/> says why.</param>
public sealed record ContainerEntry(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>Why it cannot be read, as the end of a sentence such as <c>it is encrypted</c>; <see langword="null"/> where it can.</summary>
    public string? Problem { get; init; }
}
