using System.Text;
using Rag.Analysis;

namespace Rag.Citations;

/// <summary>An answer taken apart: its words without any mark, the sentences of those words, and the marks of each sentence.</summary>
internal sealed record MarkedText(string Words, IReadOnlyList<MarkedSentence> Sentences)
{
    private const int MaxRounds = 8;

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
            KeepApart(words, text, from);
        }

        var whole = WithoutNewMarks(words.Append(text, from, text.Length - from).ToString(), marks);
        var spans = SentenceSegmenter.Split(whole, new(0, whole.Length), language);
        var owned = marks.ToLookup(mark => Owner(whole, spans, mark.At));
        return new(whole, [.. spans.Select((span, i) => new MarkedSentence(span, [.. owned[i]]))]);
    }

    /// <summary>What is left where a mark is taken out may read as a mark, as in <c>[1[2]3]</c>: that goes too, and stands for nothing.</summary>
    private static string WithoutNewMarks(string words, List<PlacedMark> marks)
    {
        for (var round = 0; ; round++)
        {
            // a text that goes on like this is made to deceive, and loses its brackets
            var forged = round < MaxRounds ? [.. CitationMark.Parse(words).Select(mark => mark.Span)] : Brackets(words);
            if (forged.Count == 0)
            {
                return words;
            }

            words = Without(words, forged, marks);
        }
    }

    private static List<TextSpan> Brackets(string words) => [.. Enumerable.Range(0, words.Length).Where(i => words[i] is '[').Select(i => new TextSpan(i, i + 1))];

    /// <summary>The words without these spans, and the marks moved to where they now stand.</summary>
    private static string Without(string words, List<TextSpan> spans, List<PlacedMark> marks)
    {
        var left = new StringBuilder(words.Length);
        var (from, mark) = (0, 0);
        foreach (var span in spans.Append(new(words.Length, words.Length)))
        {
            left.Append(words, from, span.Start - from);
            for (; mark < marks.Count && marks[mark].At <= span.End; mark++)
            {
                marks[mark] = marks[mark] with { At = left.Length - Math.Max(0, span.Start - marks[mark].At) };
            }

            from = span.End;
            KeepApart(left, words, from);
        }

        return left.ToString();
    }

    // two numbers with a mark between them do not become one, such as "1,[2]250"
    private static void KeepApart(StringBuilder before, string text, int next)
    {
        var digitBefore = before.Length > 0 && (char.IsDigit(before[^1]) || (before.Length > 1 && IsWithinNumber(before[^1]) && char.IsDigit(before[^2])));
        var digitBehind = next < text.Length && (char.IsDigit(text[next]) || (next + 1 < text.Length && IsWithinNumber(text[next]) && char.IsDigit(text[next + 1])));
        if (digitBefore && digitBehind)
        {
            before.Append(' ');
        }
    }

    private static bool IsWithinNumber(char c) => c is '.' or ',' or '\'' or '’' or ':' or '/';

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
