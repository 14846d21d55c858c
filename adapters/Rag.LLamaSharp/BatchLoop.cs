using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LLama;
using LLama.Batched;
using LLama.Common;
using LLama.Exceptions;
using LLama.Native;

namespace Rag.LLamaSharp;

/// <summary>Continuous batching: every step decodes one token of each request that writes, and as much of the prompts as still fits; requests come and go between steps.</summary>
internal sealed class BatchLoop : IDisposable
{
    private readonly LLamaWeights _weights;
    private readonly ModelParams _parameters;
    private readonly (LoraAdapter, float)[] _adapters;
    private readonly Channel<Generation> _requests = Channel.CreateUnbounded<Generation>(new() { SingleReader = true });
    private readonly SemaphoreSlim _places;
    private BatchedExecutor _executor;
    private volatile bool _disposed;

    public BatchLoop(LLamaWeights weights, ModelParams parameters, IEnumerable<LoraFile> adapters)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parameters.SeqMax, nameof(parameters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parameters.SeqMax, parameters.BatchSize, nameof(parameters));
        (_weights, _parameters, _adapters, _places) = (weights, parameters, [.. adapters.Select(a => a.Load(weights))], new((int)parameters.SeqMax));
        _executor = Open();
        TokensPerRequest = (int)_executor.Context.ContextSize / (int)parameters.SeqMax;
        _ = Task.Run(LoopAsync);
    }

    /// <summary>Tokens that a request may take with its answer, so that all at once fit the context.</summary>
    public int TokensPerRequest { get; }

    /// <summary>The text of an answer as it comes. Waits for a place first; gives it back when the text ends or the caller leaves.</summary>
    public async IAsyncEnumerable<string> RunAsync(Generation generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        if (!_requests.Writer.TryWrite(generation))
        {
            _places.Release();
            throw Disposed();
        }

        using var leaving = cancellationToken.UnsafeRegister(static g => ((Generation)g!).Abandoned = true, generation);
        try
        {
            await foreach (var text in generation.Text.ReadAllAsync(cancellationToken))
            {
                yield return text;
            }
        }
        finally
        {
            generation.Abandoned = true;
        }
    }

    /// <summary>Ends all requests. The context is freed when the step under way is over.</summary>
    public void Dispose()
    {
        _disposed = true;
        _requests.Writer.TryComplete();
    }

    private static ObjectDisposedException Disposed() => new(nameof(LLamaSharpChatClient));

    private BatchedExecutor Open()
    {
        var executor = new BatchedExecutor(_weights, _parameters);
        executor.Context.OrThrow().NativeHandle.SetLoraAdapters(_adapters);
        return executor;
    }

    private async Task LoopAsync()
    {
        var active = new List<Generation>();
        try
        {
            while (!_disposed && (active.Count > 0 || await _requests.Reader.WaitToReadAsync()))
            {
                Admit(active);
                try
                {
                    await StepAsync(active);
                }
                catch (Exception e)
                {
                    // the batch that failed is still in the executor, so nobody can go on with it
                    active.ForEach(g => g.End(e));
                    _executor.Dispose();
                }

                Release(active.RemoveAll(g => g.HasEnded));
            }
        }
        finally
        {
            _requests.Writer.TryComplete();
            Admit(active);
            active.ForEach(g => g.End(Disposed()));
            _executor.Dispose();
            Release(active.Count);
        }
    }

    private void Release(int places)
    {
        if (places > 0)
        {
            _places.Release(places);
        }
    }

    private void Admit(List<Generation> active)
    {
        while (_requests.Reader.TryRead(out var generation))
        {
            active.Add(generation);
        }
    }

    private async Task StepAsync(List<Generation> active)
    {
        if (_executor.IsDisposed)
        {
            _executor = Open();
        }

        foreach (var generation in active.Where(g => g.Abandoned))
        {
            generation.End(new OperationCanceledException());
        }

        // one batch, and nothing queued between steps: the tokens of a conversation that left stay queued under its number, which the next one gets
        foreach (var generation in active.Where(g => !g.HasEnded).OrderBy(g => g.Tokens == 0))
        {
            generation.Queue(_executor);
        }

        if (await _executor.Infer() is var result and not DecodeResult.Ok)
        {
            throw new LLamaDecodeError(result);
        }

        foreach (var generation in active.Where(g => !g.HasEnded))
        {
            try
            {
                generation.Sample(_executor.Context);
            }
            catch (Exception e)
            {
                generation.End(e);
            }
        }
    }
}
