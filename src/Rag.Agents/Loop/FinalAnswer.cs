using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;

namespace Rag.Agents.Loop;

/// <summary>Ends a run whose strategy came to no answer: with what most samples say, else with what the model makes of what is known, else with what it last proposed, else with an abstention.</summary>
internal static class FinalAnswer
{
    // Room for notes where neither the budget nor the model says how much there is, in tokens.
    private const int NotesTokens = 3000;

    public static async Task<IReadOnlyList<AgentStep>> GiveAsync(RunState run, ModelCaller model, CancellationToken cancellationToken)
    {
        if (Vote.Of(run.Steps) is { } vote)
        {
            return await CheckAsync(run, vote.Answer, vote.Share, cancellationToken);
        }

        if (run.Spending.MayAskOnce && await AskAsync(run, model, cancellationToken) is { Count: > 0 } steps)
        {
            return steps;
        }

        return run.Steps.OfType<AgentStep.Thought>().LastOrDefault(t => t.Proposes is not null)?.Proposes is { } proposed
            ? await CheckAsync(run, proposed, null, cancellationToken)
            : [Unanswered(run)];
    }

    private static async Task<IReadOnlyList<AgentStep>> AskAsync(RunState run, ModelCaller model, CancellationToken cancellationToken)
    {
        using var rest = run.Spending.Ending(cancellationToken);
        try
        {
            var asked = await model.AskAsync(new(Messages(run, model), (reply, _) => [new AgentStep.Finish(AnswerReply.Final(reply))]), rest.Token, final: true);
            return asked is [AgentStep.Finish { Text: var text }] ? await CheckAsync(run, text, null, cancellationToken) : [];
        }
        catch (OperationCanceledException) when (rest.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<AgentStep>> CheckAsync(RunState run, string text, double? confidence, CancellationToken cancellationToken) =>
        await run.CheckAsync(text, confidence, cancellationToken) is AgentStep.Answered answered ? [new AgentStep.Finish(text) { Confidence = confidence }, answered] : [Unanswered(run)];

    private static AgentStep.Answered Unanswered(RunState run)
    {
        var answer = Answer.Unanswered(run.Task.Text, $"{run.StoppedBecause} What was known by then gave no answer.");
        return new(answer with { Passages = run.Given(answer) });
    }

    private static List<ChatMessage> Messages(RunState run, ModelCaller model)
    {
        var room = Math.Min(NotesTokens, Math.Min(model.Window ?? int.MaxValue, run.Spending.Budget.MaxTokens ?? int.MaxValue) / 4);
        var notes = Notes(run.Steps, room);
        var fence = Prompt.Fence(notes.Append(run.Task.Text));
        var state = run.State([]);
        return state.Messages(Prompt.Read("final.v1", typeof(FinalAnswer).Assembly), $"Task: {Prompt.OnOneLine(run.Task.Text)}\n\nNotes:\n{fence}\n{string.Join('\n', notes)}\n{fence}\n\nAnswer:");
    }

    /// <summary>The newest thoughts and observations, oldest first, as many as the room takes.</summary>
    private static List<string> Notes(IReadOnlyList<AgentStep> steps, int room)
    {
        var notes = new List<string>();
        foreach (var note in steps.Reverse().Select(Note).OfType<string>())
        {
            var text = Prompt.Shorten(note, room * 2);
            room -= Generation.Chat.PromptRoom.CountWritten(text);
            if (room <= 0)
            {
                break;
            }

            notes.Add(text);
        }

        notes.Reverse();
        return notes;
    }

    private static string? Note(AgentStep step) => step switch
    {
        AgentStep.Thought thought => Prompt.OnOneLine(thought.Text),
        AgentStep.Observation { Failed: false } observation => Prompt.OnOneLine(observation.Text),
        _ => null,
    };
}
