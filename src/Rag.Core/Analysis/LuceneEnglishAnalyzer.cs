using Rag.Analysis.Stemming;

namespace Rag.Analysis;

/// <summary>What Lucene's <c>EnglishAnalyzer</c> does, with its default stop words.</summary>
internal sealed class LuceneEnglishAnalyzer : IAnalyzer
{
    private const int LongestToken = 255; // StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH

    private static readonly WordSet Stops = new(
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with");

    public string Name => "lucene-english-1";

    public void Analyze(ReadOnlySpan<char> text, TermReceiver receive)
    {
        Span<char> buffer = stackalloc char[LongestToken];
        var position = 0;
        foreach (var word in WordSegmenter.Words(text))
        {
            for (var start = word.Start; start < word.End; start += LongestToken)
            {
                var span = new TextSpan(start, Math.Min(start + LongestToken, word.End));
                var length = Possessive.Strip(text[span.Start..span.End]);
                text.Slice(start, length).ToLowerInvariant(buffer);
                if (!Stops.Contains(buffer[..length]))
                {
                    length = Porter.ApplyAsLucene(buffer, length);
                    receive(buffer[..length], position, span);
                }

                position++;
            }
        }
    }
}
