namespace Rag.Ingest;

/// <summary>What reading a file gave.</summary>
internal abstract record ReadResult
{
    private ReadResult()
    {
    }

    /// <summary>The store has it as it is.</summary>
    public sealed record Unchanged : ReadResult;

    /// <summary>There is nothing to store.</summary>
    /// <param name="Reason">Why, and what to do.</param>
    public sealed record NoDocument(string Reason) : ReadResult
    {
        public IReadOnlyList<string> Warnings { get; init; } = [];
    }

    /// <summary>It is to be stored.</summary>
    /// <param name="Document">The document.</param>
    /// <param name="Chunks">Its chunks.</param>
    public sealed record Changed(Document Document, IReadOnlyList<Chunk> Chunks) : ReadResult;
}
