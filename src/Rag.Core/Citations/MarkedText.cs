using System.Text;
using Rag.Analysis;

namespace Rag.Citations;

/// <summary>An answer taken apart: its words without any mark, the sentences of those words, and the marks of each sentence.</summary>
internal sealed record MarkedText(string Words, IReadOnlyList<MarkedSentence> Sentences)
{
    /// <summary>Takes <paramref name="text"/> apart. A mark belongs to the sentence in which or right behind which it stands, or, at the start of a line, before which.</summary>
    public static MarkedText Parse(string text, string? language)
    {
        var words = new StringBuilder(text.Length);
        var marks = new List<PlacedMark>();
        var from = 0;
        foreach (var mark in CitationMark.Parse(text))
        {
            var end = mark.Span.Start;
            while (end > from && text[end - 1] is ' ' or '\t')
            {
                end--;
            }

            words.Append(text, from, end - from);
            marks.Add(new(words.Length, text[end..mark.Span.Start], mark.Span.Of(text), mark.Numbers));
            from = mark.Span.End;
        }

        var whole = words.Append(text, from, text.Length - from).ToString();
        var spans = SentenceSegmenter.Split(whole, new(0, whole.Length), language);
        var owned = marks.ToLookup(mark => Owner(whole, spans, mark.At));
        return new(whole, [.. spans.Select((span, i) => new MarkedSentence(span, [.. owned[i]]))]);
    }

    private static int Owner(string words, IReadOnlyList<TextSpan> sentences, int at)
    {
        var (low, high) = (0, sentences.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = sentences[middle].Start < at ? (middle + 1, high) : (low, middle);
        }

        var opensLine = low < sentences.Count && (at == 0 || words[at - 1] is '\n') && !words.AsSpan(at, sentences[low].Start - at).Contains('\n');
        return opensLine ? low : Math.Max(0, low - 1);
    }
}

/// <summary>A sentence of an answer.</summary>
/// <param name="Span">Where it stands in <see cref="MarkedText.Words"/>.</param>
/// <param name="Marks">Its marks in order.</param>
internal sealed record MarkedSentence(TextSpan Span, IReadOnlyList<PlacedMark> Marks);

/// <summary>A mark that was taken out of an answer.</summary>
/// <param name="At">The place in <see cref="MarkedText.Words"/> where it stood.</param>
/// <param name="Gap">The blanks before it, taken out with it.</param>
/// <param name="Written">The mark as it was written.</param>
/// <param name="Numbers">The numbers in it.</param>
internal sealed record PlacedMark(int At, string Gap, string Written, IReadOnlyList<int> Numbers);
