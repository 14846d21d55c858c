namespace Rag.Agents.Replay;

/// <summary>The time of a recorded run. It stands still while the run itself works and moves on while something outside is waited for, so that it can be replayed exactly. Safe for concurrent use.</summary>
/// <remarks>
/// Timers ring only while a call is waited for: one that comes due in between rings when the next call begins. They ring in the order in which they are due, and what they cut off is decided
/// here, once, for the run and for its record. A reply that has come may not have been read yet, so timers wait until the run has looked at the clock or made another call; samples that are
/// still asked for beside it are left out.
/// </remarks>
/// <param name="time">The real time.</param>
/// <param name="live">Whether it moves with the real time, rather than as a record says.</param>
internal sealed class TapeClock(TimeProvider time, bool live) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TapeTimer> _timers = []; // in the order of their creation
    private readonly List<TapeWait> _waits = [];
    private TaskCompletionSource? _ringing;
    private string? _taken; // prompt of the reply that came last and may not have been read
    private bool _live = live;
    private long? _start;
    private TimeSpan _offset; // of the real time from the time of the run
    private TimeSpan _rung; // timers that are due by then have rung outside
    private TimeSpan _now;

    /// <summary>When the run began.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>The time of the run.</summary>
    public TimeSpan Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            Elapsed();
            _taken = null;
            return _now.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TapeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>From here on it moves with the real time.</summary>
    public void GoLive()
    {
        lock (_lock)
        {
            (_live, _offset) = (true, _now);
            Elapsed();
            _timers.ForEach(timer => timer.Start(Max(TimeSpan.Zero, timer.Due - _now)));
        }
    }

    /// <summary>A call is waited for from now on. <see cref="Ring"/> is to be called next.</summary>
    /// <param name="prompt">The prompt that samples side by side share; <see langword="null"/> for other calls.</param>
    /// <param name="context">Where the passages of a tool go.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public TapeWait Begin(string? prompt, AgentContext? context, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var wait = new TapeWait(prompt, context, Max(_now, Elapsed()), cancellationToken);
            _waits.Add(wait);
            _taken = prompt == _taken ? _taken : null;
            return wait;
        }
    }

    /// <summary>Rings what is due as long as a call is waited for. The run may go on at once within it, to its end even.</summary>
    public void Ring()
    {
        while (Due() is { Count: > 0 } due)
        {
            due.ForEach(timer => timer.Ring());
            lock (_lock)
            {
                _waits.RemoveAll(wait => wait.Outcome is not null);
                _ringing!.SetResult();
                _ringing = null;
            }
        }
    }

    /// <summary>The call has ended by itself, or was cut off: says which.</summary>
    public async Task<RecordedOutcome> EndAsync(TapeWait wait)
    {
        for (Task? ringing = null; ; await ringing!)
        {
            lock (_lock)
            {
                ringing = _ringing?.Task;
                if (wait.Outcome is null && ringing is null)
                {
                    _now = Max(_now, Elapsed());
                    _taken = wait.Prompt;
                    wait.Complete(_now);
                }

                if (wait.Outcome is { } outcome)
                {
                    _waits.Remove(wait);
                    return outcome;
                }
            }
        }
    }

    /// <summary>A recorded call has ended.</summary>
    public void MoveTo(TimeSpan end)
    {
        lock (_lock)
        {
            _now = Max(_now, end);
        }
    }

    /// <summary>A recorded call was left out: the timers that are due by then ring at the next call.</summary>
    public void LeaveOut(TimeSpan end)
    {
        MoveTo(end);
        Rung(end);
    }

    /// <summary>A recorded call was cut off: the timers that are due by then ring.</summary>
    /// <returns>Whether one of them has cancelled the call.</returns>
    public async Task<bool> CutOffAsync(TimeSpan end, CancellationToken cancellationToken)
    {
        Rung(end);
        var wait = Begin(null, null, cancellationToken);
        Ring();
        return await EndAsync(wait) == RecordedOutcome.TimedOut;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private TimeSpan Elapsed()
    {
        if (!_live)
        {
            return _now;
        }

        if (_start is null)
        {
            (_start, Started) = (time.GetTimestamp(), time.GetUtcNow() - _offset);
        }

        return _offset + time.GetElapsedTime(_start.Value);
    }

    private void Rung(TimeSpan due)
    {
        lock (_lock)
        {
            _rung = Max(_rung, due);
        }
    }

    private List<TapeTimer> Due()
    {
        lock (_lock)
        {
            if (_waits.Count == 0 || _ringing is not null || _timers.Where(t => t.Due <= _rung).MinBy(t => t.Due) is not { } first)
            {
                return [];
            }

            _now = Max(_now, first.Due);
            if (_taken is not null)
            {
                _waits.ForEach(wait => wait.LeaveOut(_now));
                _waits.Clear();
                return [];
            }

            List<TapeTimer> due = [.. _timers.Where(t => t.Due == first.Due)];
            _timers.RemoveAll(due.Contains);
            _waits.ForEach(wait => wait.Note(_now));
            _ringing = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return due;
        }
    }

    private sealed class TapeTimer(TapeClock clock, Action callback) : ITimer
    {
        private ITimer? _real;

        public TimeSpan Due { get; private set; }

        public void Ring() => callback();

        public void Start(TimeSpan dueTime)
        {
            var due = Due;
            _real = clock.RealTimer(dueTime, () =>
            {
                clock.Rung(due);
                clock.Ring();
            });
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _real?.Dispose();
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                    if (clock._live)
                    {
                        Start(dueTime);
                    }
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, default);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }

    private ITimer RealTimer(TimeSpan dueTime, Action ring) => time.CreateTimer(_ => ring(), null, dueTime, Timeout.InfiniteTimeSpan);
}
