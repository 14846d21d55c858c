namespace Rag.Analysis;

/// <summary>Words too common to tell texts apart.</summary>
public static class StopWords
{
    private static readonly WordSet None = new("");

    private static readonly Dictionary<string, WordSet> ByLanguage = new()
    {
        ["en"] = new("""
            a about an and any are as at be been being but by can could did do does doing for from had has have having he her here hers him his how i if in into is it its
            just me my no nor not of on or our ours s she should so such t than that the their theirs them then there these they this those to too us very was we were what
            when where which while who whom why will with would you your yours
            """),
    };

    /// <summary>The languages that have a list, as ISO 639-1 codes.</summary>
    public static IReadOnlyCollection<string> Languages => ByLanguage.Keys;

    /// <summary>The stop words of a language, lower case; empty for <see langword="null"/> or a language without a list.</summary>
    public static IReadOnlySet<string> For(string? language) => Set(language).Words;

    internal static WordSet Set(string? language) => language is not null && ByLanguage.TryGetValue(language, out var words) ? words : None;
}
