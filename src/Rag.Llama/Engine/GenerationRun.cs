using System.Diagnostics;
using System.Threading.Channels;

namespace Rag.Llama.Engine;

/// <summary>One request on its way: waiting, reading its prompt, writing its text. Only the engine's thread touches it, but for <see cref="Cancel"/>.</summary>
internal sealed class GenerationRun
{
    private readonly Channel<GenerationUpdate> _updates = Channel.CreateUnbounded<GenerationUpdate>(new() { SingleReader = true, SingleWriter = true });
    private readonly long _queued = Stopwatch.GetTimestamp();
    private readonly List<LlamaAdapter> _held = [];
    private readonly uint _seed;
    private long _started;
    private long _firstToken;
    private int _steps;
    private int _stepsToFirstToken;
    private volatile bool _cancelled;

    public GenerationRun(GenerationRequest request, LlamaVocabulary vocabulary, IContinuation continuation, uint seed, CancellationToken cancellationToken)
    {
        Request = request;
        CancellationToken = cancellationToken;
        Tokens = [.. request.Prompt.Span];
        Adapters = string.Join(',', request.Adapters.Select(a => $"{a.Adapter.Id}*{a.Scale:R}"));
        Output = new TextOutput(request, vocabulary, _updates.Writer);
        Continuation = continuation;
        _seed = seed;
    }

    public GenerationRequest Request { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Names the adapters with their scales: requests of equal names can share a step and what was read.</summary>
    public string Adapters { get; }

    public IContinuation Continuation { get; }

    public TextOutput Output { get; }

    public ChannelReader<GenerationUpdate> Updates => _updates.Reader;

    /// <summary>The prompt, and the text behind it as far as it is one.</summary>
    public List<int> Tokens { get; }

    /// <summary>How many of <see cref="Tokens"/> the sequence holds.</summary>
    public int Decoded { get; set; }

    /// <summary>The sequence that holds them; -1 while waiting.</summary>
    public int Sequence { get; set; } = -1;

    /// <summary>Further sequences, for beams.</summary>
    public int[] MoreSequences { get; private set; } = [];

    /// <summary>Tokens generated so far.</summary>
    public int Generated { get; set; }

    public bool IsCancelled => _cancelled;

    /// <summary>Whether the prompt, or after parking what stands in its place, has been read.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Tokens of <see cref="Tokens"/> that the current step reads.</summary>
    public int Reading { get; set; }

    /// <summary>The row of the current step that holds the last token.</summary>
    public int OutputRow { get; set; } = -1;

    public int CachedTokens { get; private set; }

    public long LastStep { get; set; }

    /// <summary>The texts of a finished beam search, best first.</summary>
    public IReadOnlyList<GeneratedText> Best { get; set; } = [];

    public int Unread => Tokens.Count - Decoded;

    /// <summary>Keeps the adapters open until the request has ended, though their owner disposes them; llama.cpp would read freed memory.</summary>
    /// <exception cref="ObjectDisposedException">One is disposed already.</exception>
    public void HoldAdapters()
    {
        foreach (var (adapter, _) in Request.Adapters)
        {
            var held = false;
            adapter.Handle.DangerousAddRef(ref held);
            _held.Add(adapter);
        }
    }

    /// <summary>May be called from any thread.</summary>
    public void Cancel() => _cancelled = true;

    /// <summary>Notes when it first got a slot.</summary>
    public void Start() => _started = _started == 0 ? Stopwatch.GetTimestamp() : _started;

    /// <summary>Whether it has outlived a failed context.</summary>
    public bool WasMoved { get; set; }

    /// <summary>Notes the sequences it was given and how much of <see cref="Tokens"/> the first one holds.</summary>
    public void Place(int decoded, int[] moreSequences)
    {
        Decoded = decoded;
        MoreSequences = moreSequences;
        CachedTokens = _started == 0 ? decoded : CachedTokens;
    }

    /// <summary>Every sequence it has.</summary>
    public IEnumerable<int> Sequences => MoreSequences.Prepend(Sequence);

    /// <summary>Gives up its place; what it has written is part of what it will read.</summary>
    public void Park()
    {
        Sequence = -1;
        MoreSequences = [];
        Decoded = 0;
        HasBegun = false;
    }

    public void CountStep() => _steps++;

    /// <summary>Notes when the prompt has been read: once its logits are there, since a GPU computes on after <see cref="LlamaContext.Decode"/> has returned.</summary>
    public void FirstToken()
    {
        if (_firstToken == 0)
        {
            _firstToken = Stopwatch.GetTimestamp();
            _stepsToFirstToken = _steps;
        }
    }

    public GenerationResult Complete(FinishCause cause)
    {
        FirstToken(); // where a text had to end before it
        Output.Flush();
        var result = new GenerationResult
        {
            Cause = cause,
            PromptTokens = Request.Prompt.Length,
            CachedTokens = CachedTokens,
            Tokens = Generated,
            Seed = _seed,
            QueueTime = Stopwatch.GetElapsedTime(_queued, _started),
            PromptTime = Stopwatch.GetElapsedTime(_started, _firstToken),
            GenerateTime = Stopwatch.GetElapsedTime(_firstToken),
            StepsToFirstToken = _stepsToFirstToken,
            Best = Best,
        };
        _updates.Writer.TryWrite(new GenerationUpdate.Completed(result));
        _updates.Writer.TryComplete();
        ReleaseAdapters();
        return result;
    }

    public void Fail(Exception exception)
    {
        _updates.Writer.TryComplete(exception);
        ReleaseAdapters();
    }

    private void ReleaseAdapters()
    {
        _held.ForEach(a => a.Handle.DangerousRelease());
        _held.Clear();
    }
}
