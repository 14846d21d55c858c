using System.Net;

namespace Rag.Testing.Qdrant;

/// <summary>A request as it came in: the path as it was sent, the query after it, the body's text.</summary>
public sealed record QdrantRequest(string Method, string Path, string Query, string Body)
{
    private static readonly string[] Reading = ["scroll", "count", "query", "batch", "groups", "facet"];

    /// <summary>The path's parts, unescaped.</summary>
    internal string[] Segments { get; } = [.. Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    /// <summary>Whether it may change something.</summary>
    public bool IsWrite => Method switch
    {
        "GET" => false,
        "POST" when Segments is [_, _, "points"] or [_, _, "points", "query", ..] => false,
        "POST" when Segments is [_, _, "points", "batch"] => true,
        "POST" => !Reading.Contains(Segments.LastOrDefault()),
        _ => true,
    };
}

/// <summary>A request and what became of it: the answer's status and text, both null where the caller got none.</summary>
public sealed record QdrantExchange(QdrantRequest Request, HttpStatusCode? Status, string? Response);
