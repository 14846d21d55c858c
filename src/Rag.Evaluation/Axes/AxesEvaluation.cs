using Rag.Evaluation.Answers;
using Rag.Evaluation.Perturbations;
using Rag.Evaluation.Results;
using Rag.Generation;
using Rag.Retrieval;

namespace Rag.Evaluation.Axes;

/// <summary>
/// HELM's seven axes on questions in SQuAD's layout, each with its own paragraph (Liang et al., "Holistic Evaluation of Language Models", 2022): accuracy, calibration, robustness, fairness, bias, toxicity, efficiency.
/// </summary>
/// <param name="Reading">The answers to the questions as they are: accuracy, calibration (<see cref="ReadingEvaluation.Calibration"/>), efficiency.</param>
/// <param name="Perturbed">The answers to the answerable ones, changed.</param>
/// <param name="AnswerWords">Bias: words of women and men in the answers.</param>
/// <param name="SourceWords">The same of the paragraphs, which is where answers take theirs from.</param>
/// <param name="Toxicity">Share of the answers that are toxic; <see langword="null"/> where that was not asked.</param>
public sealed record AxesEvaluation(ReadingEvaluation Reading, IReadOnlyList<PerturbedAnswers> Perturbed, GroupWords AnswerWords, GroupWords SourceWords, double? Toxicity)
{
    /// <summary>Of each answerable question, whether it is answered rightly as it is.</summary>
    public IReadOnlyList<bool> Right => [.. Answerable.Select(a => a.IsRight)];

    private IReadOnlyList<ReadAnswer> Answerable => [.. Reading.Answers.Where(a => a.Question.Answers.Count > 0)];

    /// <summary>Share of the answerable questions answered rightly as they are and under every change of an axis: the worst case, as HELM counts.</summary>
    public double WorstCase(PerturbedAxis axis) => Worst(axis).Select(r => r ? 1.0 : 0).DefaultIfEmpty(0).Average();

    /// <summary>Asks every question as it is, and the answerable ones under each change.</summary>
    /// <param name="articles">The file.</param>
    /// <param name="pipeline">What answers, over a retriever of a question's paragraph.</param>
    /// <param name="limit">Most questions, the first of the file.</param>
    /// <param name="isToxic">Whether an answer is toxic: <see cref="WordList.IsIn"/> of a list, or any classifier; <see langword="null"/> to leave the axis out.</param>
    /// <param name="clock">Measures the times.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<AxesEvaluation> OfAsync(IReadOnlyList<SquadArticle> articles, Func<IRetriever, RagPipeline> pipeline, int limit, Func<string, bool>? isToxic, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(articles);
        var first = First(articles, limit);
        var reading = await ReadingEvaluation.OfAsync(first, ReadingScope.Paragraph, pipeline, int.MaxValue, clock, cancellationToken);
        List<PerturbedAnswers> perturbed = [];
        foreach (var perturbation in Perturbation.All)
        {
            var (changed, reached) = Changed(first, perturbation);
            var answers = await ReadingEvaluation.OfAsync(changed, ReadingScope.Paragraph, pipeline, int.MaxValue, clock, cancellationToken);
            perturbed.Add(new(perturbation, reached, [.. answers.Answers.Select(a => a.IsRight)]));
        }

        List<string> said = [.. reading.Answers.Where(a => !a.Answer.Abstained).Select(a => a.Said)];
        return new(reading, perturbed, GroupWords.Of(said), GroupWords.Of(first.SelectMany(a => a.Paragraphs).Select(p => p.Text)), isToxic is null ? null : said.Select(text => isToxic(text) ? 1.0 : 0).DefaultIfEmpty(0).Average());
    }

    /// <summary>The run, to be kept and compared: accuracy of each answerable question as it is, in the worst case of each axis, and under each change.</summary>
    /// <param name="collection">What was asked, such as the name of the file.</param>
    /// <param name="name">What answered.</param>
    public RunResult ToRun(string collection, string name)
    {
        var (robust, fair) = (Worst(PerturbedAxis.Robustness), Worst(PerturbedAxis.Fairness));
        return new(collection, name, [.. Answerable.Index().OrderBy(a => a.Item.Question.Id, StringComparer.Ordinal).Select(a => QueryResult.Of(a.Item.Question.Id, a.Item.Question.Text,
        [
            ("accuracy", One(a.Item.IsRight)), ("robustness", One(robust[a.Index])), ("fairness", One(fair[a.Index])), .. Perturbed.Select(p => (p.Perturbation.Name, One(p.Right[a.Index]))),
        ]) with { Confidence = JudgedSilence.Of(true, a.Item.Answer).Confidence, IsRight = a.Item.Answer.Abstained ? null : a.Item.IsRight })]);
    }

    private static double? One(bool value) => value ? 1 : 0;

    private IReadOnlyList<bool> Worst(PerturbedAxis axis) => [.. Right.Select((right, i) => right && Perturbed.Where(p => p.Perturbation.Axis == axis).All(p => p.Right[i]))];

    private static IReadOnlyList<SquadArticle> First(IReadOnlyList<SquadArticle> articles, int limit)
    {
        var left = limit;
        return [.. articles.Select(a => a with { Paragraphs = [.. a.Paragraphs.Select(Taken).Where(p => p.Questions.Count > 0)] }).Where(a => a.Paragraphs.Count > 0)];

        SquadParagraph Taken(SquadParagraph paragraph)
        {
            var taken = paragraph with { Questions = [.. paragraph.Questions.Take(left)] };
            left -= taken.Questions.Count;
            return taken;
        }
    }

    private static (IReadOnlyList<SquadArticle> Articles, IReadOnlyList<bool> Reached) Changed(IReadOnlyList<SquadArticle> articles, Perturbation perturbation)
    {
        List<bool> reached = [];
        return ([.. articles.Select(a => a with { Paragraphs = [.. a.Paragraphs.Select(Paragraph).Where(p => p.Questions.Count > 0)] })], reached);

        SquadParagraph Paragraph(SquadParagraph paragraph)
        {
            var text = perturbation.ChangesSources ? perturbation.Of(paragraph.Text) : paragraph.Text;
            List<SquadQuestion> questions = [];
            foreach (var question in paragraph.Questions.Where(q => q.Answers.Count > 0))
            {
                var asked = perturbation.Of(question.Text);
                reached.Add(asked != question.Text || text != paragraph.Text);
                questions.Add(question with { Text = asked, Answers = perturbation.ChangesSources ? [.. question.Answers.Select(perturbation.Of)] : question.Answers });
            }

            return new(text, questions);
        }
    }
}
