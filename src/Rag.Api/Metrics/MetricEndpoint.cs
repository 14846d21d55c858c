using Rag.Api.Contract;
using Rag.Api.Security;

namespace Rag.Api.Metrics;

/// <summary><c>GET /metrics</c>, for Prometheus.</summary>
internal static class MetricEndpoint
{
    private const string Type = "text/plain";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var listener = routes.ServiceProvider.GetRequiredService<MetricListener>(); // here, so that it counts from the start
        routes.MapApi("getMetrics", "GET", "/metrics", ApiScope.Observe, _ => Task.FromResult(Results.Text(listener.Text(), $"{Type}; version=0.0.4; charset=utf-8")))
            .WithSummary("What was measured since the server started, in the text format of Prometheus").Produces(StatusCodes.Status200OK, Type);
    }
}
