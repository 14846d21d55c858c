using Microsoft.Extensions.AI;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

/// <summary>One run that goes well: a search that finds nothing, one that finds the passage, an answer too short to be one, and the answer.</summary>
internal static class FerryRun
{
    public const string Task = "When does the ferry leave?";

    public static ReActStrategy Strategy { get; } = new(new() { Instructions = "Solve it.", Examples = [] });

    /// <summary>What the model writes, by the steps before it.</summary>
    public static TurnScript Model() => new((_, messages, _) => new(ChatRole.Assistant, messages[^1].Text.Split("Observation").Length switch
    {
        1 => " I look for boats.\nAction 1: search[boats]",
        2 => " I look for ferries.\nAction 2: search[ferry times]",
        3 => " Done.\nAction 3: Finish[]",
        _ => " I know it.\nAction 4: Finish[The ferry leaves at noon.]",
    }));

    public static AgentOptions Options(Action? touched = null) => new()
    {
        Tools =
        [
            AIFunctionFactory.Create(
                (string input, AIFunctionArguments arguments) =>
                {
                    touched?.Invoke();
                    return input == "boats" ? "Nothing." : $"[{AgentContext.Of(arguments)!.Cite(Passages.Chunk("ferry.md", "The ferry leaves at noon."), 2)}] The ferry leaves at noon.";
                }, "search", "Finds passages."),
        ],
    };

    public static async Task<AgentRecord> RecordAsync()
    {
        var recording = new Recording(new ManualTime());
        using var client = Model();
        return recording.Of(await recording.Agent(client, Strategy, Options()).RunAsync(Task, TestContext.Current.CancellationToken));
    }

    /// <summary>The agent with tools that may not be called, and without a model.</summary>
    public static Agent Dead(Recording recording) => recording.Agent(null, Strategy, Options(() => Assert.Fail("A tool was called.")));
}
