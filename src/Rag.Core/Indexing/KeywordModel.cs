using System.Globalization;
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
    /// <summary>How slowly repeated occurrences lose worth, 0 or more; 0 counts only presence.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float K1 { get; init => field = NotNegative(value, nameof(K1)); } = NotNegative(K1, nameof(K1));

    /// <summary>How much length counts, 0 (not at all) to 1 (fully).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of this range.</exception>
    public float B { get; init => field = Share(value); } = Share(B);

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
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or not finite.</exception>
    public float? Mu
    {
        get;
        init => field = value is null or (> 0 and <= float.MaxValue) ? value : throw OutOfRange(nameof(Mu), value, "give a finite number above 0, or none for BM25");
    }

    /// <summary>How many occurrences each word of a title is worth, at least 1. Default 1.</summary>
    /// <remarks>BM25F with one length for all fields (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004): the length grows with it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int TitleWeight
    {
        get;
        init => field = value >= 1 ? value : throw OutOfRange(nameof(TitleWeight), value, "give a whole number of 1 or more");
    } = 1;

    /// <summary>How many terms are added to each length and to the average before BM25 compares them, 0 or more. Default 0.</summary>
    /// <remarks>Among passages of a sentence a length says little of what is in them; the prior makes <see cref="B"/> count for less the shorter they all are.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LengthPrior { get; init => field = NotNegative(value, nameof(LengthPrior)); }

    /// <summary>How much BM25 adds for words of the query that stand together in a chunk as they do in the query, 0 or more. Default 0, which looks at no order.</summary>
    /// <remarks>
    /// For two words that follow each other in the query, stop words left out: <c>weight * (idf1 + idf2) * (o / (o + norm) + u / (u + norm))</c>, where the second follows the first
    /// <c>o</c> times in the chunk, and they stand <c>u</c> times within eight words, in any order; <c>norm</c> is that of BM25. After the sequential dependence model
    /// (Metzler and Croft, "A Markov Random Field Model for Term Dependencies", 2005). Counted for the fifty chunks that score best without.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float Proximity { get; init => field = NotNegative(value, nameof(Proximity)); }

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

    private static float NotNegative(float value, string name) => value is >= 0 and <= float.MaxValue ? value : throw OutOfRange(name, value, "give a finite number of 0 or more");

    private static float Share(float value) => value is >= 0 and <= 1 ? value : throw OutOfRange(nameof(B), value, "give a number from 0 to 1");

    private static ArgumentOutOfRangeException OutOfRange(string name, object? value, string remedy) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} of a keyword model is {value}; {remedy}."));
}
