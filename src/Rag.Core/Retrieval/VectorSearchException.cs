namespace Rag.Retrieval;

/// <summary>A search by vectors has no meaning with this store and this embedding model: none stored, another model's, or a query vector that points nowhere. The message says which, and what to do.</summary>
public sealed class VectorSearchException(string message) : Exception(message);
