namespace Rag.Citations;

/// <summary>A text whose sentences have been checked.</summary>
/// <param name="Text">The text with the marks that are backed, without sentences that are dropped.</param>
/// <param name="Sentences">Its sentences in order.</param>
/// <param name="Citations">Its citations in the order of their marks.</param>
/// <param name="Conflicts">Where the passages disagree about a sentence.</param>
/// <param name="Findings">The sentences that no passage supports, dropped or not.</param>
internal sealed record CheckedText(string Text, IReadOnlyList<AnswerSentence> Sentences, IReadOnlyList<Citation> Citations, IReadOnlyList<SourceConflict> Conflicts, IReadOnlyList<Finding> Findings)
{
    /// <summary>Sentences that were written, a repeated one once.</summary>
    public required int Written { get; init; }
}

/// <summary>What is wrong with a sentence of an answer.</summary>
/// <param name="Sentence">The sentence without its marks.</param>
/// <param name="Problem">Why no passage supports it, in one sentence; may quote a passage.</param>
public sealed record Finding(string Sentence, string Problem);
