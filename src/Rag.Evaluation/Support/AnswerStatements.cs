using Rag.Analysis;
using Rag.Citations;

namespace Rag.Evaluation.Support;

/// <summary>Takes an answer apart into what it states.</summary>
internal static class AnswerStatements
{
    /// <summary>A sentence of an answer without its marks.</summary>
    public static string StatementOf(this Answer answer, AnswerSentence sentence) => CitationMark.Remove(sentence.Span.Of(answer.Text)).Trim();

    /// <summary>What a sentence cites, in the order of its marks.</summary>
    public static IReadOnlyList<string> QuotesOf(this Answer answer, AnswerSentence sentence) =>
        [.. answer.Citations.Where(c => c.Mark.Start >= sentence.Span.Start && c.Mark.End <= sentence.Span.End).Select(c => c.Quote)];

    /// <summary>The sentences of a text, without those that hold no letter or digit.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        [.. SentenceSegmenter.Split(text, new(0, text.Length)).Select(s => s.Of(text).Trim()).Where(s => s.Any(char.IsLetterOrDigit))];
}
