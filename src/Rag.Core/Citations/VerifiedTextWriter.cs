using System.Globalization;
using System.Text;

namespace Rag.Citations;

/// <summary>Puts a checked answer together again: sentences with the marks that are backed.</summary>
internal sealed class VerifiedTextWriter(MarkedText marked, bool dropUnsupported)
{
    private readonly StringBuilder _text = new();
    private readonly List<AnswerSentence> _sentences = [];
    private readonly List<Citation> _citations = [];
    private int _read;

    public string Text => _text.ToString();

    public IReadOnlyList<AnswerSentence> Sentences => _sentences;

    public IReadOnlyList<Citation> Citations => _citations;

    /// <summary>Writes the next sentence with its marks, and the white space before it.</summary>
    public void Add(MarkedSentence sentence, SentenceSupport support)
    {
        var supported = support.Quotes.Count > 0;
        var gap = marked.Words[_read..sentence.Span.Start];
        _read = sentence.Span.End;
        if (!supported && dropUnsupported)
        {
            return;
        }

        _text.Append(_text.Length == 0 ? "" : gap);
        var start = _text.Length;
        var from = sentence.Span.Start;
        var missing = support.Quotes.ToDictionary(q => q.Quote.Passage.Number);
        foreach (var mark in sentence.Marks)
        {
            var at = Math.Clamp(mark.At, from, sentence.Span.End);
            _text.Append(marked.Words, from, at - from);
            from = at;
            WriteMark(mark, support, missing);
        }

        _text.Append(marked.Words, from, sentence.Span.End - from);
        WriteNumbers(" ", [.. missing.Values]);
        _sentences.Add(new(new(start, _text.Length), supported, support.Score, [.. support.Quotes.Select(q => q.Quote.Passage.Number).Order()]));
    }

    private void WriteMark(PlacedMark mark, SentenceSupport support, Dictionary<int, (Evidence Quote, double Score)> missing)
    {
        var backed = support.Quotes.Where(q => mark.Numbers.Contains(q.Quote.Passage.Number)).ToList();
        if (backed.Count > 0)
        {
            WriteNumbers(mark.Gap, backed);
            backed.ForEach(q => missing.Remove(q.Quote.Passage.Number));
        }
        else if (support.Quotes.Any(q => q.Quote.Quote.Contains(mark.Written, StringComparison.Ordinal)))
        {
            _text.Append(mark.Gap).Append(mark.Written);
        }
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
}
