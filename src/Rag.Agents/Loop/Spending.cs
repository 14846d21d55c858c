namespace Rag.Agents.Loop;

/// <summary>What a run has spent of its budget. What an agent spends that it calls counts for both. Safe for concurrent use.</summary>
internal sealed class Spending(AgentBudget budget, TimeProvider time, Spending? caller)
{
    // No reply is worth asking for with less.
    private const int LeastReply = 16;

    // Kept for the final answer: a fifth of the time, and of the tokens a quarter, but no more than a long answer has.
    private const double WorkingTime = 0.8;
    private const int FinalTokens = 1000;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private int _steps;

    public AgentBudget Budget => budget;

    public int Calls { get; private set; }

    public TokenUsage Usage { get; private set; } = new();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    private long Tokens => (long)Usage.PromptTokens + Usage.CompletionTokens;

    /// <summary>Calls that may be made before the final one; a budget of one call has none to keep.</summary>
    public int CallsLeft => Math.Min(Math.Max(1, budget.MaxCalls - 1) - Calls, caller?.CallsLeft ?? int.MaxValue);

    /// <summary>Cancelled when the time for anything but a final answer is over.</summary>
    public CancellationTokenSource Working(CancellationToken cancellationToken) => Limited((budget.Timeout * WorkingTime) - Elapsed, cancellationToken);

    /// <summary>Cancelled when all time is over.</summary>
    public CancellationTokenSource Ending(CancellationToken cancellationToken) => Limited(budget.Timeout - Elapsed, cancellationToken);

    /// <summary>Cancelled when a tool has had its time.</summary>
    public CancellationTokenSource Tool(CancellationToken cancellationToken) => Limited(budget.ToolTimeout, cancellationToken);

    /// <summary>Which limit does not allow another turn; <see langword="null"/> where all do.</summary>
    public AgentStep.OutOfBudget? Exceeded() =>
        _steps >= budget.MaxSteps ? new(AgentStop.Steps, $"The {budget.MaxSteps} steps are spent.")
        : CallsLeft <= 0 ? new(AgentStop.Calls, $"{Calls} calls of the model are made, of {budget.MaxCalls} that are allowed with the final one.")
        : Elapsed >= budget.Timeout * WorkingTime ? OutOfTime()
        : caller?.Exceeded();

    public AgentStep.OutOfBudget OutOfTime() => new(AgentStop.Time, $"The time of {budget.Timeout} is spent, but for a final answer.");

    public void Step() => _steps++;

    /// <summary>Tokens that each of several replies may have behind a prompt of that many tokens; less than one where the prompt cannot be sent.</summary>
    public int ReplyTokens(int prompt, int replies, bool final)
    {
        var most = Math.Min(budget.MaxReplyTokens, caller?.ReplyTokens(prompt, replies, false) ?? int.MaxValue);
        if (budget.MaxTokens is not { } tokens)
        {
            return most;
        }

        var kept = final ? 0 : Math.Min(FinalTokens, tokens / 4);
        var left = ((tokens - kept - Tokens) / replies) - prompt;
        return left < Math.Min(LeastReply, most) ? 0 : (int)Math.Min(left, most);
    }

    /// <summary>Whether the model may be asked for a final answer.</summary>
    public bool MayAskOnce => Calls < budget.MaxCalls && (caller is null || caller.CallsLeft > 0);

    public AgentStep.OutOfBudget OutOfTokens(int prompt) =>
        new(AgentStop.Tokens, $"The next prompt has about {prompt} tokens, {Tokens} are used, and {budget.MaxTokens ?? caller?.Budget.MaxTokens} are allowed with those for a final answer.");

    public void Add(TokenUsage used)
    {
        lock (_lock)
        {
            Calls++;
            Usage = new(Usage.PromptTokens + used.PromptTokens, Usage.CompletionTokens + used.CompletionTokens);
        }

        caller?.Add(used);
    }

    private LinkedTimeout Limited(TimeSpan left, CancellationToken cancellationToken) => new(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);

    /// <summary>A source that is cancelled by its time or by the caller.</summary>
    private sealed class LinkedTimeout : CancellationTokenSource
    {
        private readonly CancellationTokenRegistration _registration;

        public LinkedTimeout(TimeSpan left, TimeProvider time, CancellationToken cancellationToken)
            : base(left, time) => _registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), this);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _registration.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
