namespace Rag.Qdrant;

/// <summary>A document that was found by its chunks.</summary>
/// <param name="DocumentId">Identity within the tenant that was searched.</param>
/// <param name="Chunks">Its best chunks, at least one, best first; ties by chunk id (ordinal).</param>
public sealed record ScoredDocument(string DocumentId, IReadOnlyList<ScoredChunk> Chunks);
