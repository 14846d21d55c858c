namespace Rag.Cli.Json;

/// <summary>What <c>rag eval retrieval</c> prints.</summary>
/// <param name="Collection">Name of the collection's folder.</param>
/// <param name="Documents">Retrieval units in the corpus.</param>
/// <param name="Queries">Queries that have an answer in the judgements: those that count.</param>
/// <param name="Runs">One for each retriever, in the order of the command line.</param>
internal sealed record EvalRetrievalJson(string Collection, int Documents, int Queries, IEnumerable<RetrievalRunJson> Runs);

/// <summary>How good and how fast one retriever is. Measures are means over the queries, 0 to 1.</summary>
internal sealed record RetrievalRunJson(
    string Retriever, double Ndcg10, double Map, double Mrr10, double Recall10, double Recall100, double P30, double IndexMs, double QueryMsP50, double QueryMsP99, double QueriesPerSecond);
