using Rag.Evaluation.Answers;

namespace Rag.Cli.Json;

/// <summary>What <c>rag eval rgb</c> prints: shares, <c>null</c> where the files have no such questions.</summary>
internal sealed record EvalRgbJson(int Questions, RgbNoiseJson NoiseRobustness, double? NegativeRejection, RgbIntegrationJson InformationIntegration, RgbCounterfactualJson CounterfactualRobustness)
{
    public static EvalRgbJson Of(RgbEvaluation rgb) => new(
        rgb.Answers.Select(a => a.Question.Id).Distinct().Count(),
        new(rgb.Noise(0), rgb.Noise(0.2), rgb.Noise(0.4), rgb.Noise(0.6), rgb.Noise(0.8)),
        rgb.Rejection,
        new(rgb.Integration(0), rgb.Integration(0.2), rgb.Integration(0.4)),
        new(rgb.TrueAccuracy, rgb.FalseAccuracy, rgb.Misled, rgb.ErrorDetection, rgb.ErrorCorrection, rgb.ConflictDetection));
}

/// <summary>Right answers where 0 to 80 % of the documents are beside the point.</summary>
internal sealed record RgbNoiseJson(double? At0, double? At20, double? At40, double? At60, double? At80);

/// <summary>Answers with all parts where 0 to 40 % of the documents are beside the point.</summary>
internal sealed record RgbIntegrationJson(double? At0, double? At20, double? At40);

/// <summary>Answers from documents that are true, falsified, and both.</summary>
internal sealed record RgbCounterfactualJson(double? TrueAccuracy, double? FalseAccuracy, double? Misled, double? ErrorDetection, double? ErrorCorrection, double? ConflictDetection);
