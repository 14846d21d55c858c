using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Rag.Api.Metrics;

/// <summary>Keeps what is measured in this process since its start, for Prometheus to fetch. Safe for concurrent use.</summary>
internal sealed class MetricListener : IDisposable
{
    // Requests, and what models are asked through Microsoft.Extensions.AI, beside our own.
    private static readonly string[] s_meters = [RagTelemetry.Name, "Rag.Llama", "Microsoft.AspNetCore.Hosting", "Experimental.Microsoft.Extensions.AI"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public MetricListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (s_meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(instrument.Name, _ => new(instrument)));
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, series) => ((MetricSeries)series!).Add(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, series) => ((MetricSeries)series!).Add(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, series) => ((MetricSeries)series!).Add(value, tags));
        _listener.Start();
    }

    /// <summary>All of it in Prometheus' text format, version 0.0.4.</summary>
    public string Text()
    {
        _listener.RecordObservableInstruments();
        var text = new StringWriter { NewLine = "\n" };
        foreach (var (_, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            series.Write(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();
}
