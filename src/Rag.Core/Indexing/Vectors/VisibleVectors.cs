namespace Rag.Indexing.Vectors;

/// <summary>Which vectors of a collection a search may return.</summary>
/// <param name="Documents">They are of the first so many documents.</param>
/// <param name="Seen">For each of those documents whether it may be seen, or <see langword="null"/> when all may.</param>
/// <param name="Count">How many vectors that are.</param>
/// <param name="IsFiltered">Whether what was not removed is hidden from the query.</param>
internal sealed record VisibleVectors(int Documents, bool[]? Seen, int Count, bool IsFiltered)
{
    public bool Sees(int document) => document < Documents && (Seen is null || Seen[document]);
}
