using Rag.Llama.Engine;

namespace Rag.NativeBench.Soaking;

/// <summary>Compares a text that was written among others with the same one written alone.</summary>
/// <remarks>
/// llama.cpp rounds differently for different batches, so where two tokens are equally probable either may be chosen, and texts part there. That is no fault: up to there the
/// probabilities must agree, and there the two must be as probable as each other, within a tolerance. Anything else is a wrong stream. For beams see <see cref="BeamTies"/>.
/// </remarks>
/// <param name="tolerance">Most difference of log-probabilities, in nats.</param>
internal sealed class StreamCheck(double tolerance)
{
    /// <summary>Most difference of log-probabilities, in nats.</summary>
    public double Tolerance => tolerance;

    /// <summary>For a model of such weights: activations are rounded with quantised ones, see docs/results/native.md.</summary>
    public static StreamCheck Of(string? quantization) => new(quantization is null or "F16" or "F32" or "BF16" ? 0.05 : 0.15);

    /// <summary>What differs, if it may not; and the greatest difference of log-probabilities of tokens that agree.</summary>
    public (string? Fault, bool Parted, double Difference) Compare(SoakRun among, SoakRun alone, IReadOnlySet<int> ends)
    {
        var (result, expected) = (among.Result!, alone.Result!);
        var difference = 0d;
        for (var i = 0; i < Math.Min(among.Tokens.Count, alone.Tokens.Count); i++)
        {
            var (token, other) = (among.Tokens[i], alone.Tokens[i]);
            var apart = Math.Abs(token.LogProbability!.Value - other.LogProbability!.Value);
            if (apart > tolerance)
            {
                return ($"token {i}: {token.Token} at {token.LogProbability:F4} for {other.Token} at {other.LogProbability:F4}", false, difference);
            }

            if (token.Token != other.Token)
            {
                return (null, true, difference);
            }

            difference = Math.Max(difference, apart);
        }

        return among.Text == alone.Text && result.Cause == expected.Cause && among.Tokens.Count == alone.Tokens.Count ? (null, false, difference)
            : MayEnd(among, alone, ends) || MayEnd(alone, among, ends) ? (null, true, difference)
            : ($"'{among.Text}' ({result.Cause}, {among.Tokens.Count}) for '{alone.Text}' ({expected.Cause}, {alone.Tokens.Count})", false, difference);
    }

    // One ended where the other went on with a token no more probable than the end.
    private bool MayEnd(SoakRun ended, SoakRun other, IReadOnlySet<int> ends) =>
        ended.Result!.Cause == FinishCause.End && ended.Tokens.Count < other.Tokens.Count
        && other.Tokens[ended.Tokens.Count] is { } next && next.Alternatives.Any(a => ends.Contains(a.Token) && Math.Abs(a.LogProbability - next.LogProbability!.Value) < tolerance);
}
