using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Rag.Api;

/// <summary>What one connection may ask of <c>rag serve</c>: against clients that dribble, and heads that are too large. An app that maps the API sets those of its own server.</summary>
internal static class ServerLimits
{
    /// <summary>Sets them.</summary>
    public static void Set(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10); // of one packet as a rule
        server.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(5)); // a poor mobile line sends ten times as much
        server.Limits.MaxRequestHeadersTotalSize = 16 << 10; // keys and cookies take 2 KB
        server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
    }
}
