namespace Rag.Indexing;

/// <summary>A term of a query.</summary>
/// <param name="Term">The term.</param>
/// <param name="Rarity">How rare it is: its idf, or for query likelihood the negative logarithm of its probability.</param>
/// <param name="Weight">What its scores are multiplied by: its weight in the query, for BM25 times its idf.</param>
/// <param name="Probability">How likely a word of the collection is this one; 0 for BM25.</param>
/// <param name="Places">Its number in each segment, -1 where it is absent.</param>
internal sealed record WeightedTerm(string Term, float Rarity, float Weight, double Probability, int[] Places);
