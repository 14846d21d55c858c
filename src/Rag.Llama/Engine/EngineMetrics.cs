using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rag.Llama.Engine;

/// <summary>What an engine counts, on the meter <c>Rag.Llama</c>; names follow OpenTelemetry's GenAI conventions where these have one.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _cached;
    private readonly Counter<long> _steps;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;
    private readonly KeyValuePair<string, object?> _model;

    public EngineMetrics(string model, Func<int> waiting, Func<int> active)
    {
        _model = new("gen_ai.request.model", model);
        _tokens = _meter.CreateCounter<long>("rag.llama.tokens", "{token}", "Tokens computed, by gen_ai.token.type: input or output.");
        _cached = _meter.CreateCounter<long>("rag.llama.cache.hit_tokens", "{token}", "Prompt tokens that had been read before and were not read again.");
        _steps = _meter.CreateCounter<long>("rag.llama.steps", "{step}", "Batches computed.");
        _duration = _meter.CreateHistogram<double>("gen_ai.server.request.duration", "s", "From the request to its last token.");
        _firstToken = _meter.CreateHistogram<double>("gen_ai.server.time_to_first_token", "s", "From the request to its first token.");
        _perToken = _meter.CreateHistogram<double>("gen_ai.server.time_per_output_token", "s", "Between two tokens of a text, on average.");
        _meter.CreateObservableGauge("rag.llama.queue", () => new Measurement<int>(waiting(), _model), "{request}", "Requests that wait for a slot.");
        _meter.CreateObservableGauge("rag.llama.active", () => new Measurement<int>(active(), _model), "{request}", "Requests in slots.");
    }

    public void Step() => _steps.Add(1, _model);

    public void Completed(GenerationResult result)
    {
        _tokens.Add(result.PromptTokens - result.CachedTokens, _model, new("gen_ai.token.type", "input"));
        _tokens.Add(result.Tokens, _model, new("gen_ai.token.type", "output"));
        _cached.Add(result.CachedTokens, _model);
        var first = result.QueueTime + result.PromptTime;
        _duration.Record((first + result.GenerateTime).TotalSeconds, _model);
        _firstToken.Record(first.TotalSeconds, _model);
        if (result.Tokens > 1)
        {
            _perToken.Record(result.GenerateTime.TotalSeconds / (result.Tokens - 1), _model);
        }
    }

    public void Dispose() => _meter.Dispose();
}

/// <summary>The source of spans.</summary>
internal static class Telemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Rag.Llama";

    public static ActivitySource Source { get; } = new(Name);
}
