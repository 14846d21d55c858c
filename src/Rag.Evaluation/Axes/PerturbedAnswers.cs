using Rag.Evaluation.Perturbations;

namespace Rag.Evaluation.Axes;

/// <summary>What became of the answers under one perturbation.</summary>
/// <param name="Perturbation">The change.</param>
/// <param name="Changed">Of each answerable question, whether the change changed it or what it is answered from.</param>
/// <param name="Right">Of each, whether its first quote then holds a right answer.</param>
public sealed record PerturbedAnswers(Perturbation Perturbation, IReadOnlyList<bool> Changed, IReadOnlyList<bool> Right)
{
    /// <summary>Share of right answers, 0 to 1; 0 without questions.</summary>
    public double Accuracy => Right.Select(r => r ? 1.0 : 0).DefaultIfEmpty(0).Average();

    /// <summary>Share of the questions that the change reached; a small one says that accuracy tells little.</summary>
    public double Reach => Changed.Select(c => c ? 1.0 : 0).DefaultIfEmpty(0).Average();
}
