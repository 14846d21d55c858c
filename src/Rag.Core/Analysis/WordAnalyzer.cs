using Rag.Analysis.Stemming;

namespace Rag.Analysis;

/// <summary>The default analysis of a language; what it does is said at <see cref="Analyzers.For"/>.</summary>
internal sealed class WordAnalyzer(string? language) : IAnalyzer
{
    // longer words are cut: no natural word reaches this, and an index term has to end somewhere
    private const int LongestTerm = 255;

    private readonly WordSet _stops = StopWords.Set(language);
    private readonly Stemmer _stem = Stemmers.For(language);

    public string Name { get; } = $"words-{language ?? "any"}-1";

    public void Analyze(ReadOnlySpan<char> text, TermReceiver receive)
    {
        Span<char> buffer = stackalloc char[2 * LongestTerm];
        var position = 0;
        foreach (var word in WordSegmenter.Words(text))
        {
            var span = new TextSpan(word.Start, word.End);
            var source = text[word.Start..Math.Min(word.End, word.Start + LongestTerm)];
            var length = Possessive.Strip(source);
            source[..length].ToLowerInvariant(buffer);
            if (!_stops.Contains(buffer[..length]))
            {
                receive(buffer[.._stem(buffer, length)], position, span);
            }

            position++;
        }
    }
}
