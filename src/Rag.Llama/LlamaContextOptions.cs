namespace Rag.Llama;

/// <summary>How attention keys and values are kept: less precision is less memory.</summary>
public enum CacheType
{
    /// <summary>16 bits a number.</summary>
    F16,

    /// <summary>8.5 bits a number; needs flash attention.</summary>
    Q8,

    /// <summary>4.5 bits a number; needs flash attention.</summary>
    Q4,
}

/// <summary>What a model computes in: memory, batches, threads.</summary>
public sealed record LlamaContextOptions
{
    /// <summary>Tokens that are kept for all requests together; one request may use them all. Rounded up to 256. Default 0: what the model was trained for, at most 8192.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Size
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Most tokens of one step, all requests together, at least 1. Larger reads prompts faster on a GPU, smaller answers sooner. Default 512, as llama.cpp's physical batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 512;

    /// <summary>CPU threads, at least 1. Default: the processors less one, since ggml's threads spin and lose more than they gain once they must share a core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Threads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Precision of attention keys and values. Default <see cref="CacheType.F16"/>.</summary>
    public CacheType Cache { get; init; }

    /// <summary>Flash attention: on, off, or <see langword="null"/> (default) where the backend has it.</summary>
    public bool? FlashAttention { get; init; }
}
