using System.Text.Json;

namespace Rag.Agents.Replay;

/// <summary>A replayed run asks for something that its record does not hold: its code, prompts, tools or options are not those that were recorded.</summary>
public sealed class ReplayException : Exception
{
    // Of the two texts that differ, this much is shown.
    private const int ExcerptLength = 120;

    private ReplayException(int step, string message)
        : base(message) => Step = step;

    /// <summary>How many steps the run had made when its strategy was last asked, all of them as recorded as far as their prompts tell.</summary>
    public int Step { get; }

    /// <summary>The departure of a call from the record.</summary>
    /// <param name="step">Steps made.</param>
    /// <param name="call">What was asked for.</param>
    /// <param name="prompt">The prompt of a call to a model.</param>
    /// <param name="expected">The next call of that kind in the record; <see langword="null"/> where there is none.</param>
    /// <param name="expectedPrompt">Its prompt.</param>
    internal static ReplayException Of(int step, RecordedCall call, JsonElement? prompt, RecordedCall? expected, JsonElement? expectedPrompt)
    {
        var place = $"The run departs from its record after step {step}: ";
        if (expected is null)
        {
            return new(step, $"{place}it {Verb(call)}, and the record holds no further call of that kind. Record the run anew, or resume it from step {step}.");
        }

        var difference = call.Name != expected.Name && call.Kind != RecordedCallKind.Chat ? $"it {Verb(call)}, where the record has {expected.Name}"
            : prompt is { } now && expectedPrompt is { } then && JsonDifference.Find(then, now) is { } words ? $"the prompt differs at {words.ToText(ExcerptLength)}"
            : JsonDifference.Find(expected.Request, call.Request) is { } option ? $"the call of {(call.Kind == RecordedCallKind.Chat ? "the model" : call.Name)} differs at {option.ToText(ExcerptLength)}"
            : $"it {Verb(call)} once more than the record has it";
        return new(step, $"{place}{difference}. Undo what changed it, record the run anew, or resume it from step {step}.");
    }

    /// <summary>A call that the record has cut off by time, in a run whose limits do not do so.</summary>
    internal static ReplayException OfTime(int step, RecordedCall call) =>
        new(step, $"The run departs from its record after step {step}: the record has a call of {call.Name} cut off at {call.End}, and no limit of this run is reached then. Give it the time limits of the record.");

    private static string Verb(RecordedCall call) => call.Kind switch
    {
        RecordedCallKind.Chat or RecordedCallKind.Window => "asks the model",
        RecordedCallKind.Approval => $"asks whether {call.Name} is allowed",
        _ => $"calls {call.Name} with {Prompt.Shorten(JsonSerializer.Serialize(call.Request, RecordJson.Compact.Of<JsonElement>()), ExcerptLength)}",
    };
}
