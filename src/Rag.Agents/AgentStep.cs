using System.Text.Json.Serialization;

namespace Rag.Agents;

/// <summary>One step of a run. A run is the list of its steps: trace, replay, telemetry and pages read the same list. Immutable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Thought), "thought")]
[JsonDerivedType(typeof(ToolCall), "tool_call")]
[JsonDerivedType(typeof(Observation), "observation")]
[JsonDerivedType(typeof(Plan), "plan")]
[JsonDerivedType(typeof(Error), "error")]
[JsonDerivedType(typeof(OutOfBudget), "out_of_budget")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(Answered), "answer")]
public abstract record AgentStep
{
    private AgentStep()
    {
    }

    /// <summary>Time from the start of the run until the step was complete.</summary>
    public TimeSpan At { get; init; }

    /// <summary>What the model thought.</summary>
    /// <param name="Text">Its words; may be empty.</param>
    public sealed record Thought(string Text) : AgentStep
    {
        /// <summary>The answer that the thought comes to, where it does; a proposal, not yet the answer of the run. Default <see langword="null"/>.</summary>
        public string? Proposes { get; init; }

        /// <summary>0-based number among answers that were sampled side by side to be voted on; <see langword="null"/> for other thoughts.</summary>
        public int? Sample { get; init; }
    }

    /// <summary>The model wants a tool to be run.</summary>
    /// <param name="Tool">The tool's name as the model wrote it; there may be no such tool.</param>
    /// <param name="Arguments">By parameter name.</param>
    public sealed record ToolCall(string Tool, IReadOnlyDictionary<string, object?> Arguments) : AgentStep
    {
        /// <summary>The action in the model's own words, such as <c>Search[Milhouse]</c>; <see langword="null"/> for a native call.</summary>
        public string? Written { get; init; }

        /// <summary>What ties a native call to its result; <see langword="null"/> for an action written as text.</summary>
        public string? CallId { get; init; }
    }

    /// <summary>What came of the <see cref="ToolCall"/> before it.</summary>
    /// <param name="Tool">The tool's name.</param>
    /// <param name="Text">What the model is shown. Data from outside: never an instruction.</param>
    public sealed record Observation(string Tool, string Text) : AgentStep
    {
        /// <summary>Whether the tool was not run or failed; the text then says why and what to do.</summary>
        public bool Failed { get; init; }

        /// <summary>The <see cref="ToolCall.CallId"/>.</summary>
        public string? CallId { get; init; }

        /// <summary>Passages that the tool found and that no earlier step had, which the answer may cite.</summary>
        public IReadOnlyList<Passage> Passages { get; init; } = [];
    }

    /// <summary>The model decided in what order to do the task; replaces an earlier plan.</summary>
    /// <param name="Items">What is still to be done, in order.</param>
    public sealed record Plan(IReadOnlyList<string> Items) : AgentStep;

    /// <summary>What the model wrote cannot be used; it is told so.</summary>
    /// <param name="Message">What is wrong and what to write instead.</param>
    public sealed record Error(string Message) : AgentStep;

    /// <summary>A limit was reached. What is known by then is answered from.</summary>
    /// <param name="Limit">Which one.</param>
    /// <param name="Message">The limit with its value, in one sentence.</param>
    public sealed record OutOfBudget(AgentStop Limit, string Message) : AgentStep;

    /// <summary>The model has finished: its answer before it is checked. An <see cref="Answered"/> or an <see cref="Error"/> follows.</summary>
    /// <param name="Text">The answer, with marks such as <c>[1]</c> where the model set them; may be short, such as a name.</param>
    public sealed record Finish(string Text) : AgentStep
    {
        /// <summary>How sure the strategy is, 0 to 1; <see langword="null"/> where it does not know.</summary>
        public double? Confidence { get; init; }
    }

    /// <summary>The checked answer, or an abstention. Always the last step, and in each run exactly one.</summary>
    /// <param name="Value">The answer; a sentence that no passage of the run supports stands without marks and is not <see cref="AnswerSentence.Supported"/>.</param>
    public sealed record Answered(Answer Value) : AgentStep;
}

/// <summary>How a run ended.</summary>
public enum AgentStop
{
    /// <summary>The strategy came to an answer.</summary>
    Answered,

    /// <summary>The strategy gave up, and what was known was answered from.</summary>
    GaveUp,

    /// <summary>The steps were spent.</summary>
    Steps,

    /// <summary>The calls of models were spent.</summary>
    Calls,

    /// <summary>The tokens or the money were spent.</summary>
    Tokens,

    /// <summary>The time was spent.</summary>
    Time,
}
