using Rag.Evaluation.Results;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval retrieval</c> prints.</summary>
/// <param name="Collection">Name of the collection's folder.</param>
/// <param name="Documents">Entries of the corpus.</param>
/// <param name="Queries">Queries that have an answer in the judgements: those that count.</param>
/// <param name="Runs">One for each retriever, in the order of the command line.</param>
internal sealed record EvalRetrievalJson(string Collection, int Documents, int Queries, IEnumerable<RetrievalRunJson> Runs);

/// <summary>How good and how fast one retriever is. Measures are means over the queries, 0 to 1.</summary>
internal sealed record RetrievalRunJson(
    string Retriever, double Ndcg10, double Map, double Mrr10, double Recall10, double Recall100, double P30, double IndexMs, double QueryMsP50, double QueryMsP99, double QueriesPerSecond)
{
    /// <summary>The re-ranker, or none.</summary>
    public string? Rerank { get; init; }

    /// <summary>Passages that were searched: as many as documents, unless they were cut.</summary>
    public int Chunks { get; init; }

    /// <summary>Milliseconds to embed them; 0 without vectors.</summary>
    public double EmbedMs { get; init; }

    /// <summary>What a run got.</summary>
    /// <param name="retriever">Name of the retriever.</param>
    /// <param name="rerank">Name of the re-ranker, or none.</param>
    /// <param name="result">A result with a cost.</param>
    public static RetrievalRunJson Of(string retriever, string? rerank, RunResult result)
    {
        double[] values = [.. RunResult.Measures.Select(m => result.Means[m.Name])];
        var cost = result.Cost!;
        return new(retriever, values[0], values[1], values[2], values[3], values[4], values[5], cost.IndexMs, cost.QueryMsP50, cost.QueryMsP99, cost.QueriesPerSecond)
        {
            Rerank = rerank,
            Chunks = cost.Chunks,
            EmbedMs = cost.EmbedMs,
        };
    }
}
