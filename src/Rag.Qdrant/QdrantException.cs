using System.Net;

namespace Rag.Qdrant;

/// <summary>The server said no.</summary>
internal sealed class QdrantException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
