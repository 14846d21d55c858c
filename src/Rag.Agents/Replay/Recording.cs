using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Loop;

namespace Rag.Agents.Replay;

/// <summary>Makes agents whose run is recorded, replayed or resumed. One for each run; the agents that this one calls are made by it too.</summary>
/// <remarks>
/// What comes from outside goes through it: replies of models, results of tools, approvals and the time. Time stands still while the run itself works and moves on while something outside
/// is waited for, so what <see cref="AgentStep.At"/> says is without the milliseconds of the loop. What a tool does within, such as asking a model of its own, is not recorded, only what comes of it.
/// A model that the verifier asks must go through <see cref="Client"/>: what is waited for elsewhere is not cut off by the budget's time.
/// </remarks>
public sealed class Recording
{
    private readonly AgentRecord? _source;
    private readonly TapeClock _clock;
    private readonly Tape _tape;
    private readonly bool _resumes;
    private readonly List<(Agent Agent, IAgentStrategy Strategy, AgentOptions Options)> _agents = [];
    private IAgentStrategy? _outermost;
    private IReadOnlyList<ChatMessage> _history = [];

    /// <summary>For a run that is recorded.</summary>
    /// <param name="time">Measures the time. Default: the system's clock.</param>
    public Recording(TimeProvider? time = null)
        : this(null, 0, false, time)
    {
    }

    internal Recording(AgentRecord? source, int given, bool resumes, TimeProvider? time)
    {
        (_source, _resumes) = (source, resumes);
        _clock = new(time ?? TimeProvider.System, source is null);
        _tape = new(source, given, resumes, _clock);
    }

    /// <summary>An agent like <c>new Agent(client, strategy, options)</c>, whose run goes through this.</summary>
    /// <param name="client">The model; stays the caller's. May be <see langword="null"/> where a record is replayed, since nothing is asked then.</param>
    /// <param name="strategy">How it reasons.</param>
    /// <param name="options">What it may use. Default <c>new()</c>. Of agents that it calls only those are taken that this made.</param>
    /// <exception cref="ArgumentNullException">There is no client, and it may be asked.</exception>
    /// <exception cref="ArgumentException">A tool is an agent that was not made by this, so that its calls would go past it; or two tools have the same name.</exception>
    public Agent Agent(IChatClient? client, IAgentStrategy strategy, AgentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        options ??= new();
        var tools = new Dictionary<AIFunction, AIFunction>(ReferenceEqualityComparer.Instance); // a strategy's own tool may also be given to its agent
        var recorded = new RecordedStrategy(strategy, [.. strategy.Tools.Select(Tool)], this);
        var agent = new Agent(Client(client, strategy.Name), recorded, options with { Tools = [.. options.Tools.Select(Tool)], Approve = Approve(options.Approve, strategy.Name) }, _clock);
        _agents.Add((agent, recorded, options));
        return agent;

        AIFunction Tool(AIFunction tool) =>
            tool.GetService<AgentTool>() is { } other && !_agents.Exists(a => a.Agent == other.Agent)
                ? throw new ArgumentException($"The agent behind the tool '{tool.Name}' was not made by this recording, so its calls would not be recorded. Make it with the same Recording.", nameof(options))
                : tools.TryGetValue(tool, out var known) ? known : tools[tool] = new RecordedTool(tool, strategy.Name, _tape);
    }

    /// <summary>A model whose replies go through this without an agent, such as one that judges whether an answer is supported.</summary>
    /// <param name="client">The model; stays the caller's. May be <see langword="null"/> where a record is replayed.</param>
    /// <param name="name">What it is in the record, in place of a strategy, such as <c>judge</c>.</param>
    /// <exception cref="ArgumentNullException">There is no client, and it may be asked.</exception>
    public IChatClient Client(IChatClient? client, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_tape.MayGoLive)
        {
            ArgumentNullException.ThrowIfNull(client);
        }

        return new RecordedChatClient(client, name, _tape);
    }

    /// <summary>The record of a run that has ended.</summary>
    /// <param name="run">What the outermost agent gave.</param>
    /// <exception cref="InvalidOperationException">No run of an agent that this made has begun.</exception>
    /// <exception cref="ReplayException">The run departed from the record that it replayed.</exception>
    public AgentRecord Of(AgentRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _tape.ThrowIfDeparted();
        var agent = _agents.Find(a => a.Strategy == _outermost);
        if (agent.Options is not { } options)
        {
            throw new InvalidOperationException("No run has begun that this could be the record of. Make its agent with Recording.Agent and run that.");
        }

        return _source is not null && !_resumes ? _source with { Run = run } : new(run, _tape.Calls)
        {
            Started = _clock.Started,
            History = _history,
            Budget = options.Budget,
            Chat = options.Chat,
            RequireCitations = options.RequireCitations,
            Given = _tape.Given,
            Prompts = _tape.Prompts,
        };
    }

    internal IReadOnlyList<AgentStep>? Next(RecordedStrategy strategy, AgentState state)
    {
        // the outermost agent is the first that wants to know what to do
        _outermost ??= strategy;
        if (strategy != _outermost)
        {
            _tape.ThrowIfDeparted();
            return null;
        }

        _history = state.History;
        return _tape.Next(strategy.Name, state.Steps.Count);
    }

    private Func<ToolApproval, CancellationToken, ValueTask<bool>>? Approve(Func<ToolApproval, CancellationToken, ValueTask<bool>>? approve, string agent) =>
        approve is null && !_tape.Holds(RecordedCallKind.Approval) ? null : async (approval, cancellationToken) =>
        {
            var call = new RecordedCall(RecordedCallKind.Approval, agent, approval.Tool.Name, RecordJson.Sorted(approval.Arguments));
            var allowed = await _tape.CallAsync(call, null, null, async token => JsonSerializer.SerializeToElement(approve is not null && await approve(approval, token), RecordJson.Options.Of<bool>()), cancellationToken);
            return allowed.GetBoolean();
        };
}
