namespace Rag.Analysis;

/// <summary>The analyses this library has.</summary>
public static class Analyzers
{
    /// <summary>The language that retrieval, answers and citations take a text for when its own cannot be told: English, that of most code and short notes.</summary>
    /// <remarks>
    /// Short texts, code and lists often have no language that can be told. Left unstemmed they would be the only ones that hold a question's words in their
    /// very form, which then count as rare and outweigh everything.
    /// </remarks>
    public const string AssumedLanguage = "en";

    private static readonly WordAnalyzer Neutral = new(null);
    private static readonly Dictionary<string, WordAnalyzer> ByLanguage = StopWords.Languages.ToDictionary(code => code, code => new WordAnalyzer(code));

    /// <summary>
    /// Exactly Lucene's <c>EnglishAnalyzer</c>: words of UAX #29 (longer ones cut every 255 characters), possessive, lower case, Lucene's
    /// 33 stop words, Porter's stemmer. For comparison with published numbers. Emoji, which Lucene also indexes, are left out.
    /// </summary>
    public static IAnalyzer LuceneEnglish { get; } = new LuceneEnglishAnalyzer();

    /// <summary>
    /// The default analysis for a language: words of UAX #29 in lower case, without stop words, stemmed by Snowball's algorithm of the language.
    /// </summary>
    /// <remarks>
    /// Names in programs are found whole and by their parts, all at one position: <c>DbContext</c> gives <c>dbcontext</c>, <c>db</c>, <c>context</c>;
    /// likewise <c>snake_case</c>, <c>System.Text.Json</c>, <c>C#</c>, <c>.NET</c>, <c>v1.2.3</c>. English loses <c>'s</c>, French and Italian their elided
    /// words (<c>l'</c>, <c>dell'</c>). Accents are folded after stemming, since stemmers need them, except letters that are their
    /// language's own (Swedish å ä ö, Spanish ñ). Han, kana, Hangul and scripts of Southeast Asia give overlapping pairs of characters, one alone itself.
    /// Words are cut after 255 characters. Allocates nothing per word.
    /// </remarks>
    /// <param name="language">ISO 639-1 code, such as <c>en</c>; a region after it (<c>pt-BR</c>) is ignored. <see langword="null"/> or a language without rules of its own: no stop words, no stemming.</param>
    public static IAnalyzer For(string? language)
    {
        if (language is null)
        {
            return Neutral;
        }

        var code = language.Length > 2 && language[2] is '-' or '_' ? language[..2] : language;
        return ByLanguage.GetValueOrDefault(code.ToLowerInvariant(), Neutral);
    }
}
