namespace Rag.Ingest.Chunking;

/// <summary>How long passages should be, in tokens.</summary>
public sealed record ChunkSize
{
    /// <summary>The length aimed at; at least 1, and where it exceeds <see cref="Max"/>, that counts. Default 200, about 150 words: the recall of answers within 1,000 retrieved tokens is best from 150 to 250 (docs/results/chunking.md).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Target { get => Math.Min(field, Max); init => field = Positive(value); } = 200;

    /// <summary>The length never exceeded; at least 1. Default 400: with its context, a passage fits an embedding model of 512 tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Max { get; init => field = Positive(value); } = 400;

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
