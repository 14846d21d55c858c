namespace Rag.Indexing;

/// <summary>Two terms that follow each other in a query.</summary>
internal sealed record WordPair(string First, string Second);
