namespace Rag.Evaluation.Spans;

/// <summary>
/// How much of what was retrieved is wanted, and how much of what is wanted was retrieved, counted in characters (UTF-16 code units), as Chroma's evaluation of chunkers counts:
/// Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval", Chroma Technical Report, 2024, and the code published with it. The report says tokens; report and code measure ranges of characters.
/// </summary>
/// <param name="Recall">Share of the wanted characters that were retrieved.</param>
/// <param name="Precision">Share of the retrieved characters that are wanted; characters that come in two passages count twice as retrieved and once as wanted. 0 where nothing was retrieved.</param>
/// <param name="IntersectionOverUnion">The wanted characters that were retrieved over all that were retrieved (twice where they came twice) and those that were missed; the Jaccard index of the two.</param>
public sealed record SpanScore(double Recall, double Precision, double IntersectionOverUnion)
{
    /// <summary>Compares retrieved passages with the excerpts that answer a question.</summary>
    /// <param name="question">Which excerpts of which text; at least one.</param>
    /// <param name="retrieved">Passages of any texts.</param>
    public static SpanScore Of(SpanQuestion question, IReadOnlyCollection<Chunk> retrieved)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(retrieved);
        TextSpan[] there = [.. retrieved.Where(c => c.DocumentId == question.DocumentId).Select(c => c.Span)];
        var found = Length(question.Excerpts.SelectMany(e => Common(e, there)));
        var wanted = question.Excerpts.Sum(e => (long)e.Length);
        var missed = question.Excerpts.Sum(e => e.Length - Length(Common(e, there)));
        var all = retrieved.Sum(c => (long)c.Span.Length);
        return new((double)found / wanted, all == 0 ? 0 : (double)found / all, (double)found / (all + missed));
    }

    /// <summary>How many of a text's passages hold a part of the answer, or touch one, as the published code counts them.</summary>
    /// <param name="question">Which excerpts of which text.</param>
    /// <param name="all">All passages of all texts.</param>
    public static int Needed(SpanQuestion question, IEnumerable<Chunk> all)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(all);
        return all.Count(c => c.DocumentId == question.DocumentId && question.Excerpts.Any(e => c.Span.Start <= e.End && e.Start <= c.Span.End));
    }

    private static IEnumerable<TextSpan> Common(TextSpan excerpt, TextSpan[] passages) =>
        passages.Where(excerpt.Overlaps).Select(p => new TextSpan(Math.Max(p.Start, excerpt.Start), Math.Min(p.End, excerpt.End)));

    // Of the union: what lies in several spans counts once.
    private static long Length(IEnumerable<TextSpan> spans)
    {
        var (length, end) = (0L, 0);
        foreach (var span in spans.Order())
        {
            length += Math.Max(0, span.End - Math.Max(span.Start, end));
            end = Math.Max(end, span.End);
        }

        return length;
    }
}
