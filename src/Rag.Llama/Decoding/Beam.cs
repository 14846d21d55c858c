namespace Rag.Llama.Decoding;

/// <summary>A text of a beam search that still goes on, or its end.</summary>
internal sealed record Beam(int[] Tokens, double LogProbability, ITokenConstraint? Constraint)
{
    /// <summary>The text and one more token, the constraint not yet moved on.</summary>
    public Beam With(BeamCandidate candidate) => new([.. Tokens, candidate.Token], candidate.LogProbability, Constraint);

    /// <summary>The same text with a constraint of its own, moved on by its last token.</summary>
    public Beam Live()
    {
        var constraint = Constraint?.Clone();
        constraint?.Accept(Tokens[^1]);
        return this with { Constraint = constraint };
    }

    public Hypothesis ToHypothesis(double alpha, bool finished)
    {
        return new Hypothesis(Tokens, LogProbability, Score(LogProbability, Tokens.Length, alpha), finished);
    }

    /// <summary>Sum of log-probabilities over tokens^alpha.</summary>
    public static double Score(double logProbability, int tokens, double alpha) => logProbability / Math.Pow(tokens, alpha);
}

/// <summary>A way to go on: the row, its next token, and the sum of log-probabilities with it.</summary>
internal readonly record struct BeamCandidate(int Row, int Token, double LogProbability);
