namespace Rag.Analysis.Stemming;

/// <summary>Stems a lower-case word in place.</summary>
/// <param name="buffer">The word, with room for as many characters again (some algorithms write one letter as two).</param>
/// <param name="length">Length of the word.</param>
/// <returns>Length of the stem.</returns>
internal delegate int Stemmer(Span<char> buffer, int length);

/// <summary>The stemmers by language.</summary>
internal static class Stemmers
{
    /// <summary>The stemmer of an ISO 639-1 language; one that changes nothing when there is none.</summary>
    public static Stemmer For(string? language) => language switch
    {
        "de" => German.Apply,
        "en" => English.Apply,
        "es" => Spanish.Apply,
        "fr" => French.Apply,
        "it" => Italian.Apply,
        "nl" => Dutch.Apply,
        "pt" => Portuguese.Apply,
        "ru" => Russian.Apply,
        "sv" => Swedish.Apply,
        _ => static (_, length) => length,
    };
}
