using System.Runtime.ExceptionServices;
using System.Text.Json;

namespace Rag.Agents.Replay;

/// <summary>Stands between a run and what lies outside of it: writes down what comes in, or gives it from a record. Safe for concurrent use by one run.</summary>
/// <param name="source">The record; <see langword="null"/> where there is none yet.</param>
/// <param name="given">How many of its steps are taken as they are, without asking the model for them.</param>
/// <param name="resumes">Whether the run goes on live from there.</param>
/// <param name="clock">The run's time.</param>
internal sealed class Tape(AgentRecord? source, int given, bool resumes, TapeClock clock)
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _calls = [];
    private readonly Dictionary<string, JsonElement> _prompts = [];
    private readonly RecordedCalls _recorded = new(source?.Calls ?? []);
    private ReplayException? _departure;
    private string? _outermost;
    private int _step;
    private bool _giving = given > 0; // while the steps that are given are taken
    private readonly List<CancellationToken> _inner = []; // of the agents that are called now

    /// <summary>Whether what lies outside is called.</summary>
    public bool IsLive { get; private set; } = source is null;

    /// <summary>Whether it is called now or will be.</summary>
    public bool MayGoLive => source is null || resumes;

    /// <summary>How many steps were given to the run so far.</summary>
    public int Given { get; private set; }

    /// <summary>The prompts that were asked, by their keys.</summary>
    public IReadOnlyDictionary<string, JsonElement> Prompts
    {
        get
        {
            lock (_lock)
            {
                return _prompts.ToDictionary(); // a sample that was cut off may still be on its way in
            }
        }
    }

    /// <summary>The calls in a fixed order: as they were made, and samples side by side by their seeds.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return RecordedCalls.InOrder(_calls.Where(c => c.IsOver).Select(c => c.Call));
            }
        }
    }

    /// <summary>Whether the record holds a call of this kind by an agent.</summary>
    public bool Holds(RecordedCallKind kind, string? agent = null) => source?.Calls.Any(c => c.Kind == kind && (agent is null || c.Agent == agent)) == true;

    /// <summary>The steps that come next without asking the strategy; <see langword="null"/> where it is to be asked.</summary>
    /// <exception cref="ReplayException">The run has departed from the record; a tool cannot say so itself, since its failures go to the model.</exception>
    public IReadOnlyList<AgentStep>? Next(string strategy, int steps)
    {
        ThrowIfDeparted();
        (_outermost, _step) = (strategy, steps);
        if (steps >= given)
        {
            EndGiven();
            return null;
        }

        (var turn, Given) = GivenSteps.Turn(source!.Run.Steps, steps, given);
        clock.MoveTo(turn[0].At);
        return turn;
    }

    /// <exception cref="ReplayException">The run has departed from the record.</exception>
    public void ThrowIfDeparted()
    {
        if (_departure is { } departure)
        {
            throw departure;
        }
    }

    /// <summary>A call to what lies outside.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="prompt">The prompt of a model.</param>
    /// <param name="context">Where the passages of a tool go.</param>
    /// <param name="live">Makes the call.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<JsonElement> CallAsync(RecordedCall call, JsonElement? prompt, AgentContext? context, Func<CancellationToken, Task<JsonElement>> live, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfDeparted();
        EndGivenFor(call);
        return IsLive ? await RecordAsync(call, prompt, context, live, cancellationToken) : await ReplayAsync(call, prompt, context, cancellationToken);
    }

    /// <summary>A number that the model tells of itself or of a prompt: asked for once.</summary>
    public int Window(RecordedCall call, JsonElement? prompt, Func<int>? live)
    {
        EndGivenFor(call);
        lock (_lock)
        {
            if (_calls.Find(c => c.Call.Kind == RecordedCallKind.Window && RecordedCalls.KeyOf(c.Call) == RecordedCalls.KeyOf(call))?.Call.Reply is { } told)
            {
                return told.GetInt32();
            }

            var reply = _recorded.Find(call) is { } recorded && !IsLive ? recorded.Reply!.Value
                : live is not null && MayGoLive ? JsonSerializer.SerializeToElement(live(), RecordJson.Options.Of<int>())
                : throw Depart(call, prompt);
            Keep(call, prompt);
            _calls.Add(new(call with { Depth = Depth, Reply = reply }));
            return reply.GetInt32();
        }
    }

    /// <summary>Another agent's run, which makes calls of its own; among the steps that are given only what came of it counts, since what its budget was is not known.</summary>
    public async Task<JsonElement> AgentAsync(RecordedCall call, AgentContext? context, Func<Task<JsonElement>> run, CancellationToken cancellationToken)
    {
        if (_giving)
        {
            return await ReplayAsync(call, null, context, cancellationToken);
        }

        var known = context?.Passages.Count ?? 0;
        Entry entry;
        lock (_lock)
        {
            _calls.Add(entry = new(call with { Depth = Depth, Outcome = RecordedOutcome.TimedOut, Start = clock.Now, End = clock.Now }));
            _inner.Add(cancellationToken);
        }

        var ended = entry.Call;
        try
        {
            var reply = await run();
            ended = ended with { Outcome = RecordedOutcome.Completed, Reply = reply };
            return reply;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            ended = ended with { Outcome = e is OperationCanceledException ? RecordedOutcome.BrokeOff : RecordedOutcome.Failed, ErrorType = e.GetType().FullName, Error = e.Message };
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _inner.Remove(cancellationToken);
                entry.Call = ended with { Passages = [.. context?.Passages.Skip(known) ?? []], End = clock.Now };
            }
        }
    }

    // An agent that was cut off may not know yet.
    private int Depth => _inner.Count(token => !token.IsCancellationRequested);

    // Where the budget has no turn left, the run asks for its last answer without asking the strategy again.
    private void EndGivenFor(RecordedCall call)
    {
        if (_giving && _inner.Count == 0 && call.Agent == _outermost && call.Kind is (RecordedCallKind.Chat or RecordedCallKind.Window))
        {
            EndGiven();
        }
    }

    private void EndGiven()
    {
        _giving = false;
        if (resumes && !IsLive)
        {
            IsLive = true;
            clock.GoLive();
        }
    }

    private async Task<JsonElement> RecordAsync(RecordedCall call, JsonElement? prompt, AgentContext? context, Func<CancellationToken, Task<JsonElement>> live, CancellationToken cancellationToken)
    {
        var wait = clock.Begin(prompt is null ? null : ChatRequest.KeyOf(call), context, cancellationToken);
        Entry entry;
        lock (_lock)
        {
            Keep(call, prompt);
            _calls.Add(entry = new(call with { Depth = Depth, Start = wait.Start }) { Wait = wait });
        }

        clock.Ring();
        var (reply, thrown) = await LeavingBehindAsync(live, wait.Token);
        var outcome = await clock.EndAsync(wait);
        lock (_lock)
        {
            entry.Call = entry.Call with
            {
                Outcome = outcome != RecordedOutcome.Completed || thrown is null ? outcome : thrown is OperationCanceledException ? RecordedOutcome.BrokeOff : RecordedOutcome.Failed,
                Reply = thrown is null ? reply : null,
                ErrorType = thrown?.GetType().FullName,
                Error = thrown?.Message,
            };
        }

        if (outcome is RecordedOutcome.TimedOut or RecordedOutcome.LeftOut)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        wait.Dispose();
        if (thrown is not null)
        {
            ExceptionDispatchInfo.Throw(thrown);
        }

        return reply;
    }

    // On a thread of its own: what blocks or ignores its token is left behind.
    private static async Task<(JsonElement Reply, Exception? Thrown)> LeavingBehindAsync(Func<CancellationToken, Task<JsonElement>> live, CancellationToken cancellationToken)
    {
        try
        {
            return (await Task.Run(() => live(cancellationToken), cancellationToken).WaitAsync(cancellationToken), null);
        }
        catch (Exception e)
        {
            return (default, e); // cancellation too: the clock says whose it was
        }
    }

    private async Task<JsonElement> ReplayAsync(RecordedCall call, JsonElement? prompt, AgentContext? context, CancellationToken cancellationToken)
    {
        RecordedCall recorded;
        lock (_lock)
        {
            recorded = _recorded.Take(call) ?? throw Depart(call, prompt);
            Keep(call, prompt);
            _calls.Add(new(recorded with { Depth = Depth }));
        }

        foreach (var passage in recorded.Passages)
        {
            context?.Cite(passage.Chunk, passage.Score);
        }

        switch (recorded.Outcome)
        {
            case RecordedOutcome.TimedOut when !await clock.CutOffAsync(recorded.End, cancellationToken):
                throw _departure = ReplayException.OfTime(_step, recorded);
            case RecordedOutcome.TimedOut:
                throw new OperationCanceledException(cancellationToken);
            case RecordedOutcome.LeftOut:
                clock.LeaveOut(recorded.End);
                throw new OperationCanceledException();
        }

        clock.MoveTo(recorded.End);
        return recorded.Outcome switch
        {
            RecordedOutcome.Completed => recorded.Reply ?? RecordJson.Nothing,
            RecordedOutcome.Failed => throw new InvalidOperationException(recorded.Error),
            _ => throw new OperationCanceledException(),
        };
    }

    private void Keep(RecordedCall call, JsonElement? prompt)
    {
        if (prompt is { } messages)
        {
            _prompts.TryAdd(ChatRequest.KeyOf(call), messages);
        }
    }

    private ReplayException Depart(RecordedCall call, JsonElement? prompt)
    {
        var expected = _recorded.Next(call.Kind);
        JsonElement? before = expected is not null && prompt is not null && source!.Prompts.TryGetValue(ChatRequest.KeyOf(expected), out var messages) ? messages : null;
        return _departure ??= ReplayException.Of(_step, call, prompt, expected, before);
    }

    /// <summary>A call in the order in which calls began.</summary>
    private sealed class Entry(RecordedCall call)
    {
        public TapeWait? Wait { get; init; }

        public bool IsOver => Wait is null or { Outcome: not null };

        /// <summary>The call with its end as the clock has decided it: a run that has cut a call off may be over before the call knows.</summary>
        public RecordedCall Call
        {
            get => Wait?.Outcome is not { } outcome ? call
                : outcome == RecordedOutcome.Completed ? call with { Passages = Wait.Passages, End = Wait.End }
                : call with { Outcome = outcome, Passages = Wait.Passages, End = Wait.End, Reply = null, ErrorType = null, Error = null };
            set => call = value;
        }
    }
}
