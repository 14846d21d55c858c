using System.Text.RegularExpressions;
using Rag.Analysis;
using Rag.Citations;

namespace Rag.Generation;

/// <summary>Lets the words of an answer through as they are written, and its marks once their sentence is whole and checked: no mark is shown that is withdrawn later.</summary>
internal sealed partial class StreamedMarks(AnswerCheck check)
{
    private string _draft = "";
    private int _shown; // code units of the draft's words, marks aside
    private int _whole; // sentences that have ended

    /// <summary>What may be shown now that a piece has come; may be empty.</summary>
    public async ValueTask<string> AddAsync(string piece, CancellationToken cancellationToken)
    {
        _draft += piece;
        var open = OpenBrackets().Match(_draft);
        var marked = MarkedText.Parse(open.Value.Count(c => c == '[') > open.Value.Count(c => c == ']') ? _draft[..open.Index] : _draft, check.Language);
        // a sentence has ended when another has begun; one word of it may still turn out to belong to the sentence before
        var ended = marked.Sentences.Count - (marked.Sentences is [.., var last] && last.Span.Of(marked.Words).Contains(' ') ? 1 : 2);
        var certain = marked.Sentences.Take(ended).TakeWhile((sentence, i) => i < _whole || !SentenceSegmenter.MayGoOn(marked.Words, sentence.Span)).Count();
        var shown = await ShowAsync(marked, certain, cancellationToken);
        var waiting = marked.Sentences.Skip(_whole).Select(FirstMark).FirstOrDefault(mark => mark is not null);
        return shown + Words(marked, MayBecomeMark().Match(marked.Words[..(waiting ?? marked.Words.Length)]).Index);
    }

    /// <summary>What is left when the text has ended.</summary>
    public async ValueTask<string> EndAsync(CancellationToken cancellationToken)
    {
        var marked = MarkedText.Parse(_draft, check.Language);
        return await ShowAsync(marked, marked.Sentences.Count, cancellationToken) + Words(marked, marked.Words.Length);
    }

    private static int? FirstMark(MarkedSentence sentence) => sentence.Marks is [var mark, ..] ? Math.Clamp(mark.At, sentence.Span.Start, sentence.Span.End) : null;

    private async ValueTask<string> ShowAsync(MarkedText marked, int ended, CancellationToken cancellationToken)
    {
        var shown = "";
        for (; _whole < ended; _whole++)
        {
            var sentence = marked.Sentences[_whole];
            if (FirstMark(sentence) is { } first && first >= _shown) // else shown before what follows made another sentence of it
            {
                shown += Words(marked, first) + await FromFirstMarkAsync(marked, first, cancellationToken);
                _shown = Math.Max(_shown, sentence.Span.End);
            }
        }

        return shown;
    }

    /// <summary>The present sentence from its first mark on, with the marks that are backed. What came before it decides, not what follows, so the check of the whole text says the same.</summary>
    private async ValueTask<string> FromFirstMarkAsync(MarkedText marked, int first, CancellationToken cancellationToken)
    {
        var sentence = marked.Sentences[_whole];
        var words = sentence.Span.Of(marked.Words);
        if (marked.Sentences.Take(_whole).Any(earlier => earlier.Span.Of(marked.Words) == words))
        {
            return marked.Words[first..sentence.Span.End]; // a repetition is left out in the end
        }

        var (start, text) = await check.CheckLastAsync(marked with { Sentences = [.. marked.Sentences.Take(_whole + 1)] }, cancellationToken);
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

    // marks within marks, which may still turn out to be one
    [GeneratedRegex(@"\[[\d\s,;\[\]]*$")]
    private static partial Regex OpenBrackets();

    // the beginning of a mark, and the blank before one
    [GeneratedRegex(@"\s*(?:\[[\d\s,;]*)*$")]
    private static partial Regex MayBecomeMark();
}
