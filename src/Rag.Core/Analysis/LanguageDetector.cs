namespace Rag.Analysis;

/// <summary>Guesses the language of a document from its script and its commonest words.</summary>
public static class LanguageDetector
{
    private const int Sample = 8_000; // characters; from 4,000 on, nothing changed on the demo documents

    // below these a guess from a few words is chance
    private const int FewestHits = 3;
    private const double LowestShare = 0.1;
    private const double Lead = 1.3;

    /// <summary>
    /// The ISO 639-1 code of the language <paramref name="text"/> is written in, from its first 8,000 characters: one that has stop words, or
    /// <c>ja</c>, <c>zh</c>, <c>ko</c> by script; <see langword="null"/> when unsure.
    /// </summary>
    public static string? Detect(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sample = text.AsSpan(0, Math.Min(text.Length, Sample));
        var (words, han, kana, hangul) = (0, 0, 0, 0);
        string[] languages = [.. StopWords.Languages];
        WordSet[] stopWords = [.. languages.Select(StopWords.Set)];
        var hits = new int[languages.Length];
        Span<char> lower = stackalloc char[16];
        foreach (var word in WordSegmenter.Words(sample))
        {
            words++;
            han += word.Kind is WordKind.Ideograph ? 1 : 0;
            kana += word.Kind is WordKind.Hiragana or WordKind.Katakana ? 1 : 0;
            hangul += word.Kind is WordKind.Hangul ? 1 : 0;
            if (word.Kind is WordKind.Alphanumeric && sample[word.Start..word.End].ToLowerInvariant(lower) is > 0 and var length)
            {
                for (var i = 0; i < languages.Length; i++)
                {
                    hits[i] += stopWords[i].Contains(lower[..length]) ? 1 : 0;
                }
            }
        }

        return ByScript(words, han, kana, hangul) ?? ByStopWords(languages, hits, words);
    }

    // Japanese and Korean texts hold few Latin words, Chinese no kana
    private static string? ByScript(int words, int han, int kana, int hangul) =>
        han + kana + hangul < Math.Max(FewestHits, words / 2) ? null : hangul > han + kana ? "ko" : kana * 10 > han ? "ja" : "zh";

    private static string? ByStopWords(string[] languages, int[] hits, int words)
    {
        Array.Sort(hits, languages);
        var (best, second) = (hits[^1], hits[^2]);
        return best >= FewestHits && best >= LowestShare * words && best >= Lead * second ? languages[^1] : null;
    }
}
