namespace Rag.Citations;

/// <summary>Finds quotations of more than one sentence, such as a list or a block of code, that one mark stands behind.</summary>
internal static class Quotations
{
    // More lines than a quotation has, and few enough that an answer of many unmarked lines is read in linear time.
    private const int MaxSentences = 40;

    /// <summary>The text with each run of sentences made one, where only the last of the run has marks and the whole stands word for word in a passage marked there.</summary>
    public static MarkedText Join(MarkedText marked, IReadOnlyList<PassageText> passages)
    {
        var joined = new List<MarkedSentence>();
        for (var i = 0; i < marked.Sentences.Count; i++)
        {
            var last = LastOfRun(marked, i, passages);
            var (from, to) = (marked.Sentences[i], marked.Sentences[last]);
            joined.Add(new(new(from.Span.Start, to.Span.End), to.Marks));
            i = last;
        }

        return marked with { Sentences = joined };
    }

    private static int LastOfRun(MarkedText marked, int first, IReadOnlyList<PassageText> passages)
    {
        var last = first;
        while (last < marked.Sentences.Count && last - first < MaxSentences && marked.Sentences[last].Marks.Count == 0)
        {
            last++;
        }

        if (last == first || last == marked.Sentences.Count || marked.Sentences[last].Marks.Count == 0)
        {
            return first;
        }

        var numbers = marked.Sentences[last].Marks.SelectMany(mark => mark.Numbers).ToHashSet();
        var words = marked.Words[marked.Sentences[first].Span.Start..marked.Sentences[last].Span.End];
        return passages.Any(p => numbers.Contains(p.Passage.Number) && p.Verbatim(words) is not null) ? last : first;
    }
}
