namespace Rag.OpenAI;

/// <summary>How texts are made vectors by an endpoint.</summary>
public sealed record OpenAIEmbeddingOptions
{
    /// <summary>Numbers of a vector, at least 1, for models that can make shorter ones; <see langword="null"/> is the model's own length and sends nothing. Default <see langword="null"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Dimensions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(value));
            field = value;
        }
    }

    /// <summary>Most texts in one request, 1 to 2048, which is as many as OpenAI takes. Default 64, which all servers take.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range.</exception>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 2048);
            field = value;
        }
    } = 64;

    /// <summary>What the model wants to read before a question, such as <c>query: </c> for E5, with the space at its end; servers add nothing themselves. Default empty.</summary>
    public string QueryPrompt { get; init; } = "";

    /// <summary>What the model wants to read before a passage, such as <c>passage: </c> for E5. Default empty.</summary>
    public string DocumentPrompt { get; init; } = "";
}
