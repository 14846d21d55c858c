namespace Rag.Evaluation.Trec;

/// <summary>A document that was found for a query.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Score">Higher is better.</param>
public readonly record struct ScoredDocument(string Id, double Score);

/// <summary>What a retriever found for a set of queries.</summary>
/// <param name="Tag">Name of the run.</param>
/// <param name="Rankings">Of each query, the documents best first, each once.</param>
public sealed record TrecRun(string Tag, IReadOnlyDictionary<string, IReadOnlyList<ScoredDocument>> Rankings);
