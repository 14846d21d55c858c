using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Rag.Cli;

/// <summary>Sends spans and metrics to where OpenTelemetry's environment variables say, by its protocol OTLP; nothing without them.</summary>
internal static class OtlpExport
{
    private static readonly string[] s_endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    // of ours, of clients of models, and of requests, which the others lie below
    private static readonly string[] s_sources = [RagTelemetry.Name, "Rag.Llama", "Experimental.Microsoft.Extensions.AI", "Microsoft.AspNetCore"];

    private static readonly string[] s_meters = [RagTelemetry.Name, "Rag.Llama", "Experimental.Microsoft.Extensions.AI", "Microsoft.AspNetCore.Hosting"];

    public static void AddTo(IServiceCollection services, Func<string, string?> variable)
    {
        if (s_endpoints.Any(name => !string.IsNullOrEmpty(variable(name))))
        {
            services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("rag", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version!.ToString(3)).AddEnvironmentVariableDetector()) // the last one counts
                .WithTracing(tracing => tracing.AddSource(s_sources).AddOtlpExporter())
                .WithMetrics(metrics => metrics.AddMeter(s_meters).AddOtlpExporter());
        }
    }
}
