using System.Runtime.InteropServices;

namespace Rag.Llama.Decoding;

/// <summary>Changes logits by the bias and the penalties of <see cref="SamplingOptions"/>.</summary>
internal sealed class LogitAdjustment(SamplingOptions options)
{
    private readonly KeyValuePair<int, float>[] _bias = [.. options.LogitBias];
    private readonly Dictionary<int, int> _seen = [];

    /// <summary>Whether nothing changes, whatever the history.</summary>
    public bool ChangesNothing { get; } = options.LogitBias.Count == 0 && options.Penalties.ChangesNothing;

    /// <summary>Applies the bias, then the penalties over the end of <paramref name="history"/>; ids that are no token of the vocabulary count for nothing there.</summary>
    /// <exception cref="LlamaException">The bias names a token outside of the vocabulary.</exception>
    public void Apply(Span<float> logits, ReadOnlySpan<int> history)
    {
        foreach (var (token, bias) in _bias)
        {
            if (token >= logits.Length)
            {
                throw new LlamaException($"The logit bias names token {token}, but the model's vocabulary has {logits.Length} tokens. Use ids from 0 to {logits.Length - 1}.");
            }

            logits[token] = float.IsFinite(bias) ? Finite(logits[token], (double)logits[token] + bias) : bias;
        }

        if (!options.Penalties.ChangesNothing)
        {
            Penalise(logits, history);
        }
    }

    private void Penalise(Span<float> logits, ReadOnlySpan<int> history)
    {
        var penalties = options.Penalties;
        _seen.Clear();
        foreach (var token in history[Math.Max(0, history.Length - penalties.Window)..])
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_seen, token, out _)++;
        }

        foreach (var (token, count) in _seen)
        {
            if ((uint)token < (uint)logits.Length)
            {
                double logit = logits[token];
                logit = logit > 0 ? logit / penalties.Repetition : logit * penalties.Repetition;
                logits[token] = Finite(logits[token], logit - (count * penalties.Frequency) - penalties.Presence);
            }
        }
    }

    // a huge logit must not overflow into a token that is certain or forbidden; one that came infinite stays so
    private static float Finite(float before, double after) => float.IsFinite(before) ? (float)Math.Clamp(after, float.MinValue, float.MaxValue) : before;
}
