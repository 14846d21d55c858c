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
    /// The default: our analysis for each language (English where it is not known), exact lengths, spelling variants, and the parameters that Robertson and Zaragoza (2009) find good in general.
    /// </summary>
    public static KeywordModel Bm25 { get; } = new("bm25", language => Analyzers.For(language ?? Analyzers.AssumedLanguage), 1.2f, 0.75f, QuantizedLengths: false) { SpellingVariants = true };

    /// <summary>BM25 as Lucene and Anserini compute it with their defaults for English, for comparison with published numbers.</summary>
    public static KeywordModel Bm25Lucene { get; } = new("bm25-lucene", _ => Analyzers.LuceneEnglish, 0.9f, 0.4f, QuantizedLengths: true);

    /// <summary>Query likelihood as Lucene and Anserini compute it with their defaults for English: Dirichlet smoothing, mu 1000.</summary>
    public static KeywordModel QueryLikelihood { get; } = Bm25Lucene with { Name = "ql", Mu = 1000 };

    /// <summary>Every model that can be chosen by name.</summary>
    public static IReadOnlyList<KeywordModel> All { get; } = [Bm25, Bm25Lucene, QueryLikelihood];

    /// <summary>How many terms of the collection's language every chunk is mixed with, above 0; <see langword="null"/> for BM25. Default BM25.</summary>
    public float? Mu { get; init; }

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
