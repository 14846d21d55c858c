using Rag.Analysis;

namespace Rag.Indexing;

/// <summary>How words are found and weighed: an analysis for each language and the parameters of BM25, or of query likelihood.</summary>
/// <remarks>
/// A chunk's score is the sum, over the query's terms, of <c>idf * tf / (tf + k1 * (1 - b + b * length / average length))</c> with
/// <c>idf = ln(1 + (N - df + 0.5) / (df + 0.5))</c>: Okapi BM25 in the form of Lucene 8 and later, which leaves out the constant factor
/// <c>k1 + 1</c> (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009; Kamphuis et al., "Which BM25 Do You Mean?", 2020).
/// With <see cref="Mu"/> it is the query's likelihood instead: the sum of <c>ln(1 + tf / (mu * p)) + ln(mu / (length + mu))</c>, each at least 0, where
/// <c>p = (F + 1) / (T + 1)</c> for a term that stands F times among T terms (Zhai and Lafferty, "A Study of Smoothing Methods for Language Models", 2001,
/// in the form of Lucene). Terms are those of the chunk, its title and its context.
/// </remarks>
/// <param name="Name">Names the model in options and in the names of index files; lower-case letters, digits and hyphens.</param>
/// <param name="AnalyzerFor">The analysis for a two-letter language, or for <see langword="null"/> when the language is not known.</param>
/// <param name="K1">How slowly repeated occurrences lose worth; 0 counts only presence.</param>
/// <param name="B">How much length counts, 0 (not at all) to 1 (fully).</param>
/// <param name="QuantizedLengths">Whether lengths are rounded to four significant bits as Lucene stores them.</param>
public sealed record KeywordModel(string Name, Func<string?, IAnalyzer> AnalyzerFor, float K1, float B, bool QuantizedLengths)
{
    /// <summary>
    /// Plain BM25: our analysis for each language (English where it is not known), exact lengths, spelling variants, and the parameters that Robertson and Zaragoza (2009) find good in general.
    /// </summary>
    public static KeywordModel Bm25 { get; } = new("bm25", language => Analyzers.For(language ?? Analyzers.AssumedLanguage), 1.2f, 0.75f, QuantizedLengths: false) { SpellingVariants = true };

    /// <summary>
    /// What <see cref="Rag.Retrieval.DefaultRetriever"/> searches with: <see cref="Bm25"/>, titles counted twice, words of the query that stand together, and lengths that count for less among short passages.
    /// </summary>
    /// <remarks>One setting for every collection, in the middle of a wide plateau: docs/results/retrieval.md.</remarks>
    public static KeywordModel Default { get; } = Bm25 with { Name = "default", K1 = 1.5f, B = 0.8f, TitleWeight = 2, LengthPrior = 30, Proximity = 0.2f };

    /// <summary>BM25 as Lucene and Anserini compute it with their defaults for English, for comparison with published numbers.</summary>
    public static KeywordModel Bm25Lucene { get; } = new("bm25-lucene", _ => Analyzers.LuceneEnglish, 0.9f, 0.4f, QuantizedLengths: true);

    /// <summary>Query likelihood as Lucene and Anserini compute it with their defaults for English: Dirichlet smoothing, mu 1000.</summary>
    public static KeywordModel QueryLikelihood { get; } = Bm25Lucene with { Name = "ql", Mu = 1000 };

    /// <summary>Every model that can be chosen by name.</summary>
    public static IReadOnlyList<KeywordModel> All { get; } = [Default, Bm25, Bm25Lucene, QueryLikelihood];

    /// <summary>How many terms of the collection's language every chunk is mixed with, above 0; <see langword="null"/> for BM25. Default BM25.</summary>
    public float? Mu { get; init; }

    /// <summary>How many occurrences each word of a title is worth, at least 1. Default 1.</summary>
    /// <remarks>BM25F with one length for all fields (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004): the length grows with it.</remarks>
    public int TitleWeight { get; init; } = 1;

    /// <summary>How many terms are added to each length and to the average before BM25 compares them, 0 or more. Default 0.</summary>
    /// <remarks>Among passages of a sentence a length says little of what is in them; the prior makes <see cref="B"/> count for less the shorter they all are.</remarks>
    public float LengthPrior { get; init; }

    /// <summary>How much BM25 adds for words of the query that stand together in a chunk as they do in the query, 0 or more. Default 0, which looks at no order.</summary>
    /// <remarks>
    /// For two words that follow each other in the query, stop words left out: <c>weight * (idf1 + idf2) * (o / (o + norm) + u / (u + norm))</c>, where the second follows the first
    /// <c>o</c> times in the chunk, and they stand <c>u</c> times within eight words, in any order; <c>norm</c> is that of BM25. After the sequential dependence model
    /// (Metzler and Croft, "A Markov Random Field Model for Term Dependencies", 2005). Counted for the fifty chunks that score best without.
    /// </remarks>
    public float Proximity { get; init; }

    /// <summary>Whether a word that no visible chunk holds also stands for terms spelt nearly like it. Default no.</summary>
    /// <remarks>
    /// One edit from four letters on, two from eight (Damerau-Levenshtein distance), the first letter as written, letters only: the three nearest, of those the most frequent
    /// among the visible chunks, at half the weight for each edit.
    /// </remarks>
    public bool SpellingVariants { get; init; }

    /// <summary>The length as the model counts it.</summary>
    /// <remarks>
    /// Lucene keeps a length in one byte (<c>SmallFloat.intToByte4</c>): exact below 24, above that 24 plus the excess cut to its four highest bits.
    /// </remarks>
    internal int Length(int terms)
    {
        const int Exact = 24;
        if (!QuantizedLengths || terms < Exact)
        {
            return terms;
        }

        var excess = terms - Exact;
        var shift = Math.Max(0, 28 - int.LeadingZeroCount(excess));
        return Exact + (excess >> shift << shift);
    }
}
