using Rag.Citations;
using Rag.Evaluation.Results;
using Rag.Evaluation.Support;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Evaluation.Answers;

/// <summary>Answers to CLAPNQ's questions from their own passages, and whether they rest on the sentences that people chose. Measures are 0 to 1.</summary>
/// <param name="Answers">The answers in the order of the questions.</param>
public sealed record GroundingEvaluation(IReadOnlyList<GroundedAnswer> Answers)
{
    /// <summary>Questions asked.</summary>
    public int Questions => Answers.Count;

    /// <summary>Share of the sentences of all answers that what they cite says in full: no word of theirs is missing there.</summary>
    public double CitationRecall => Answers.SelectMany(a => a.Sentences).Select(s => s.IsSaid ? 1.0 : 0).DefaultIfEmpty(0).Average();

    /// <summary>Share of the citations of all answers whose quote stands where it says and holds words of the sentence that no other citation of that sentence holds, or all of its words.</summary>
    public double CitationPrecision => Answers.SelectMany(a => a.Sentences).SelectMany(s => s.Citations.Select(s.IsNeeded)).Select(needed => needed ? 1.0 : 0).DefaultIfEmpty(0).Average();

    /// <summary>Share of the cited sentences that a person chose: of each question the person with the best <see cref="SentenceF1"/>; mean over the answerable questions, silence counts 0.</summary>
    public double SentencePrecision => Mean(a => a.Chosen?.Precision) ?? 0;

    /// <summary>Share of that person's sentences that are cited, likewise.</summary>
    public double SentenceRecall => Mean(a => a.Chosen?.Recall) ?? 0;

    /// <summary>Harmonic mean of the two of each question, likewise.</summary>
    public double SentenceF1 => Mean(a => a.Chosen?.F1) ?? 0;

    /// <summary>The measures that each answer has, by the names of <c>rag eval grounding</c>.</summary>
    public static IReadOnlyList<(string Name, Func<GroundedAnswer, double?> Of)> Measures { get; } =
    [
        ("sentenceF1", a => a.Chosen?.F1),
        ("sentencePrecision", a => a.Chosen?.Precision),
        ("sentenceRecall", a => a.Chosen?.Recall),
        ("alceRecall", a => a.Citations?.Recall),
        ("alcePrecision", a => a.Citations?.Precision),
        ("alceF1", a => a.Citations?.F1),
        ("groundedness", a => a.Support.Groundedness),
        ("contextPrecision", a => a.Support.ContextPrecision),
        ("contextRecall", a => a.Support.ContextRecall),
        ("answerRelevance", a => a.Relevance),
        ("noiseSensitivityRelevant", a => a.Support.NoiseSensitivityRelevant),
        ("noiseSensitivityIrrelevant", a => a.Support.NoiseSensitivityIrrelevant),
    ];

    /// <summary>How well silence falls on the questions without an answer.</summary>
    public Abstention Abstention => Abstention.Of([.. Answers.Select(a => a.Silence)]);

    /// <summary>Mean of a measure over the questions that it says something about; <see langword="null"/> where there are none.</summary>
    public double? Mean(Func<GroundedAnswer, double?> measure) => Answers.Select(measure).Average();

    /// <summary>The run, to be kept and compared.</summary>
    /// <param name="collection">What was asked, such as the name of the file.</param>
    /// <param name="name">What answered.</param>
    public RunResult ToRun(string collection, string name) => new(collection, name, [.. Answers.OrderBy(a => a.Question.Id, StringComparer.Ordinal).Select(a =>
        QueryResult.Of(a.Question.Id, a.Question.Text, Measures.Select(m => (m.Name, m.Of(a)))) with { Confidence = a.Silence.Confidence, IsRight = a.IsRight })]);

    /// <summary>Asks every question, one after the other.</summary>
    /// <param name="questions">The questions.</param>
    /// <param name="pipeline">What answers, over a retriever of a question's passages.</param>
    /// <param name="clock">Measures the times.</param>
    /// <param name="judge">Says what supports what. Default: <see cref="WordSupportJudge"/>.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<GroundingEvaluation> OfAsync(IReadOnlyList<ClapnqQuestion> questions, Func<IRetriever, RagPipeline> pipeline, TimeProvider clock, ISupportJudge? judge = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(clock);
        judge ??= new WordSupportJudge();
        List<GroundedAnswer> answers = [];
        foreach (var question in questions)
        {
            var passages = PlacedPassage.Of(question);
            var answer = await pipeline(await ReadingEvaluation.RetrieverAsync(passages.Select(p => p.Document), clock, cancellationToken)).AskAsync(question.Text, cancellationToken);
            answers.Add(await GroundedAnswer.OfAsync(question, passages, answer, judge, cancellationToken));
        }

        return new(answers);
    }
}
