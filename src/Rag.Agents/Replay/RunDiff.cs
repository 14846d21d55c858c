using System.Text.Json;

namespace Rag.Agents.Replay;

/// <summary>How two runs differ: how far they are the same, and what their first difference is. Times and tokens used make none.</summary>
/// <param name="EqualSteps">How many steps from the start are the same in both.</param>
/// <param name="First">The first difference; <see langword="null"/> where there is none.</param>
public sealed record RunDiff(int EqualSteps, StepDifference? First)
{
    // Of texts that differ, this much is shown.
    private const int ExcerptLength = 200;

    /// <summary>Whether the runs are the same.</summary>
    public bool IsEmpty => First is null;

    /// <summary>Compares two runs.</summary>
    /// <param name="before">The one that is compared with, such as that of a record.</param>
    /// <param name="after">The other.</param>
    public static RunDiff Of(AgentRun before, AgentRun after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var most = Math.Max(before.Steps.Count, after.Steps.Count);
        for (var i = 0; i < most; i++)
        {
            var (was, now) = (before.Steps.ElementAtOrDefault(i), after.Steps.ElementAtOrDefault(i));
            if (JsonDifference.Find(Json(was), Json(now)) is { } difference)
            {
                return new(i, was is null || now is null || was.GetType() != now.GetType() ? new("kind", was, now, Kind(was), Kind(now)) : new(difference.Path, was, now, difference.Before, difference.After));
            }
        }

        return new(most, null);
    }

    /// <summary>The comparison for a person, one line or a few: what differs, and the steps on both sides.</summary>
    public override string ToString() => First is not { } first ? $"The runs are the same: {EqualSteps} steps."
        : $"""
        The first {EqualSteps} steps are the same. Step {EqualSteps + 1} differs in {new JsonDifference(first.Path, first.Before, first.After).ToText(ExcerptLength)}
        - {Line(first.StepBefore)}
        + {Line(first.StepAfter)}
        """;

    private static JsonElement Json(AgentStep? step) => step is null ? RecordJson.Nothing : JsonSerializer.SerializeToElement(step switch
    {
        AgentStep.Answered answered => answered with { At = default, Value = answered.Value with { Usage = new() } },
        _ => step with { At = default },
    }, RecordJson.Compact.Of<AgentStep>());

    private static string? Kind(AgentStep? step) => step is null ? null : AgentStepJson.Of(step).Kind;

    private static string Line(AgentStep? step) => step is null ? "(no step)" : Prompt.Shorten(JsonSerializer.Serialize(AgentStepJson.Of(step), RecordJson.Compact.Of<AgentStepJson>()), ExcerptLength);
}

/// <summary>The first difference of two runs.</summary>
/// <param name="Path">What differs: <c>kind</c>, where a step is of another kind or absent, else the field, such as <c>text</c> or <c>arguments.input</c>.</param>
/// <param name="StepBefore">The step of the first run; <see langword="null"/> where it has ended.</param>
/// <param name="StepAfter">The step of the second run; <see langword="null"/> where it has ended.</param>
/// <param name="Before">What stands there in the first run; <see langword="null"/> where nothing does.</param>
/// <param name="After">What stands there in the second run; <see langword="null"/> where nothing does.</param>
public sealed record StepDifference(string Path, AgentStep? StepBefore, AgentStep? StepAfter, string? Before, string? After);
