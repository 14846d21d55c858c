using Rag.Agents;
using Spectre.Console;

namespace Rag.Chat.Dialogue;

/// <summary>Shows the steps of an agent as it takes them, and at the end its answer with the sources.</summary>
internal sealed class AgentView(IAnsiConsole console)
{
    private const int LongObservation = 400;

    private readonly AnswerView _answers = new(console);

    /// <summary>Shows every step and returns the checked answer.</summary>
    public async Task<Answer> ShowAsync(IAsyncEnumerable<AgentStep> steps, CancellationToken cancellationToken)
    {
        Answer? answer = null;
        await foreach (var step in steps.WithCancellation(cancellationToken))
        {
            Show(step);
            answer = (step as AgentStep.Answered)?.Value ?? answer;
        }

        return answer!;
    }

    /// <summary>Shows a step; of the last one the answer with its sources.</summary>
    public void Show(AgentStep step)
    {
        switch (step)
        {
            case AgentStep.Thought thought:
                Line(thought.Sample is { } sample ? $"sample {sample + 1}" : "thought", thought.Proposes is { } proposed ? $"{thought.Text} → {proposed}" : thought.Text, "grey");
                break;
            case AgentStep.ToolCall call:
                Line("action", call.Written ?? $"{call.Tool}({string.Join(", ", call.Arguments.Select(a => $"{a.Key}: {a.Value}"))})", "aqua");
                break;
            case AgentStep.Observation observation:
                Line(observation.Failed ? "failed" : "found", observation.Text, observation.Failed ? "yellow" : "grey");
                break;
            case AgentStep.Plan plan:
                Line("plan", string.Join(" · ", plan.Items), "aqua");
                break;
            case AgentStep.Error error:
                Line("error", error.Message, "yellow");
                break;
            case AgentStep.OutOfBudget end:
                Line("stopped", end.Message, "yellow");
                break;
            case AgentStep.Answered answered:
                console.WriteLine();
                _answers.Show(answered.Value);
                break;
        }
    }

    private void Line(string kind, string text, string colour)
    {
        var line = Plain.Line(text);
        var shown = line.Length <= LongObservation ? line : $"{Beginning(line)} …";
        console.MarkupLine($"[bold]{kind,-8}[/] [{colour}]{Markup.Escape(shown)}[/]");
    }

    private static string Beginning(string line) => line[..(line.LastIndexOf(' ', LongObservation) is var blank && blank > 0 ? blank : LongObservation)];
}
