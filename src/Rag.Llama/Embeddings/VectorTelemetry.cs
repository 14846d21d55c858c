using System.Diagnostics;
using System.Diagnostics.Metrics;
using Rag.Llama.Engine;

namespace Rag.Llama.Embeddings;

/// <summary>Spans and counts of vectors and scores; names follow OpenTelemetry's GenAI conventions where these have one.</summary>
internal sealed class VectorTelemetry : IDisposable
{
    public const string Provider = "llama.cpp";

    private readonly Meter _meter = new(Telemetry.Name);
    private readonly Counter<long> _steps;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _usage;
    private readonly KeyValuePair<string, object?> _model;
    private readonly KeyValuePair<string, object?> _operation;

    /// <param name="operation"><c>embeddings</c> or <c>rerank</c>; the conventions know the first only.</param>
    /// <param name="model">How the model is called.</param>
    public VectorTelemetry(string operation, string model)
    {
        Operation = operation;
        _model = new("gen_ai.request.model", model);
        _operation = new("gen_ai.operation.name", operation);
        _steps = _meter.CreateCounter<long>("rag.llama.steps", "{step}", "Batches computed.");
        _duration = _meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "From the call to its result.");
        _usage = _meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens of a call.");
    }

    public string Operation { get; }

    public void Step() => _steps.Add(1, _model);

    /// <summary>Runs a call inside a span.</summary>
    /// <param name="call">Gives a result and the tokens that it read.</param>
    /// <param name="tags">Further ones.</param>
    public async Task<T> RunAsync<T>(Func<Task<(T Result, int Tokens)>> call, params KeyValuePair<string, object?>[] tags)
    {
        var provider = new KeyValuePair<string, object?>("gen_ai.provider.name", Provider);
        using var span = Telemetry.Source.StartActivity(ActivityKind.Internal, tags: [_operation, _model, provider, .. tags], name: $"{Operation} {_model.Value}");
        var started = Stopwatch.GetTimestamp();
        var all = new TagList { _operation, _model, provider };
        try
        {
            var (result, tokens) = await call();
            span?.SetTag("gen_ai.usage.input_tokens", tokens);
            _usage.Record(tokens, [_operation, _model, provider, new("gen_ai.token.type", "input")]);
            return result;
        }
        catch (Exception e)
        {
            span?.SetTag("error.type", e.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            all.Add("error.type", e.GetType().FullName);
            throw;
        }
        finally
        {
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, all);
        }
    }

    public void Dispose() => _meter.Dispose();
}
