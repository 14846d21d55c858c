using System.Globalization;
using System.Text;

namespace Rag.Citations;

/// <summary>Puts a checked answer together again: sentences with the marks that are backed.</summary>
internal sealed class VerifiedTextWriter(MarkedText marked, bool dropUnsupported)
{
    private readonly StringBuilder _text = new();
    private readonly List<AnswerSentence> _sentences = [];
    private readonly List<Citation> _citations = [];
    private readonly List<SourceConflict> _conflicts = [];
    private readonly List<Finding> _findings = [];
    private int _read;
    private int _written;

    /// <summary>What was written.</summary>
    public CheckedText Finish() => new(_text.ToString(), _sentences, _citations, _conflicts, _findings) { Written = _written };

    /// <summary>Writes the next sentence with its marks, and the white space before it.</summary>
    public void Add(MarkedSentence sentence, SentenceSupport support)
    {
        var supported = support.Quotes.Count > 0;
        var gap = marked.Words[_read..sentence.Span.Start];
        _read = sentence.Span.End;
        _written++;
        if (support.Problem is { } problem)
        {
            _findings.Add(new(sentence.Span.Of(marked.Words), problem));
        }

        if (!supported && dropUnsupported)
        {
            return;
        }

        _text.Append(_text.Length == 0 ? "" : gap);
        var start = _text.Length;
        var from = sentence.Span.Start;
        var missing = support.Quotes.ToDictionary(q => q.Quote.Passage.Number);
        var blank = "";
        foreach (var mark in sentence.Marks)
        {
            var at = Math.Clamp(mark.At, from, sentence.Span.End);
            _text.Append(marked.Words, from, at - from);
            // the blank before a mark that is left out goes to the one behind it
            blank = at > from || blank.Length == 0 ? mark.Gap : blank;
            from = at;
            blank = WriteMark(mark, blank, support, missing) ? "" : blank;
        }

        _text.Append(marked.Words, from, sentence.Span.End - from);
        WriteNumbers(" ", [.. missing.Values]);
        var span = new TextSpan(start, _text.Length);
        _sentences.Add(new(span, supported, support.Score, [.. support.Quotes.Select(q => q.Quote.Passage.Number).Order()]) { Problem = support.Problem });
        _conflicts.AddRange(support.Conflicts.Select(c => ConflictOf(span, c)));
    }

    private bool WriteMark(PlacedMark mark, string blank, SentenceSupport support, Dictionary<int, (Evidence Quote, double Score)> missing)
    {
        var backed = support.Quotes.Where(q => mark.Numbers.Contains(q.Quote.Passage.Number)).ToList();
        if (backed.Count > 0)
        {
            WriteNumbers(blank, backed);
            backed.ForEach(q => missing.Remove(q.Quote.Passage.Number));
            return true;
        }

        if (support.Quotes.Any(q => q.Quote.Quote.Contains(mark.Written, StringComparison.Ordinal)))
        {
            _text.Append(blank).Append(mark.Written);
            return true;
        }

        return false;
    }

    private void WriteNumbers(string gap, IReadOnlyList<(Evidence Quote, double Score)> quotes)
    {
        foreach (var (quote, score) in quotes.OrderBy(q => q.Quote.Passage.Number))
        {
            _text.Append(gap);
            var start = _text.Length;
            _text.Append(CultureInfo.InvariantCulture, $"[{quote.Passage.Number}]");
            var chunk = quote.Passage.Chunk;
            _citations.Add(new(quote.Passage.Number, new(start, _text.Length), chunk, quote.Span.Shift(chunk.Span.Start), quote.Quote, score));
            gap = "";
        }
    }

    private static SourceConflict ConflictOf(TextSpan sentence, Support support)
    {
        var (chunk, quote) = (support.Quotes[0].Passage.Chunk, support.Quotes[0]);
        return new(sentence, support.Number, chunk, quote.Span.Shift(chunk.Span.Start), quote.Quote);
    }
}
