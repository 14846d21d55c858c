using System.Text.RegularExpressions;
using Rag.Citations;

namespace Rag.Generation;

/// <summary>Lets the words of an answer through as they are written, and its marks once their sentence is whole and checked: no mark is shown that is withdrawn later.</summary>
internal sealed partial class StreamedMarks(CitationVerifier verifier, IReadOnlyList<Passage> passages)
{
    private readonly SupportScorer _scorer = verifier.Scorer(passages);
    private string _draft = "";
    private int _shown; // code units of the draft's words, marks aside
    private int _whole; // sentences that have ended

    /// <summary>What may be shown now that a piece has come; may be empty.</summary>
    public string Add(string piece)
    {
        _draft += piece;
        var marked = MarkedText.Parse(_draft, _scorer.Language);
        // a sentence has ended when another has begun; one word of it may still turn out to belong to the sentence before
        var ended = marked.Sentences.Count - (marked.Sentences is [.., var last] && last.Span.Of(marked.Words).Contains(' ') ? 1 : 2);
        var shown = Show(marked, ended);
        var waiting = marked.Sentences.Skip(_whole).Select(FirstMark).FirstOrDefault(mark => mark is not null);
        return shown + Words(marked, MayBecomeMark().Match(marked.Words[..(waiting ?? marked.Words.Length)]).Index);
    }

    /// <summary>What is left when the text has ended.</summary>
    public string End()
    {
        var marked = MarkedText.Parse(_draft, _scorer.Language);
        return Show(marked, marked.Sentences.Count) + Words(marked, marked.Words.Length);
    }

    private static int? FirstMark(MarkedSentence sentence) => sentence.Marks is [var mark, ..] ? Math.Clamp(mark.At, sentence.Span.Start, sentence.Span.End) : null;

    private string Show(MarkedText marked, int ended)
    {
        var shown = "";
        for (; _whole < ended; _whole++)
        {
            var sentence = marked.Sentences[_whole];
            if (FirstMark(sentence) is { } first)
            {
                shown += Words(marked, first) + FromFirstMark(marked, first);
                _shown = Math.Max(_shown, sentence.Span.End);
            }
        }

        return shown;
    }

    /// <summary>The present sentence from its first mark on, with the marks that are backed. What came before it decides, not what follows, so the check of the whole text says the same.</summary>
    private string FromFirstMark(MarkedText marked, int first)
    {
        var sentence = marked.Sentences[_whole];
        var words = sentence.Span.Of(marked.Words);
        if (marked.Sentences.Take(_whole).Any(earlier => earlier.Span.Of(marked.Words) == words))
        {
            return marked.Words[first..sentence.Span.End]; // a repetition is left out in the end
        }

        var (start, text) = verifier.CheckLast(marked with { Sentences = [.. marked.Sentences.Take(_whole + 1)] }, _scorer);
        return text[(first - start)..];
    }

    private string Words(MarkedText marked, int end)
    {
        if (end <= _shown)
        {
            return "";
        }

        var words = marked.Words[_shown..end];
        _shown = end;
        return words;
    }

    // the beginning of a mark, and the blank before one
    [GeneratedRegex(@"\s*(?:\[[\d\s,;]*)*$")]
    private static partial Regex MayBecomeMark();
}
