using Microsoft.Extensions.AI;
using Rag.Indexing;
using Rag.Indexing.Feedback;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>A way to find passages, by the name that <c>--retriever</c> takes.</summary>
/// <param name="Name">The name.</param>
/// <param name="Does">What it does, in one sentence.</param>
/// <param name="Model">How its words are weighed.</param>
internal sealed record RetrieverName(string Name, string Does, KeywordModel Model)
{
    /// <summary>The retriever over a store that was opened with <see cref="Model"/>.</summary>
    public Func<IChunkStore, IRetriever> Over { get; init; } = store => new KeywordRetriever(store);

    /// <summary>The same for one that needs vectors of questions; <see langword="null"/> for the others.</summary>
    public Func<IChunkStore, IEmbeddingGenerator<string, Embedding<float>>, IRetriever>? OverVectors { get; init; }
}

/// <summary>The retrievers of the command line.</summary>
internal static class Retrievers
{
    public static IReadOnlyList<RetrieverName> All { get; } =
    [
        new("default", "The best configuration without model weights, one setting for every collection: bm25 with words that stand together, words learnt from the best passages, documents that the query names first, results spread over pages.", KeywordModel.Default) { Over = store => new DefaultRetriever(store) },
        new("bm25", "Keyword search with BM25 and our own constants and analysis.", KeywordModel.Bm25),
        new("bm25-lucene", "BM25 as Lucene computes it (k1 0.9, b 0.4, its English analysis): the parity preset.", KeywordModel.Bm25Lucene),
        new("bm25-rm3", "bm25-lucene with words of the best passages added to the query by RM3.", KeywordModel.Bm25Lucene) { Over = Learning(new Rm3Feedback()) },
        new("bm25-ax", "bm25-lucene with words that go with those of the query, by axiomatic feedback.", KeywordModel.Bm25Lucene) { Over = Learning(new AxiomaticFeedback()) },
        new("bm25-rocchio", "bm25-lucene with words of the best passages added to the query by Rocchio's feedback.", KeywordModel.Bm25Lucene) { Over = Learning(new RocchioFeedback()) },
        new("ql", "Query likelihood as Lucene computes it (Dirichlet smoothing, mu 1000, its English analysis).", KeywordModel.QueryLikelihood),
        new("ql-rm3", "ql with words of the best passages added to the query by RM3.", KeywordModel.QueryLikelihood) { Over = Learning(new Rm3Feedback()) },
        new("ql-ax", "ql with words that go with those of the query, by axiomatic feedback.", KeywordModel.QueryLikelihood) { Over = Learning(new AxiomaticFeedback()) },
        new("ql-rocchio", "ql with words of the best passages added to the query by Rocchio's feedback.", KeywordModel.QueryLikelihood) { Over = Learning(new RocchioFeedback()) },
        new("dense", "Nearest passages by embedding; needs --embed.", KeywordModel.Default) { OverVectors = (store, embedder) => new VectorRetriever(store, embedder) },
        new("hybrid", "default and dense, fused query by query: vectors count as far as their best passage stands out; a Qdrant store fuses by itself, in one request; needs --embed.", KeywordModel.Default) { OverVectors = HybridRetriever.Over },
    ];

    /// <summary>The weighing behind a name.</summary>
    /// <exception cref="CommandException">No such retriever.</exception>
    public static KeywordModel ModelOf(string name) => Find(name).Model;

    /// <summary>Whether a retriever compares vectors.</summary>
    /// <exception cref="CommandException">No such retriever.</exception>
    public static bool NeedsEmbedder(string name) => Find(name).OverVectors is not null;

    /// <summary>The names of those that a retriever fuses; none for the others.</summary>
    public static IReadOnlyList<string> ArmsOf(string name) => name == "hybrid" ? ["default", "dense"] : [];

    /// <summary>The retriever of a name over a store that was opened with its weighing.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The name.</param>
    /// <param name="embedder">Makes vectors of questions, for one that needs them.</param>
    /// <exception cref="CommandException">No such retriever.</exception>
    public static IRetriever Over(IChunkStore store, string name, Embedder? embedder) =>
        Find(name) is { OverVectors: { } over } ? over(store, embedder!.ForQueries) : Find(name).Over(store);

    private static Func<IChunkStore, IRetriever> Learning(IFeedback feedback) => store => new FeedbackRetriever(new KeywordRetriever(store), feedback);

    private static RetrieverName Find(string name) => All.FirstOrDefault(r => r.Name == name)
        ?? throw new CommandException($"There is no retriever '{name}'. Retrievers: {string.Join(", ", All.Select(r => r.Name))}.", ExitCode.WrongUsage);
}
