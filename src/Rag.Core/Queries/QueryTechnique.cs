namespace Rag.Queries;

/// <summary>What a <see cref="ChatQueryTransformer"/> asks its model for.</summary>
public enum QueryTechnique
{
    /// <summary>The question in words that need no conversation before them; it takes the question's place. Without a history the model is not asked.</summary>
    StandAlone,

    /// <summary>The question in other words, beside it.</summary>
    MultiQuery,

    /// <summary>A passage that would answer the question, beside it; true or not, it has the words of one (HyDE: Gao et al., "Precise zero-shot dense retrieval without relevance labels", 2022).</summary>
    HypotheticalDocument,

    /// <summary>One more general question, beside it (Zheng et al., "Take a step back", 2023).</summary>
    StepBack,

    /// <summary>The simpler questions that it consists of, beside it.</summary>
    Decomposition,
}
