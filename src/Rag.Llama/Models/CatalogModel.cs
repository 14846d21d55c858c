namespace Rag.Llama.Models;

/// <summary>A model that can be downloaded.</summary>
public sealed record CatalogModel
{
    private const int Sha256Digits = 64;

    /// <summary>What people call it, such as <c>qwen3-4b-instruct</c>; unique in a catalogue, case aside.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>The file's name in the store: letters, digits and <c>-_.+</c>, ending in <c>.gguf</c>.</summary>
    /// <exception cref="ArgumentException">It is another name, such as a path.</exception>
    public required string FileName
    {
        get;
        init => field = ModelFileName.Check(value);
    }

    /// <summary>Where it is downloaded from.</summary>
    /// <exception cref="ArgumentException">It is not absolute.</exception>
    public required Uri Url
    {
        get;
        init => field = value is { IsAbsoluteUri: true } ? value : throw new ArgumentException($"'{value}' is not an absolute address.", nameof(value));
    }

    /// <summary>Size of the file; <see langword="null"/> where it is not known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public long? Bytes
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A model file has bytes.");
    }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits; <see langword="null"/> where it is not known, so that the file cannot be verified.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public string? Sha256
    {
        get;
        init => field = value is null || (value.Length == Sha256Digits && value.All(char.IsAsciiHexDigit))
            ? value?.ToLowerInvariant()
            : throw new ArgumentException($"'{value}' is not {Sha256Digits} hexadecimal digits.", nameof(value));
    }

    /// <summary>The model's licence, as its publisher names it.</summary>
    public required string Licence { get; init; }

    /// <summary>The memory of a machine that it runs on with a context of some thousand tokens, in GB: 4, 8, 16 or 24. By the size of the weights.</summary>
    public required int MemoryGigabytes { get; init; }

    /// <summary>Tokens that the model was trained for.</summary>
    public required int ContextLength { get; init; }

    /// <summary>What stands before a question, by the model's card; empty for most models that are not embedding models.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>What stands before a passage, by the model's card.</summary>
    public string DocumentPrefix { get; init; } = "";

    /// <summary>What else one should know.</summary>
    public string Note { get; init; } = "";
}
