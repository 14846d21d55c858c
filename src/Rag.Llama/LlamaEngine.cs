using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Rag.Llama.Engine;

namespace Rag.Llama;

/// <summary>Generates text with a model for many requests at once: one thread, one context, continuous batching. Safe for concurrent use.</summary>
/// <remarks>
/// Requests join and leave between steps. A step holds one row for each text that is being written and reads prompts with the rest, in fair shares, so that a short request is not held up by long
/// ones. What two requests begin with alike is computed once. Where memory runs short, kept beginnings are given up, then the request that came last waits and is read again.
/// </remarks>
public sealed class LlamaEngine : IAsyncDisposable, IDisposable
{
    private readonly AbortFlag _abort = new();
    private readonly EngineMetrics _metrics;
    private readonly EngineSlots _slots;
    private readonly EngineLoop _loop;
    private readonly int _sequences;
    private int _pending;
    private int _disposed;

    /// <summary>Makes a context and starts the thread that computes it.</summary>
    /// <param name="model">The model; may be shared by several engines.</param>
    /// <param name="options">Slots, cache and context. Default <c>new()</c>.</param>
    /// <exception cref="LlamaModelException">The model generates no text.</exception>
    /// <exception cref="LlamaException">There is not enough memory for the context.</exception>
    public LlamaEngine(LlamaModel model, LlamaEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        Options = options ?? new();
        _sequences = Options.Slots + Options.KeptBeginnings;
        if (!model.Generates)
        {
            throw new LlamaModelException(model.Path, $"The model '{model.Name}' ({model.Description}) generates no text: it makes vectors or scores. Use a chat model here, and this one for embeddings or re-ranking.");
        }

        _metrics = new(model.Name, () => WaitingCount, () => ActiveCount);
        _slots = new(NewContext, Options.Slots, Options.KeptBeginnings, !model.IsRecurrent, _abort, _metrics);
        ContextSize = _slots.Context.Size;
        _loop = new(_slots, _abort, $"llama {model.Name}");
    }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>How it was set up.</summary>
    public LlamaEngineOptions Options { get; }

    /// <summary>Tokens that the context holds: the most of one request, prompt and text together.</summary>
    public int ContextSize { get; }

    /// <summary>Requests that wait for a slot now.</summary>
    public int WaitingCount => Math.Max(0, Volatile.Read(ref _pending) - ActiveCount);

    /// <summary>Requests in slots now.</summary>
    public int ActiveCount => _slots?.ActiveCount ?? 0;

    /// <summary>Generates one text: pieces as they are written, and last how it ended. Leaving the enumeration early frees the slot.</summary>
    /// <exception cref="PromptTooLongException">The prompt does not fit; thrown by the call itself, as are the next two.</exception>
    /// <exception cref="ArgumentException">The prompt is empty, or the request does not fit together.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="LlamaBusyException">Too many requests wait; as the enumeration begins.</exception>
    /// <exception cref="LlamaException">The request fails while it is computed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public IAsyncEnumerable<GenerationUpdate> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        Check(request);
        return request.BestOf > 1 && request.Beams is null ? BestOfAsync(request, cancellationToken) : Start(request, cancellationToken);
    }

    /// <summary>Writes what the model made of a prompt to a file, from which <see cref="LoadBeginningAsync"/> has it without reading it again: a long system prompt or document, kept over restarts.</summary>
    /// <param name="prompt">Tokens that later requests begin with; shorter than the context.</param>
    /// <param name="path">The file; written whole or not at all. About as large as the cache of so many tokens.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">The engine keeps no beginnings, or gave this one up at once because requests need the room.</exception>
    public async Task SaveBeginningAsync(ReadOnlyMemory<int> prompt, string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await foreach (var _ in GenerateAsync(new(prompt) { MaxTokens = 1 }, cancellationToken))
        {
        }

        var tokens = prompt.ToArray();
        var state = await OnLoopAsync(() => _slots.Memory.Save(tokens), cancellationToken)
            ?? throw new InvalidOperationException($"The engine did not keep the beginning of {tokens.Length} tokens: it keeps {Options.KeptBeginnings} beginnings of at least {SequenceMemory.ShortestKept} tokens, as long as requests leave room. Raise KeptBeginnings or the context's size.");
        await new SessionFile(SessionFile.IdentityOf(Model), Options.Context.Cache, tokens, state).WriteAsync(path, cancellationToken);
    }

    /// <summary>Keeps a beginning that <see cref="SaveBeginningAsync"/> wrote, here or in another process, and returns its tokens.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="LlamaException">It is no saved beginning, damaged, of another model, of another cache type, or larger than the context.</exception>
    public async Task<ReadOnlyMemory<int>> LoadBeginningAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var file = await SessionFile.ReadAsync(path, SessionFile.IdentityOf(Model), cancellationToken);
        if (file.Cache != Options.Context.Cache || !await OnLoopAsync(() => _slots.Memory.Load(file.Tokens, file.State), cancellationToken))
        {
            throw new LlamaException($"'{path}' holds {file.Tokens.Length} tokens in a cache of {file.Cache}, which do not fit this engine: {ContextSize} tokens in a cache of {Options.Context.Cache}, {Options.KeptBeginnings} beginnings kept. Use an engine like the one that saved it.");
        }

        return file.Tokens;
    }

    /// <summary>Waits for running requests to be stopped, then frees the context.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _loop.Stop();
            _slots.Dispose();
            _abort.Dispose();
            _metrics.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    private IAsyncEnumerable<GenerationUpdate> Start(GenerationRequest request, CancellationToken cancellationToken)
    {
        var seed = request.Sampling.Seed ?? NewSeed();
        IContinuation continuation = request.Beams is null ? new SampledContinuation(request, seed, Model) : new BeamContinuation(request, Model, ContextSize);
        var generation = new GenerationRun(request, Model.Vocabulary, continuation, seed, cancellationToken);
        return RunAsync(generation, cancellationToken);
    }

    private async IAsyncEnumerable<GenerationUpdate> RunAsync(GenerationRun generation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _pending) > Options.QueueLimit + Options.Slots)
        {
            Interlocked.Decrement(ref _pending);
            throw new LlamaBusyException(Options.QueueLimit);
        }

        using var registration = cancellationToken.Register(() => Cancel(generation));
        try
        {
            Enqueue(generation);
            await foreach (var update in generation.Updates.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
            Cancel(generation);
        }
    }

    private async IAsyncEnumerable<GenerationUpdate> BestOfAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = request.Sampling.Seed ?? NewSeed();
        var samples = await Task.WhenAll(Enumerable.Range(0, request.BestOf).Select(i => Sample.ReadAsync(
            Start(request with { BestOf = 1, Alternatives = request.Alternatives ?? 0, Sampling = request.Sampling with { Seed = unchecked(first + (uint)i) } }, cancellationToken), cancellationToken)));
        var best = samples.OrderByDescending(s => s.Text.Score).ToList(); // stable: the lower seed wins a tie
        yield return new GenerationUpdate.Piece(best[0].Text.Text, request.Alternatives is null ? [] : best[0].Tokens);
        yield return new GenerationUpdate.Completed(best[0].Result with { Best = [.. best.Select(s => s.Text)] });
    }

    private void Enqueue(GenerationRun generation)
    {
        try
        {
            generation.HoldAdapters();
            ObjectDisposedException.ThrowIf(!_loop.Post(() => _slots.Enqueue(generation)), this);
        }
        catch (ObjectDisposedException e)
        {
            generation.Fail(e);
            throw;
        }
    }

    private void Cancel(GenerationRun generation)
    {
        generation.Cancel();
        _loop.Wake();
    }

    private void Check(GenerationRequest request)
    {
        if (request.Prompt.IsEmpty)
        {
            throw new ArgumentException("The prompt is empty. Give at least one token, such as the one that begins a text.", nameof(request));
        }

        foreach (var token in request.Prompt.Span)
        {
            if (token < 0 || token >= Model.Vocabulary.Count)
            {
                throw new ArgumentException($"The prompt holds token {token}, and the vocabulary has {Model.Vocabulary.Count}. Tokenise it with this model.", nameof(request));
            }
        }

        if (request.Prompt.Length >= ContextSize)
        {
            throw new PromptTooLongException(request.Prompt.Length, ContextSize);
        }

        if (request.Beams is { } beams && 2 * beams.Width > _sequences)
        {
            throw new ArgumentException($"Beam search of width {beams.Width} needs {2 * beams.Width} sequences, and the engine has {_sequences}. Narrow it, or raise Slots or KeptBeginnings.", nameof(request));
        }

        if (request.Beams is not null && request.Grammar?.After is not null)
        {
            throw new ArgumentException("Beam search takes a grammar from the first token only. Leave 'After' out, or sample.", nameof(request));
        }

        if (request.Adapters.FirstOrDefault(a => a.Adapter.Model != Model) is { } foreign)
        {
            throw new ArgumentException($"The adapter '{foreign.Adapter.Path}' was loaded for another model. Load it for '{Model.Name}'.", nameof(request));
        }
    }

    private async Task<T> OnLoopAsync<T>(Func<T> call, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _loop.Post(() =>
        {
            try
            {
                done.TrySetResult(call());
            }
#pragma warning disable CA1031 // whatever fails goes to the caller who waits, not to the thread that serves everyone
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.TrySetException(e);
            }
        });
        ObjectDisposedException.ThrowIf(!posted, this);
        return await done.Task.WaitAsync(cancellationToken);
    }

    private static uint NewSeed() => unchecked((uint)RandomNumberGenerator.GetInt32(int.MinValue, int.MaxValue));

    private LlamaContext NewContext()
    {
        var parameters = ContextParameters.ForGeneration(Model, Options.Context, _sequences);
        _abort.WriteTo(ref parameters);
        return new LlamaContext(Model, parameters);
    }
}
