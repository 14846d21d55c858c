namespace Rag.Testing.Qdrant;

/// <summary>A request that the server answers with another status than 200, and its reason in the server's words.</summary>
public sealed class QdrantRefusalException(int status, string reason) : Exception(reason)
{
    public int Status => status;

    /// <summary>The body is not of the form that the endpoint takes.</summary>
    internal static QdrantRefusalException Format(string reason) => new(400, $"Format error in JSON body: {reason}");

    /// <summary>A field has a value out of its range.</summary>
    internal static QdrantRefusalException Validation(string reason) => new(422, $"Validation error in JSON body: [{reason}]");

    internal static QdrantRefusalException Input(string reason) => new(400, $"Wrong input: {reason}");

    internal static QdrantRefusalException NotFound(string reason) => new(404, $"Not found: {reason}");

    internal static QdrantRefusalException Dimension(int expected, int got) => Input($"Vector dimension error: expected dim: {expected}, got {got}");

    internal static QdrantRefusalException VectorName(string name) => Input($"Not existing vector name error: {name}");
}
