namespace Rag.Analysis;

/// <summary>Receives one term of a text.</summary>
/// <param name="term">The term in index form (folded, stemmed); valid only during the call.</param>
/// <param name="position">Place among the text's words, from 0; words left out (stop words) leave a gap.</param>
/// <param name="span">Where the word stands in the text.</param>
public delegate void TermReceiver(ReadOnlySpan<char> term, int position, TextSpan span);

/// <summary>Turns text into index terms. Pure and safe for concurrent use: the same text gives the same terms.</summary>
public interface IAnalyzer
{
    /// <summary>Names the analysis and its version; an index made by one name is never searched by another.</summary>
    string Name { get; }

    /// <summary>Gives each term of <paramref name="text"/> in order.</summary>
    void Analyze(ReadOnlySpan<char> text, TermReceiver receive);
}
