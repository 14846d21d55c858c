namespace Rag.Llama.Embeddings;

/// <summary>How well a text answers a query, from what a model said of the two.</summary>
internal interface IPairScore
{
    /// <summary>How pairs are read.</summary>
    Reading Reading { get; }

    /// <summary>0 to 1, higher is better.</summary>
    /// <param name="outputs">A result of <see cref="Reading"/>.</param>
    double Score(ReadOnlySpan<float> outputs);
}
