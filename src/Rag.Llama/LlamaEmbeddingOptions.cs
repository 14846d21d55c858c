using Rag.Llama.Gguf;

namespace Rag.Llama;

/// <summary>What becomes of a text that is longer than the model reads at once.</summary>
public enum LongText
{
    /// <summary>It is cut into parts of equal length, and its vector is the mean of theirs, weighted by their tokens: every sentence counts, none is distinct.</summary>
    Split,

    /// <summary>Its end is left out, with a warning in the log and the number of tokens left out in <see cref="LlamaEmbeddingGenerator.CutTokensKey"/>.</summary>
    Truncate,

    /// <summary>The call fails with <see cref="TextTooLongException"/>.</summary>
    Refuse,
}

/// <summary>How texts become vectors.</summary>
public sealed record LlamaEmbeddingOptions
{
    /// <summary>
    /// Size and threads. Size is the tokens of one step, all texts together, and the most of one text, which never has more than the model was trained for. 0 is what it was trained for, at most 2048;
    /// less, down to 512, where the model can generate text, since llama.cpp then keeps a logit for each token of the vocabulary for each token of a step: 2048 would be 1.2 GiB with Qwen3's.
    /// Batch size is not used. Default <c>new()</c>.
    /// </summary>
    public LlamaContextOptions Context { get; init; } = new();

    /// <summary>What is made of the tokens' vectors: mean, first or last. Default <see langword="null"/>: what the file says; needed where it says nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A kind that makes no vector of a text.</exception>
    public GgufPooling? Pooling
    {
        get;
        init
        {
            if (value is GgufPooling.None or GgufPooling.Rank)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, $"{value} makes no vector of a text. Choose Mean, Cls or Last, as the model was trained.");
            }

            field = value;
        }
    }

    /// <summary>What stands before queries and documents. Default <see langword="null"/>: as <see cref="EmbeddingPrompts.For"/> knows the model.</summary>
    public EmbeddingPrompts? Prompts { get; init; }

    /// <summary>What becomes of long texts. Default <see cref="LongText.Split"/>.</summary>
    public LongText LongText { get; init; }

    /// <summary>
    /// Length of the vectors where a call asks for none, at least 1 and at most the model's: the first numbers of the model's vector, at unit length again. Default <see langword="null"/>: all.
    /// Only models that were trained so (Matryoshka) keep their quality.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? Dimensions
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            field = value;
        }
    }

    /// <summary>Where vectors are kept so that equal texts are not read again. Default <see langword="null"/>: nowhere.</summary>
    public EmbeddingCache? Cache { get; init; }
}
