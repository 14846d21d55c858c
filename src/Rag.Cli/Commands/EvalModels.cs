using System.CommandLine;
using Rag.Evaluation.Collections;
using Rag.Llama;
using Rag.Retrieval;

namespace Rag.Cli.Commands;

/// <summary>The models that retrievers are measured with, by the options that name them.</summary>
internal sealed class EvalModels
{
    private readonly ModelCacheOptions _cache = new();

    private readonly ModelName _embed;

    private readonly ModelName _rerank;

    private readonly Option<int> _depth = SharedOptions.Number("--rerank-depth", "Passages that the re-ranker reads for each query", 1000, HeadReranking.DefaultDepth);

    public EvalModels() =>
        (_embed, _rerank) = (new("--embed", "Embed documents and queries for the retrievers dense and hybrid with a model", _cache, orEndpoint: true), new("--rerank", "Re-rank what was found with a model", _cache, orEndpoint: true));

    public IEnumerable<Option> All => [_embed.Option, _rerank.Option, _depth, .. _cache.All];

    /// <summary>The embedding model, loaded where one of the retrievers needs it.</summary>
    /// <exception cref="CommandException">No such retriever, or one needs a model and none is given.</exception>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or makes no vectors.</exception>
    public Task<Embedder?> LoadEmbedderAsync(Session session, ParseResult parsed, string[] retrievers, CancellationToken cancellationToken) =>
        Array.FindAll(retrievers, Retrievers.NeedsEmbedder) is not [var needs, ..] ? Task.FromResult<Embedder?>(null)
        : _embed.IsGiven(parsed) ? Embedder.LoadAsync(session, parsed, _embed, cancellationToken)
        : throw new CommandException($"The retriever '{needs}' compares vectors and needs --embed MODEL: the one that makes them.", ExitCode.WrongUsage);

    /// <summary>The re-ranker, loaded where one is asked for.</summary>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or gives no scores.</exception>
    public Task<TimedReranker?> LoadRerankerAsync(Session session, ParseResult parsed, CancellationToken cancellationToken) =>
        TimedReranker.LoadAsync(session, parsed, _rerank, cancellationToken);

    /// <summary>The retriever, with the re-ranker behind it where there is one.</summary>
    public IRetriever Reranked(ParseResult parsed, IRetriever retriever, TimedReranker? reranker) =>
        reranker is null ? retriever : new HeadReranking(retriever, reranker, parsed.GetValue(_depth));
}
