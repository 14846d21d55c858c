using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

/// <summary>The steps of <see cref="SamplingOptions"/> written out one by one over full sorts, in double precision.</summary>
internal static class ReferenceSampler
{
    /// <summary>The tokens that may be drawn and their probabilities.</summary>
    public static SortedDictionary<int, double> Distribution(float[] logits, SamplingOptions options, params int[] history)
    {
        var adjusted = Adjusted(logits, options, history);
        IEnumerable<int> kept = [.. Enumerable.Range(0, logits.Length).Where(t => !double.IsNegativeInfinity(adjusted[t])).OrderByDescending(t => adjusted[t]).ThenBy(t => t)];
        if (options.TopK > 0)
        {
            kept = [.. kept.Take(options.TopK)];
        }

        if (options.TypicalP < 1)
        {
            var p = Softmax(adjusted, kept, 1);
            var entropy = -p.Values.Where(v => v > 0).Sum(v => v * Math.Log(v));
            kept = OfMass([.. kept.OrderBy(t => Math.Abs(-Math.Log(p[t]) - entropy)).ThenBy(t => t)], p, options.TypicalP);
            kept = [.. kept.OrderByDescending(t => adjusted[t]).ThenBy(t => t)];
        }

        if (options.TopP < 1)
        {
            kept = OfMass([.. kept], Softmax(adjusted, kept, 1), options.TopP);
        }

        if (options.MinP > 0)
        {
            var best = kept.Max(t => adjusted[t]);
            kept = [.. kept.Where(t => Math.Exp(adjusted[t] - best) >= options.MinP)];
        }

        return options.Temperature == 0 ? new SortedDictionary<int, double> { [kept.First()] = 1 } : Softmax(adjusted, kept, options.Temperature);
    }

    private static double[] Adjusted(float[] logits, SamplingOptions options, int[] history)
    {
        double[] adjusted = [.. logits.Select((l, t) => (double)(l + options.LogitBias.GetValueOrDefault(t)))];
        foreach (var group in history.TakeLast(options.Penalties.Window).GroupBy(t => t))
        {
            var logit = adjusted[group.Key];
            logit = logit > 0 ? logit / options.Penalties.Repetition : logit * options.Penalties.Repetition;
            adjusted[group.Key] = logit - (group.Count() * options.Penalties.Frequency) - options.Penalties.Presence;
        }

        return adjusted;
    }

    private static SortedDictionary<int, double> Softmax(double[] logits, IEnumerable<int> tokens, double temperature)
    {
        var best = tokens.Max(t => logits[t]);
        var sum = tokens.Sum(t => Math.Exp((logits[t] - best) / temperature));
        return new SortedDictionary<int, double>(tokens.ToDictionary(t => t, t => Math.Exp((logits[t] - best) / temperature) / sum));
    }

    private static List<int> OfMass(IReadOnlyList<int> ordered, SortedDictionary<int, double> probabilities, double mass)
    {
        var (kept, sum) = (new List<int>(), 0.0);
        foreach (var token in ordered)
        {
            kept.Add(token);
            sum += probabilities[token];
            if (sum >= mass)
            {
                break;
            }
        }

        return kept;
    }
}
