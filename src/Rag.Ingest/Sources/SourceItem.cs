using System.Collections.ObjectModel;
using Rag.Ingest.Reading;
using Rag.Storage;

namespace Rag.Ingest.Sources;

/// <summary>What a source says of one thing that it has, had or could not look at.</summary>
public abstract record SourceItem
{
    private SourceItem(string path) => Path = path;

    /// <summary>Where it lies, as a person would open it: a full path or an address.</summary>
    public string Path { get; }

    /// <summary>How many more items the source knows that it will give; 0 where it does not know. Default 0.</summary>
    public int More { get; init; }

    /// <summary>It is there, and its bytes can be had.</summary>
    /// <param name="DocumentId">The id that its document has or gets. Of two items of one id and path the first one counts.</param>
    /// <param name="Path">Where it lies; its extension tells kinds of text apart.</param>
    /// <param name="ReadAsync">Gives its bytes within the limits; <see langword="null"/> where it has gone meanwhile. A fault of any kind is one of the item.</param>
    public sealed record Found(string DocumentId, string Path, Func<ReaderLimits, CancellationToken, Task<ReadOnlyMemory<byte>?>> ReadAsync) : SourceItem(Path)
    {
        /// <summary>Gives its first 64 KB, so that a large source need not be read whole only to see that no reader takes it; <see langword="null"/> (the default) where that gains nothing.</summary>
        public Func<CancellationToken, Task<ReadOnlyMemory<byte>>>? ReadHeadAsync { get; init; }

        /// <summary>How many bytes it has, as far as is known. Default 0.</summary>
        public long Length { get; init; }

        /// <summary>Whether it was asked for by itself; then it is a failure if it holds no document. Default no.</summary>
        public bool IsNamed { get; init; }

        /// <summary>Labels for its document, such as a commit; an empty value takes a label away. Where these alone have changed, labels are replaced and nothing is read or embedded again. Default none.</summary>
        public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
    }

    /// <summary>The source knows, without giving its bytes, that it is as the store has it.</summary>
    /// <param name="Document">What the store has of it; one that is current.</param>
    public sealed record Unchanged(StoredDocument Document) : SourceItem(Document.Path ?? Document.Id);

    /// <summary>It is certain that the source does not have it any more; its document goes where <see cref="SyncOptions.DeleteMissing"/> says so.</summary>
    /// <param name="Document">What the store has of it.</param>
    public sealed record Gone(StoredDocument Document) : SourceItem(Document.Path ?? Document.Id);

    /// <summary>It could not be looked at; what the store has of it stays.</summary>
    /// <param name="Path">Where it lies.</param>
    /// <param name="Error">What is wrong, with the values, and what to do; one sentence or two.</param>
    public sealed record Failed(string Path, string Error) : SourceItem(Path);

    /// <summary>Something that the person who asked should know and that is no failure, such as a limit that was reached.</summary>
    /// <param name="Path">Where it lies.</param>
    /// <param name="Message">One sentence or two.</param>
    public sealed record Noted(string Path, string Message) : SourceItem(Path);
}
