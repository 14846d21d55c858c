using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Agents.Loop;

/// <summary>The answer that most samples come to (self-consistency: Wang et al., "Self-Consistency Improves Chain of Thought Reasoning in Language Models", ICLR 2023).</summary>
/// <param name="Answer">In the words of the first sample that gave it.</param>
/// <param name="Votes">How many gave it.</param>
/// <param name="Samples">How many there are, those without an answer included.</param>
internal sealed partial record Vote(string Answer, int Votes, int Samples)
{
    /// <summary>The share of the samples that gave it, 0 to 1.</summary>
    public double Share => (double)Votes / Samples;

    /// <summary>The vote among the sampled thoughts of a run; of equals the one that was given first. <see langword="null"/> where none holds an answer.</summary>
    public static Vote? Of(IReadOnlyList<AgentStep> steps)
    {
        var samples = steps.OfType<AgentStep.Thought>().Where(t => t.Sample is not null).ToList();
        var best = samples.Where(t => !string.IsNullOrWhiteSpace(t.Proposes)).GroupBy(t => Key(t.Proposes!)).OrderByDescending(g => g.Count()).ThenBy(g => g.Min(t => t.Sample)).FirstOrDefault();
        return best is null ? null : new(best.MinBy(t => t.Sample)!.Proposes!, best.Count(), samples.Count);
    }

    /// <summary>What is compared: numbers by value, other answers by their words without case, articles and marks.</summary>
    internal static string Key(string answer)
    {
        var text = answer.Trim().TrimEnd('.').ToLowerInvariant();
        var figure = Figures().Replace(text, "");
        if (decimal.TryParse(figure, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return (number / 1.000000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);
        }

        var words = Marks().Replace(text, " ").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "an" or "the"));
        var key = string.Join(' ', words);
        return key.Length > 0 ? key : text;
    }

    // What stands around a figure without changing it.
    [GeneratedRegex(@"[\s$€£,]+")]
    private static partial Regex Figures();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}]+")]
    private static partial Regex Marks();
}
