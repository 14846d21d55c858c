using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LLama;
using LLama.Common;
using LLama.Native;
using Rag.Retrieval;

namespace Rag.LLamaSharp;

/// <summary>Scores chunks against a query with a cross-encoder in LLamaSharp's weights, many pairs in one batch, in one context. Safe for concurrent use.</summary>
/// <remarks>
/// Scores are the logistic of the head's output: 0 to 1, higher is better. The model sees a chunk as its context, a new line, and its text; nothing in it or the query becomes a control token. Of pairs longer than
/// what is read at once the chunk's end is left out, and the query's end where it takes more than half.
/// </remarks>
public sealed class LLamaSharpReranker : IReranker, IDisposable
{
    private readonly LLamaWeights _weights;
    private readonly PooledReader _reader;
    private readonly LLamaToken[] _begin;
    private readonly LLamaToken[] _between;
    private readonly LLamaToken[] _end;

    /// <summary>Makes a context.</summary>
    /// <param name="weights">A re-ranker with one output; may be shared, and stays the caller's to dispose.</param>
    /// <param name="parameters">Batch size, which is the most that is read at once. Pooling, sizes of context and micro-batch and number of sequences are not used.</param>
    /// <exception cref="NotSupportedException">The model is no re-ranker, has several outputs, or no token that stands between two texts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">What is read at once has no room for a query and a text.</exception>
    /// <exception cref="global::LLama.Exceptions.RuntimeError">llama.cpp makes no such context.</exception>
    public LLamaSharpReranker(LLamaWeights weights, ModelParams parameters)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(parameters);
        if (weights.Metadata("pooling_type") != ((int)LLamaPoolingType.Rank).ToString(CultureInfo.InvariantCulture))
        {
            throw new NotSupportedException($"'{weights.ModelName()}' is no re-ranker: its file does not say that its outputs are scores. Take a model that was converted as one.");
        }

        if (OutputsOf(null, weights.NativeHandle) is var outputs and not 1)
        {
            throw new NotSupportedException($"'{weights.ModelName()}' gives {outputs} outputs, and this re-ranker judges by one. Take a model with one, or Rag.Llama, which knows what labels mean.");
        }

        _weights = weights;
        (_begin, _between, _end) = Frame(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min((int)parameters.BatchSize, weights.ContextSize), 2 * (_begin.Length + _between.Length + _end.Length), nameof(parameters));
        _reader = new(weights, parameters with { PoolingType = LLamaPoolingType.Rank });
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">Disposed, before or meanwhile.</exception>
    /// <exception cref="global::LLama.Exceptions.RuntimeError">llama.cpp failed.</exception>
    public async Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var question = Tokens(query.Text);
        // each text once: what else is in a batch changes the rounding of a score
        var texts = candidates.Select(c => TextOf(c.Chunk)).Distinct().ToList();
        var outputs = await _reader.ReadAsync(texts.ConvertAll(t => Pair(question, Tokens(t))), cancellationToken);
        var scores = texts.Zip(outputs).ToDictionary(s => s.First, s => 1 / (1 + Math.Exp(-s.Second[0])));
        return [.. candidates
            .Select(c => c with { Score = scores[TextOf(c.Chunk)] })
            .Select(c => c with { Terms = query.Explain ? [new("(score by the model)", 1, 1, c.Score)] : [] })
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    /// <summary>Waits for the batch under way and frees the context; not the weights.</summary>
    public void Dispose() => _reader.Dispose();

    private static string TextOf(Chunk chunk) => chunk.Context.Length == 0 ? chunk.Text : $"{chunk.Context}\n{chunk.Text}";

    // BERT's [CLS] query [SEP] text [SEP], RoBERTa's <s> query </s></s> text </s>. LLamaSharp's own LLamaReranker begins the text with another [CLS] or <s>, which no model was trained with.
    private static (LLamaToken[] Begin, LLamaToken[] Between, LLamaToken[] End) Frame(LLamaWeights weights)
    {
        var around = weights.NativeHandle.Tokenize("", addBos: true, special: false, Encoding.UTF8);
        LLamaToken[] begin = weights.Vocab.BOS is { } bos && around.Length > 0 && around[0] == bos ? [bos] : [];
        LLamaToken[] end = around.Length > begin.Length ? around[begin.Length..] : (weights.Vocab.EOS ?? weights.Vocab.SEP) is { } mark ? [mark]
            : throw new NotSupportedException($"The vocabulary of '{weights.ModelName()}' has no token that stands between two texts. Take another conversion of the re-ranker.");
        // files converted before llama.cpp knew the key do not say it
        var doubles = weights.Metadata.GetValueOrDefault("tokenizer.ggml.add_sep_token") is { } adds ? adds == "true" : weights.Metadata["general.architecture"].Contains("bert", StringComparison.Ordinal);
        return (begin, weights.Vocab.ShouldAddEOS && doubles ? [.. end, weights.Vocab.SEP ?? end[0]] : end, end);
    }

    // LLamaSharp binds it and does not make it public
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "llama_model_n_cls_out")]
    private static extern uint OutputsOf(SafeLlamaModelHandle? type, SafeLlamaModelHandle model);

    private LLamaToken[] Tokens(string text) => _weights.NativeHandle.Tokenize(text, addBos: false, special: false, Encoding.UTF8);

    private LLamaToken[] Pair(LLamaToken[] query, LLamaToken[] text)
    {
        var room = _reader.MaxTokens - _begin.Length - _between.Length - _end.Length;
        var asked = Math.Min(query.Length, Math.Max(room / 2, room - text.Length));
        return [.. _begin, .. query[..asked], .. _between, .. text[..Math.Min(text.Length, room - asked)], .. _end];
    }
}
