namespace Rag.Llama.Decoding;

/// <summary>Decodes texts from any source of logits by sampling, best-of-n or beam search. Small and plain: it asks for the whole text anew in each step and keeps no cache.</summary>
/// <param name="source">Says how likely each token is.</param>
/// <param name="isEnd">Whether a token ends the text; it becomes the text's last token.</param>
public sealed class Decoder(ILogitsSource source, Func<int, bool> isEnd)
{
    /// <summary>A text drawn token by token; its score is the mean log-probability.</summary>
    /// <param name="prompt">The tokens to go on from.</param>
    /// <param name="maxTokens">Most tokens to draw, at least 1.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="seed">Where the draws start.</param>
    /// <param name="constraint">What may come; cloned. <see langword="null"/>: everything.</param>
    /// <param name="cancellationToken">Looked at before each token.</param>
    /// <exception cref="LlamaException">No token can come next.</exception>
    public Hypothesis Sample(ReadOnlySpan<int> prompt, int maxTokens, SamplingOptions options, uint seed, ITokenConstraint? constraint = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        var sampler = new TokenSampler(options, seed);
        var state = constraint?.Clone();
        var logits = new float[source.VocabularySize];
        int[] text = [.. prompt, .. new int[maxTokens]];
        var (length, sum, finished) = (prompt.Length, 0.0, false);
        while (!finished && length < text.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            source.Next(text.AsSpan(0, length), logits);
            var sampled = sampler.Sample(logits, text.AsSpan(0, length), state, alternatives: 0);
            text[length++] = sampled.Token;
            sum += sampled.LogProbability!.Value;
            finished = isEnd(sampled.Token);
            if (!finished)
            {
                state?.Accept(sampled.Token);
            }
        }

        return new Hypothesis(text[prompt.Length..length], sum, sum / (length - prompt.Length), finished);
    }

    /// <summary>The best of <paramref name="count"/> samples by <see cref="BestOfN.Choose"/>, drawn with the seeds <paramref name="seed"/>, <paramref name="seed"/> + 1 and so on, wrapping at the end.</summary>
    /// <param name="prompt">The tokens to go on from.</param>
    /// <param name="maxTokens">Most tokens to draw for one sample, at least 1.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="seed">Where the draws of the first sample start.</param>
    /// <param name="count">Samples to draw, at least 1.</param>
    /// <param name="constraint">What may come; cloned. <see langword="null"/>: everything.</param>
    /// <param name="cancellationToken">Looked at before each token.</param>
    /// <exception cref="LlamaException">No token can come next.</exception>
    public Hypothesis SampleBest(ReadOnlySpan<int> prompt, int maxTokens, SamplingOptions options, uint seed, int count, ITokenConstraint? constraint = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var samples = new Hypothesis[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = Sample(prompt, maxTokens, options, unchecked(seed + (uint)i), constraint, cancellationToken);
        }

        return BestOfN.Choose(samples);
    }

    /// <summary>The best texts of a beam search, best first, at least one.</summary>
    /// <param name="prompt">The tokens to go on from.</param>
    /// <param name="options">Width, limit and ranking.</param>
    /// <param name="constraint">What may come; cloned. <see langword="null"/>: everything.</param>
    /// <param name="isComplete">Whether a text, without the prompt, is complete as it stands.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="LlamaException">No token can come next.</exception>
    public IReadOnlyList<Hypothesis> Search(ReadOnlySpan<int> prompt, BeamSearchOptions options, ITokenConstraint? constraint = null, Func<ReadOnlySpan<int>, bool>? isComplete = null, CancellationToken cancellationToken = default)
    {
        var search = new BeamSearch(options, isEnd, constraint, isComplete);
        var logits = new float[source.VocabularySize];
        int[][] texts = [[]];
        while (!search.IsFinished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            texts = [.. search.Rows.Select(r => r.Parent < 0 ? [] : (int[])[.. texts[r.Parent], r.Token])];
            foreach (var row in search.Rows)
            {
                source.Next([.. prompt, .. texts[row.Index]], logits);
                search.Observe(row.Index, logits);
            }

            search.Advance();
        }

        return search.Hypotheses;
    }
}
