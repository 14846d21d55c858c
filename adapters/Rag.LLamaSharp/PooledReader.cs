using LLama;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;

namespace Rag.LLamaSharp;

/// <summary>Reads whole texts, as many as fit a batch at once, and gives what the model makes of each. One context for all calls, which take turns batch by batch.</summary>
internal sealed class PooledReader : IDisposable
{
    private const uint MostSequences = 64;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly LLamaContext _context;
    private readonly bool _encodes;

    /// <exception cref="NotSupportedException">The model has an encoder and a decoder.</exception>
    /// <exception cref="RuntimeError">llama.cpp makes no such context.</exception>
    public PooledReader(LLamaWeights weights, ModelParams parameters)
    {
        _encodes = weights.NativeHandle.HasEncoder;
        if (_encodes && weights.NativeHandle.HasDecoder)
        {
            throw new NotSupportedException($"'{weights.ModelName()}' has an encoder and a decoder, and llama.cpp pools neither. Take a model that has one of them.");
        }

        // texts are read in one piece: models that look both ways end the process where a text spans two micro-batches, others pool the last piece only
        var size = parameters.BatchSize;
        _context = weights.CreateContext(parameters with { Embeddings = true, ContextSize = size, UBatchSize = size, SeqMax = Math.Min(MostSequences, size), KVUnified = true }).OrThrow();
        MaxTokens = (int)Math.Min(size, (uint)weights.ContextSize);
        Pooling = _context.NativeHandle.PoolingType;
    }

    /// <summary>Most tokens of a text: what a batch holds, and no more than the model was trained for.</summary>
    public int MaxTokens { get; }

    public LLamaPoolingType Pooling { get; }

    /// <summary>The model's output for each text, in their order.</summary>
    /// <param name="texts">Tokens, 1 to <see cref="MaxTokens"/> of each.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    public async Task<IReadOnlyList<float[]>> ReadAsync(IReadOnlyList<LLamaToken[]> texts, CancellationToken cancellationToken)
    {
        var outputs = new List<float[]>(texts.Count);
        while (outputs.Count < texts.Count)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                outputs.AddRange(await ReadBatchAsync(texts, outputs.Count));
            }
            finally
            {
                _turn.Release();
            }
        }

        return outputs;
    }

    /// <summary>Waits for the batch under way and frees the context.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _context.Dispose();
        _turn.Release();
    }

    private async Task<float[][]> ReadBatchAsync(IReadOnlyList<LLamaToken[]> texts, int first)
    {
        var batch = new LLamaBatch();
        var count = 0;
        while (first + count < texts.Count && count < _context.Params.SeqMax && batch.TokenCount + texts[first + count].Length <= _context.Params.BatchSize)
        {
            for (var i = 0; i < texts[first + count].Length; i++)
            {
                batch.Add(texts[first + count][i], i, (LLamaSeqId)count, logits: true);
            }

            count++;
        }

        _context.NativeHandle.MemoryClear();
        var result = _encodes ? (DecodeResult)await _context.EncodeAsync(batch) : await _context.DecodeAsync(batch);
        return result == DecodeResult.Ok ? [.. Enumerable.Range(0, count).Select(i => _context.NativeHandle.GetEmbeddingsSeq((LLamaSeqId)i).ToArray())] : throw new LLamaDecodeError(result);
    }
}
