using Rag.Citations;
using Rag.Evaluation.Support;

namespace Rag.Evaluation.Answers;

/// <summary>A question of CLAPNQ's, its answer, and what that rests on.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Sentences">Its sentences, compared word by word with what they cite.</param>
/// <param name="Silence">Whether it could be answered and was.</param>
public sealed record GroundedAnswer(ClapnqQuestion Question, Answer Answer, IReadOnlyList<CitedSentence> Sentences, JudgedSilence Silence)
{
    /// <summary>The cited sentences against those of the person who chose most alike; <see langword="null"/> where nobody chose any.</summary>
    public SentenceChoice? Chosen { get; init; }

    /// <summary>Whether the first citation holds a sentence that a person chose; <see langword="null"/> for an abstention.</summary>
    public bool? IsRight { get; init; }

    /// <summary>How its citations carry its sentences; <see langword="null"/> for an abstention.</summary>
    public CitationScore? Citations { get; init; }

    /// <summary>What supports it, and the first person's answer, which is the reference where there is one.</summary>
    public required ClaimSupport Support { get; init; }

    /// <summary>How much of the question it takes up (<see cref="QuestionCoverage"/>); <see langword="null"/> where there is no answer to give.</summary>
    public double? Relevance { get; init; }

    /// <summary>Judges an answer.</summary>
    internal static async Task<GroundedAnswer> OfAsync(ClapnqQuestion question, IReadOnlyList<PlacedPassage> passages, Answer answer, ISupportJudge judge, CancellationToken cancellationToken)
    {
        HashSet<string> cited = [.. passages.SelectMany(p => p.Cited(answer.Citations))];
        HashSet<string> first = [.. passages.SelectMany(p => p.Cited(answer.Citations.Take(1)))];
        var statements = answer.Sentences.Select(answer.StatementOf).ToList();
        var context = answer.Passages.OrderByDescending(p => p.Score).ThenBy(p => p.Number).Select(p => p.Chunk.Text).ToList();
        return new(question, answer, [.. answer.Sentences.Select(s => new CitedSentence(answer, s))], JudgedSilence.Of(question.Selections.Count > 0, answer))
        {
            Chosen = question.Selections.Select(selection => SentenceChoice.Of(cited, [.. selection])).MaxBy(c => c.F1),
            IsRight = answer.Abstained ? null : question.Selections.Any(first.Overlaps),
            Citations = answer.Abstained ? null : await CitationScore.OfAsync(answer, judge, cancellationToken),
            Support = await ClaimSupport.OfAsync(statements, context, [.. question.Answers.Take(1).SelectMany(AnswerStatements.Split)], judge, cancellationToken),
            Relevance = question.Selections.Count > 0 ? QuestionCoverage.Of(answer) : null,
        };
    }
}

/// <summary>Cited sentences against those that a person chose.</summary>
/// <param name="Precision">Share of the cited ones that the person chose.</param>
/// <param name="Recall">Share of the person's that are cited.</param>
/// <param name="F1">Harmonic mean of the two.</param>
public sealed record SentenceChoice(double Precision, double Recall, double F1)
{
    internal static SentenceChoice Of(HashSet<string> cited, HashSet<string> selected)
    {
        var common = (double)cited.Intersect(selected).Count();
        return common == 0 ? new(0, 0, 0) : new(common / cited.Count, common / selected.Count, 2 * common / (cited.Count + selected.Count));
    }
}
