using System.Diagnostics;
using System.Numerics.Tensors;
using Rag.Llama;
using Rag.Llama.Engine;

namespace Rag.NativeBench;

/// <summary>llama.cpp by itself: plain decode calls and the largest logit, nothing else. What an engine costs is measured against it.</summary>
internal sealed class RawDecoding : IDisposable
{
    private readonly LlamaContext _context;
    private readonly int[] _next;
    private readonly int[] _rows; // of each sequence the row of the batch whose logits are wanted; -1 for none
    private int _position;

    public RawDecoding(LlamaModel model, LlamaContextOptions options, int sequences)
    {
        _context = new(model, ContextParameters.ForGeneration(model, options, sequences));
        (_next, _rows) = (new int[sequences], new int[sequences]);
        Array.Fill(_rows, -1);
    }

    /// <summary>Reads a prompt into every sequence, in full batches, and takes the first token of each; returns milliseconds.</summary>
    public double Read(IReadOnlyList<int[]> prompts)
    {
        _context.Clear();
        var clock = Stopwatch.StartNew();
        _context.Batch.Clear();
        for (var sequence = 0; sequence < prompts.Count; sequence++)
        {
            var prompt = prompts[sequence];
            for (var i = 0; i < prompt.Length; i++)
            {
                if (_context.Batch.Count == _context.Batch.Capacity)
                {
                    Decode();
                }

                var isLast = i == prompt.Length - 1;
                var row = _context.Add(prompt[i], i, sequence, isLast);
                _rows[sequence] = isLast ? row : -1;
            }
        }

        Decode();
        _position = prompts[0].Length;
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Writes further tokens into every sequence, a row each a step; returns milliseconds.</summary>
    public double Write(int tokens)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < tokens; i++)
        {
            for (var sequence = 0; sequence < _next.Length; sequence++)
            {
                _rows[sequence] = _context.Add(_next[sequence], _position, sequence, output: true);
            }

            Decode();
            _position++;
        }

        return clock.Elapsed.TotalMilliseconds;
    }

    public void Dispose() => _context.Dispose();

    private void Decode()
    {
        var result = _context.Decode();
        if (result != StepResult.Done)
        {
            throw new InvalidOperationException($"A plain step ended with {result}: the context of {_context.Size} tokens is too small.");
        }

        for (var sequence = 0; sequence < _rows.Length; sequence++)
        {
            if (_rows[sequence] >= 0)
            {
                _next[sequence] = TensorPrimitives.IndexOfMax<float>(_context.Logits(_rows[sequence]));
                _rows[sequence] = -1;
            }
        }

        _context.Batch.Clear();
    }
}
