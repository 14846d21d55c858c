namespace Rag.Agents.Loop;

/// <summary>What is known of one run while it goes on.</summary>
internal sealed class RunState(AgentTask task, string strategy, AgentOptions options, Spending spending, AgentContext? caller)
{
    private readonly List<AgentStep> _steps = [];

    public AgentTask Task => task;

    public Spending Spending => spending;

    public AgentOptions Options => options;

    public AgentContext Context { get; } = new(strategy, spending, options.Approve, caller);

    public IReadOnlyList<AgentStep> Steps => _steps;

    public AgentStop Stopped { get; private set; }

    public string? StoppedBecause { get; private set; }

    public bool IsAnswered => _steps is [.., AgentStep.Answered];

    /// <summary>Whether the strategy has come to its end, with an answer or without.</summary>
    public bool HasEnded => IsAnswered || StoppedBecause is not null;

    public AgentState State(IReadOnlyList<Microsoft.Extensions.AI.AIFunction> tools) => new(task.Text, [.. _steps]) { Tools = tools, History = task.History };

    public AgentStep Add(AgentStep step)
    {
        step = step switch
        {
            AgentStep.Answered answered => answered with { At = spending.Elapsed, Value = answered.Value with { Usage = spending.Usage } },
            _ => step with { At = spending.Elapsed },
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
            return new AgentStep.Answered(Answer.Unanswered(task.Text, "The model finds no answer.") with { Passages = Context.Passages });
        }

        var passages = Context.Passages;
        var check = await options.Verifier.Check(passages).CheckAsync(text, cancellationToken);
        return check.Citations.Count > 0 ? Answered(options.Verifier.Conclude(task.Text, check, passages))
            : options.RequireCitations ? new AgentStep.Error("No passage that was found supports this answer. Look further, or write UNKNOWN.")
            : check.Written == 0 ? new AgentStep.Error("The answer holds no words. Write the answer itself.")
            : Answered(new(task.Text, check.Text) { Sentences = check.Sentences, Passages = passages });

        AgentStep.Answered Answered(Answer answer) => new(answer with { Confidence = confidence });
    }
}
