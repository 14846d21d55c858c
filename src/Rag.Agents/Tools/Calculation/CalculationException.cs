namespace Rag.Agents.Tools.Calculation;

/// <summary>An expression cannot be calculated. The message says why and what to do, as the rest of a sentence.</summary>
internal sealed class CalculationException(string message, int position) : Exception(message)
{
    /// <summary>0-based place in the expression.</summary>
    public int Position => position;
}
