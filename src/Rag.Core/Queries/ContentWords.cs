using Rag.Analysis;

namespace Rag.Queries;

/// <summary>The words of a short text that say what it is about: all but stop words.</summary>
internal static class ContentWords
{
    /// <summary>Each content word in order, as it is written and as an index knows it.</summary>
    public static IEnumerable<(string Word, string Term)> Of(string text, string? language) =>
        // A name in a program gives several terms at one position; the longest is the whole of it.
        Analyzers.For(language ?? Analyzers.AssumedLanguage).Terms(text)
            .GroupBy(term => term.Position)
            .Select(parts => parts.MaxBy(term => term.Span.Length)!)
            .Select(term => (term.Span.Of(text), term.Text));
}
