namespace Rag.Llama.Gguf;

/// <summary>What a model makes of its tokens' vectors; the values are llama.cpp's.</summary>
public enum GgufPooling
{
    /// <summary>A vector for each token.</summary>
    None = 0,

    /// <summary>Their mean.</summary>
    Mean = 1,

    /// <summary>The first token's.</summary>
    Cls = 2,

    /// <summary>The last token's.</summary>
    Last = 3,

    /// <summary>A score by a classification head: a re-ranker.</summary>
    Rank = 4,
}
