namespace Rag.Indexing;

/// <summary>Two terms that follow each other in a query.</summary>
internal readonly record struct WordPair(string First, string Second);
