using Microsoft.Extensions.AI;

namespace Rag.Agents.Loop;

/// <summary>What is known of one run while it goes on.</summary>
internal sealed class RunState
{
    private readonly List<AgentStep> _steps = [];

    public RunState(AgentTask task, string strategy, AgentOptions options, TimeProvider time, AgentContext? caller)
    {
        (Task, Strategy, Options) = (task, strategy, options);
        Spending = new(options.Budget, time, caller?.Runs[^1].Spending);
        Context = new(this, caller);
    }

    public AgentTask Task { get; }

    public string Strategy { get; }

    public AgentOptions Options { get; }

    public Spending Spending { get; }

    public AgentContext Context { get; }

    public IReadOnlyList<AgentStep> Steps => _steps;

    public AgentStop Stopped { get; private set; }

    public string? StoppedBecause { get; private set; }

    public bool IsAnswered => _steps is [.., AgentStep.Answered];

    /// <summary>Whether the strategy has come to its end, with an answer or without.</summary>
    public bool HasEnded => IsAnswered || StoppedBecause is not null;

    public AgentState State(IReadOnlyList<AIFunction> tools) => new(Task.Text, [.. _steps]) { Tools = tools, History = Task.History };

    public AgentStep Add(AgentStep step)
    {
        step = step switch
        {
            AgentStep.Answered answered => answered with { At = Spending.Elapsed, Value = answered.Value with { Usage = Spending.Usage } },
            _ => step with { At = Spending.Elapsed },
        };
        _steps.Add(step);
        if (step is AgentStep.OutOfBudget end)
        {
            (Stopped, StoppedBecause) = (end.Limit, end.Message);
        }

        return step;
    }

    /// <summary>The answer checked against the passages that were found; an error for the model where it is no answer.</summary>
    public async Task<AgentStep> CheckAsync(string text, double? confidence, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new AgentStep.Error("The answer is empty. Write the answer itself.");
        }

        if (Abstention.Is(text))
        {
            return Answered(Answer.Unanswered(Task.Text, "The model finds no answer."));
        }

        var passages = Context.Passages;
        var check = await Options.Verifier.Check(passages).CheckAsync(text, cancellationToken);
        return check.Citations.Count > 0 ? Answered(Options.Verifier.Conclude(Task.Text, check, passages))
            : Options.RequireCitations ? new AgentStep.Error("No passage that was found supports this answer. Look further, or write UNKNOWN.")
            : check.Written == 0 ? new AgentStep.Error("The answer holds no words. Write the answer itself.")
            : Answered(new(Task.Text, check.Text) { Sentences = check.Sentences });

        AgentStep.Answered Answered(Answer answer) => new(answer with { Confidence = confidence, Passages = Given(answer) });
    }

    /// <summary>What this run has found, and what it cites of what was known before.</summary>
    public IReadOnlyList<Passage> Given(Answer answer)
    {
        var cited = answer.Citations.Select(c => c.Number).ToHashSet();
        return [.. Context.Passages.Where(p => cited.Contains(p.Number) || !Task.Known.Contains(p))];
    }
}
