namespace Rag.Indexing;

/// <summary>Which documents a search may see.</summary>
/// <param name="Key">Names the scope: two scopes with the same key see the same documents, so what was found out for one serves the other.</param>
/// <param name="Sees">Whether the document that was added under this key may be seen; asked once for each document and remembered.</param>
public sealed record DocumentScope(string Key, Func<int, bool> Sees);
