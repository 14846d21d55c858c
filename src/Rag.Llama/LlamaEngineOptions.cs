namespace Rag.Llama;

/// <summary>How many requests an engine serves at once.</summary>
public sealed record LlamaEngineOptions
{
    /// <summary>Memory, batch and threads. Default <c>new()</c>.</summary>
    public LlamaContextOptions Context { get; init; } = new();

    /// <summary>Requests that are computed at the same time, 1 to 128. Default 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Slots { get; init => field = Within(value, 1, 128, nameof(Slots)); } = 8;

    /// <summary>
    /// Beginnings of texts (system prompts, documents, conversations) that stay in memory so that the next request which begins alike need not read them again, 0 to 128.
    /// They are given up, oldest use first, when requests need the room. Beam search of width w takes 2w sequences out of slots and beginnings. Default 16.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int KeptBeginnings { get; init => field = Within(value, 0, 128, nameof(KeptBeginnings)); } = 16;

    /// <summary>Requests that may wait for a slot, at least 0; one more is refused with <see cref="LlamaBusyException"/>. Default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int QueueLimit { get; init => field = Within(value, 0, int.MaxValue, nameof(QueueLimit)); } = 1000;

    private static int Within(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
        return value;
    }
}
