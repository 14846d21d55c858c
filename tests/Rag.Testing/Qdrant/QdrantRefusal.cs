using System.Net;

namespace Rag.Testing.Qdrant;

/// <summary>A request that the server answers with a status other than 200, in the server's words.</summary>
internal sealed class QdrantRefusal(HttpStatusCode status, string error) : Exception(error)
{
    public HttpStatusCode Status => status;

    /// <summary>Whether the reason is the whole body and not wrapped in JSON, as where the key is wrong.</summary>
    public bool Plain { get; init; }

    /// <summary>The body is not of the form that the endpoint takes.</summary>
    public static QdrantRefusal Format(string error) => new(HttpStatusCode.BadRequest, $"Format error in JSON body: {error}");

    /// <summary>A field has a value out of its range.</summary>
    public static QdrantRefusal Validation(string error) => new(HttpStatusCode.UnprocessableEntity, $"Validation error in JSON body: [{error}]");

    public static QdrantRefusal Input(string error) => new(HttpStatusCode.BadRequest, $"Wrong input: {error}");

    public static QdrantRefusal NotFound(string error) => new(HttpStatusCode.NotFound, $"Not found: {error}");

    public static QdrantRefusal Dimension(int expected, int got) => Input($"Vector dimension error: expected dim: {expected}, got {got}");

    public static QdrantRefusal VectorName(string name) => Input($"Not existing vector name error: {name}");
}
