using System.CommandLine;
using System.Diagnostics;
using Rag.Llama;
using Rag.OpenAI;
using Rag.Retrieval;

namespace Rag.Cli;

/// <summary>A re-ranker, with its model here or behind an endpoint, that knows how long it took.</summary>
internal sealed class TimedReranker : IReranker, IDisposable
{
    private readonly IDisposable _model;

    private TimedReranker(string name, IReranker inner, IDisposable model) => (Name, Untimed, _model) = (name, inner, model);

    /// <summary>How the model is called.</summary>
    public string Name { get; }

    /// <summary>The re-ranker itself.</summary>
    public IReranker Untimed { get; }

    /// <summary>What the last list took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The re-ranker that an option names; <see langword="null"/> where it names none.</summary>
    /// <exception cref="LlamaException">It is not there, cannot be loaded, or gives no scores.</exception>
    /// <exception cref="OpenAIException">The endpoint does not answer.</exception>
    public static Task<TimedReranker?> LoadAsync(Session session, ParseResult parsed, ModelName name, CancellationToken cancellationToken) => name.LoadForAsync(
        session,
        parsed,
        model => new TimedReranker(model.Name, new LlamaReranker(model), model),
        (endpoint, model) => new TimedReranker(model, new OpenAIReranker(endpoint, model), endpoint),
        cancellationToken);

    public async Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var ranked = await Untimed.RerankAsync(query, candidates, top, cancellationToken);
        Elapsed = Stopwatch.GetElapsedTime(started);
        return ranked;
    }

    public void Dispose()
    {
        (Untimed as IDisposable)?.Dispose();
        _model.Dispose();
    }
}
