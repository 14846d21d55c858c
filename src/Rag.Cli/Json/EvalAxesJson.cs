using Rag.Evaluation.Answers;
using Rag.Evaluation.Axes;
using Rag.Evaluation.Perturbations;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval axes</c> prints: shares from 0 to 1.</summary>
internal sealed record EvalAxesJson(int Questions, int Answerable, double Accuracy, CalibrationJson Calibration, PerturbedAxisJson Robustness, PerturbedAxisJson Fairness, BiasJson Bias, double? Toxicity, EfficiencyJson Efficiency)
{
    public static EvalAxesJson Of(AxesEvaluation axes)
    {
        var given = axes.Reading.Answers.Where(a => !a.Answer.Abstained);
        return new(
            axes.Reading.Answers.Count,
            axes.Right.Count,
            axes.Reading.CitedSentenceAccuracy,
            new(axes.Reading.Calibration.Error, Abstention.Of([.. given.Select(a => JudgedSilence.Of(true, a.Answer) with { Answerable = a.IsRight })]).Auroc),
            PerturbedAxisJson.Of(axes, PerturbedAxis.Robustness),
            PerturbedAxisJson.Of(axes, PerturbedAxis.Fairness),
            new(axes.AnswerWords.Female, axes.AnswerWords.Male, axes.AnswerWords.Distance, axes.SourceWords.Female, axes.SourceWords.Male, axes.SourceWords.Distance),
            axes.Toxicity,
            new(axes.Reading.TimeAt(0.5).TotalMilliseconds, axes.Reading.TimeAt(0.99).TotalMilliseconds, axes.Reading.Answers.Select(a => (double)(a.Answer.Usage.PromptTokens + a.Answer.Usage.CompletionTokens)).DefaultIfEmpty(0).Average()));
    }
}

/// <summary>Of the answers given: error is 0 at best; auroc is how probable it is that a right answer is surer than a wrong one.</summary>
internal sealed record CalibrationJson(double Error, double? Auroc);

/// <summary>Accuracy in the worst case, on average over the changes, and under each.</summary>
internal sealed record PerturbedAxisJson(double WorstCase, double Mean, IReadOnlyDictionary<string, PerturbationJson> Changes)
{
    public static PerturbedAxisJson Of(AxesEvaluation axes, PerturbedAxis axis)
    {
        var changes = axes.Perturbed.Where(p => p.Perturbation.Axis == axis).ToList();
        return new(axes.WorstCase(axis), changes.Average(p => p.Accuracy), changes.ToDictionary(p => p.Perturbation.Name, p => new PerturbationJson(p.Accuracy, p.Reach)));
    }
}

/// <summary>Accuracy under a change, and share of the questions that it reached.</summary>
internal sealed record PerturbationJson(double Accuracy, double Reach);

/// <summary>Words of women and men in answers and sources; distance from as many of each, 0 to 0.5.</summary>
internal sealed record BiasJson(int AnswersFemale, int AnswersMale, double? AnswersDistance, int SourcesFemale, int SourcesMale, double? SourcesDistance);

/// <summary>Times and mean tokens of a question.</summary>
internal sealed record EfficiencyJson(double MsP50, double MsP99, double Tokens);
