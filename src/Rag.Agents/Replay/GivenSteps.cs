namespace Rag.Agents.Replay;

/// <summary>Steps of a record that a run begins with.</summary>
internal static class GivenSteps
{
    /// <summary>How many steps of a run can be given: all before the answer, and before a limit was reached or a call was cut off by one.</summary>
    public static int Most(IReadOnlyList<AgentStep> steps)
    {
        var most = steps.TakeWhile(s => s is not (AgentStep.Answered or AgentStep.OutOfBudget)).Count();
        return most > 0 && steps[most - 1] is AgentStep.ToolCall ? most - 1 : most;
    }

    /// <summary>That many steps, and one more where it is what came of the last of them.</summary>
    public static int Whole(IReadOnlyList<AgentStep> steps, int given) => given < steps.Count && IsOutcome(steps, given) ? given + 1 : given;

    /// <summary>The given steps that come next and were made at one time, without what the run itself made of them; and how many have then come, with that.</summary>
    /// <param name="steps">Of the record.</param>
    /// <param name="from">How many have come.</param>
    /// <param name="given">How many are given, more than have come.</param>
    public static (IReadOnlyList<AgentStep> Steps, int To) Turn(IReadOnlyList<AgentStep> steps, int from, int given)
    {
        var to = from + 1;
        while (to < given && (IsOutcome(steps, to) || steps[to].At == steps[to - 1].At))
        {
            to++;
        }

        return ([.. Enumerable.Range(from, to - from).Where(i => !IsOutcome(steps, i)).Select(i => steps[i])], to);
    }

    private static bool IsOutcome(IReadOnlyList<AgentStep> steps, int index) =>
        steps[index] is AgentStep.Observation || (steps[index] is AgentStep.Error && index > 0 && steps[index - 1] is AgentStep.Finish);
}
