using System.CommandLine;
using System.Diagnostics;
using Rag.Llama;
using Rag.Retrieval;

namespace Rag.Cli;

/// <summary>A re-ranker on this machine, with its model, that knows how long it took.</summary>
internal sealed class TimedReranker : IReranker, IDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaReranker _inner;

    private TimedReranker(LlamaModel model) => (_model, _inner) = (model, new(model));

    /// <summary>How the model is called.</summary>
    public string Name => _model.Name;

    /// <summary>What the last list took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The re-ranker that an option names; <see langword="null"/> where it names none.</summary>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or gives no scores.</exception>
    public static Task<TimedReranker?> LoadAsync(Session session, ParseResult parsed, ModelName name, CancellationToken cancellationToken) =>
        name.LoadForAsync(session, parsed, model => new TimedReranker(model), cancellationToken);

    public async Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var ranked = await _inner.RerankAsync(query, candidates, top, cancellationToken);
        Elapsed = Stopwatch.GetElapsedTime(started);
        return ranked;
    }

    public void Dispose()
    {
        _inner.Dispose();
        _model.Dispose();
    }
}
