using System.Text.Json;

namespace Rag.Agents.Replay;

/// <summary>One call of a run to what lies outside of it, with what came of it. Immutable.</summary>
/// <param name="Kind">What was called.</param>
/// <param name="Agent">Name of the strategy that called.</param>
/// <param name="Name">The model, where it is known, or the tool.</param>
/// <param name="Request">What was asked: of a model the key of its prompt in <see cref="AgentRecord.Prompts"/> with the options, seed included; of a tool the arguments, their names in ordinal order.</param>
public sealed record RecordedCall(RecordedCallKind Kind, string Agent, string Name, JsonElement Request)
{
    /// <summary>How many agents lie between the outermost one and the caller; 0 for its own calls. The calls of an agent follow its own.</summary>
    public int Depth { get; init; }

    /// <summary>How it ended.</summary>
    public RecordedOutcome Outcome { get; init; }

    /// <summary>The reply, the result or the decision; <see langword="null"/> where there is none.</summary>
    public JsonElement? Reply { get; init; }

    /// <summary>Type of the exception where it <see cref="RecordedOutcome.Failed"/>; text, never looked up as a type.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Message of the exception where it <see cref="RecordedOutcome.Failed"/>.</summary>
    public string? Error { get; init; }

    /// <summary>The passages that a tool gave to the run.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>Time from the start of the run until the call began.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>Time from the start of the run until it ended.</summary>
    public TimeSpan End { get; init; }
}

/// <summary>What a run calls.</summary>
public enum RecordedCallKind
{
    /// <summary>A model, for a reply.</summary>
    Chat,

    /// <summary>A tool.</summary>
    Tool,

    /// <summary>Whoever allows a tool that acts.</summary>
    Approval,

    /// <summary>Another agent. It runs again when the record is replayed; its own calls are recorded.</summary>
    Agent,

    /// <summary>A model, for the size of its context or of a prompt.</summary>
    Window,
}

/// <summary>How a call ended.</summary>
public enum RecordedOutcome
{
    /// <summary>With a reply.</summary>
    Completed,

    /// <summary>With an exception.</summary>
    Failed,

    /// <summary>Cancelled by what was called, not by the run.</summary>
    BrokeOff,

    /// <summary>Cut off when its time, or that of the run, was over.</summary>
    TimedOut,

    /// <summary>Cut off when the time of the run was over, beside other samples that had come by then and were read.</summary>
    LeftOut,
}
