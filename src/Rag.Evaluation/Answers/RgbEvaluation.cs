using Rag.Citations;
using Rag.Evaluation.Results;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Evaluation.Answers;

/// <summary>
/// RGB's four abilities (Chen et al., AAAI 2024), shares from 0 to 1, <see langword="null"/> without such questions. An answer is right where it holds every part of the right one, letter by letter, case aside;
/// silence never is. The documents are given to the retriever, which finds among the question's own; see <see cref="RgbDocuments"/>.
/// </summary>
/// <param name="Answers">The answers, by question and case.</param>
public sealed record RgbEvaluation(IReadOnlyList<RgbAnswer> Answers)
{
    /// <summary>The shares of documents beside the point, as in the paper.</summary>
    public static IReadOnlyList<double> NoiseRatios { get; } = [0, 0.2, 0.4, 0.6, 0.8];

    /// <summary>The same where information must be brought together.</summary>
    public static IReadOnlyList<double> IntegrationRatios { get; } = [0, 0.2, 0.4];

    // What the paper's instruction has a model say.
    private static readonly string[] Refusals = ["insufficient information", "信息不足"];

    private static readonly string[] Doubts = ["factual errors", "事实性错误"];

    /// <summary>Noise robustness: share of right answers at a share of noise.</summary>
    public double? Noise(double ratio) => Share(RgbCase.Noise, a => a.IsRight, ratio);

    /// <summary>Negative rejection: share of silences where no document answers.</summary>
    public double? Rejection => Share(RgbCase.Rejection, a => a.IsRefused);

    /// <summary>Information integration: share of answers with all parts at a share of noise.</summary>
    public double? Integration(double ratio) => Share(RgbCase.Integration, a => a.IsRight, ratio);

    /// <summary>Share of right answers from documents that are true, to compare with.</summary>
    public double? TrueAccuracy => Share(RgbCase.True, a => a.IsRight);

    /// <summary>Share of right answers from falsified documents only.</summary>
    public double? FalseAccuracy => Share(RgbCase.False, a => a.IsRight);

    /// <summary>Share of answers with the false answer from falsified documents only; 0 is best.</summary>
    public double? Misled => Share(RgbCase.False, a => a.IsMisled);

    /// <summary>Error detection: share of falsified questions where the answer says that the documents are wrong, or a <see cref="SourceConflict"/> does.</summary>
    public double? ErrorDetection => Share(RgbCase.False, a => a.IsDoubted);

    /// <summary>Error correction: share of right answers among those that were detected.</summary>
    public double? ErrorCorrection => Of(RgbCase.False, 0).Where(a => a.IsDoubted).Select(a => a.IsRight ? 1.0 : 0).Cast<double?>().Average();

    /// <summary>The detection where as many documents are true as false, so that they disagree; not in the paper, whose models know the truth.</summary>
    public double? ConflictDetection => Share(RgbCase.Mixed, a => a.IsDoubted);

    /// <summary>Asks every question in each of its cases, one after the other.</summary>
    /// <param name="questions">The questions; ids differ.</param>
    /// <param name="pipeline">What answers, over a retriever of the documents.</param>
    /// <param name="clock">Measures the times.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<RgbEvaluation> OfAsync(IReadOnlyList<RgbQuestion> questions, Func<IRetriever, RagPipeline> pipeline, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(clock);
        List<RgbAnswer> answers = [];
        foreach (var question in questions)
        {
            foreach (var (kind, noise, documents) in Cases(question).Where(c => c.Documents.Count > 0))
            {
                var retriever = await ReadingEvaluation.RetrieverAsync(documents.Select((d, i) => ReadingEvaluation.Stored($"{question.Id}.{i}", "", d)), clock, cancellationToken);
                answers.Add(Judge(question, kind, noise, await pipeline(retriever).AskAsync(question.Text, cancellationToken)));
            }
        }

        return new(answers);
    }

    /// <summary>The run, to be kept and compared: of each question, whether each case went well.</summary>
    /// <param name="collection">What was asked, such as the name of the file.</param>
    /// <param name="name">What answered.</param>
    public RunResult ToRun(string collection, string name) => new(collection, name, [.. Answers.GroupBy(a => a.Question).OrderBy(g => g.Key.Id, StringComparer.Ordinal).Select(g =>
        QueryResult.Of(g.Key.Id, g.Key.Text, g.Select(a => (a.Measure, (double?)(a.IsGood ? 1 : 0)))))]);

    private static IEnumerable<(RgbCase Case, double Noise, IReadOnlyList<string> Documents)> Cases(RgbQuestion question) => question switch
    {
        { IsIntegration: true } => IntegrationRatios.Select(r => (RgbCase.Integration, r, RgbDocuments.WithNoise(question, r))),
        { Falsified.Count: > 0 } =>
        [
            (RgbCase.True, 0, [.. question.Positive[0].Take(RgbDocuments.Count)]),
            (RgbCase.False, 0, [.. question.Falsified.Take(RgbDocuments.Count)]),
            (RgbCase.Mixed, 0, [.. question.Positive[0].Take(2), .. question.Falsified.Take(2)]),
        ],
        _ => [.. NoiseRatios.Select(r => (RgbCase.Noise, r, RgbDocuments.WithNoise(question, r))), (RgbCase.Rejection, 1, RgbDocuments.WithNoise(question, 1))],
    };

    private static RgbAnswer Judge(RgbQuestion question, RgbCase kind, double noise, Answer answer)
    {
        var said = answer.Abstained ? "" : CitationMark.Remove(answer.Text);
        return new(question, kind, noise)
        {
            IsRight = RgbQuestion.Holds(said, question.Answer),
            IsMisled = RgbQuestion.Holds(said, question.FalseAnswer),
            IsRefused = answer.Abstained || Refusals.Any(r => said.Contains(r, StringComparison.OrdinalIgnoreCase)),
            IsDoubted = answer.Conflicts.Count > 0 || Doubts.Any(d => said.Contains(d, StringComparison.OrdinalIgnoreCase)),
        };
    }

    private IEnumerable<RgbAnswer> Of(RgbCase kind, double noise) => Answers.Where(a => a.Case == kind && (kind == RgbCase.Rejection || a.Noise == noise));

    private double? Share(RgbCase kind, Func<RgbAnswer, bool> holds, double noise = 0) => Of(kind, noise).Select(a => holds(a) ? 1.0 : 0).Cast<double?>().Average();
}
