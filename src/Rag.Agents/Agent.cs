using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Agents.Loop;

namespace Rag.Agents;

/// <summary>Runs a strategy with a model until there is an answer: the one loop of all strategies. Safe for concurrent use where the client and the tools are.</summary>
/// <remarks>
/// Faults of the model (an unknown tool, wrong arguments, an answer that no passage supports) go back to it as text, and so do failures of tools; faults of the client and of code are thrown.
/// A run ends within its budget with an <see cref="AgentStep.Answered"/>: when the budget is spent, the model is asked once for an answer from what is known, and where even that cannot be
/// afforded or comes to nothing, the run abstains. A tool or a model that ignores cancellation is left behind.
/// </remarks>
/// <param name="client">The model; stays the caller's.</param>
/// <param name="strategy">How it reasons.</param>
/// <param name="options">What it may use. Default <c>new()</c>.</param>
/// <param name="time">Measures the time budget. Default: the system's clock.</param>
public sealed class Agent(IChatClient client, IAgentStrategy strategy, AgentOptions? options = null, TimeProvider? time = null)
{
    private readonly AgentOptions _options = options ?? new();
    private readonly Toolbox _tools = new([.. options?.Tools ?? [], .. strategy.Tools]);

    /// <inheritdoc cref="RunAsync(AgentTask, CancellationToken)"/>
    public Task<AgentRun> RunAsync(string task, CancellationToken cancellationToken = default) => RunAsync(new AgentTask(task), cancellationToken);

    /// <summary>The whole run, with its checked answer or an abstention.</summary>
    /// <exception cref="ArgumentException">The task is blank.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<AgentRun> RunAsync(AgentTask task, CancellationToken cancellationToken = default) => RunAsync(task, (AgentContext?)null, cancellationToken);

    /// <summary>The steps as they are taken; the last is an <see cref="AgentStep.Answered"/>.</summary>
    /// <exception cref="ArgumentException">The task is blank; thrown by the call itself.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public IAsyncEnumerable<AgentStep> RunStreamingAsync(AgentTask task, CancellationToken cancellationToken = default) => StepsAsync(Start(task, null), cancellationToken);

    /// <summary>This agent as a tool of another: it is given a task in words, and its answer is what the tool says. What it spends counts for both, and the other's approvals hold.</summary>
    /// <param name="name">Of the tool: letters, digits and underscores.</param>
    /// <param name="description">What the agent is good for; read by a model.</param>
    /// <param name="takesOver">Whether its answer ends the other's run as the answer of that: a hand-off. Default no: the other goes on.</param>
    public AIFunction AsTool(string name, string description, bool takesOver = false) => new AgentTool(this, name, description, takesOver);

    /// <summary>The whole run, and each step as it is taken.</summary>
    /// <param name="task">What is to be done.</param>
    /// <param name="watch">Is told each step; the run waits for it.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The task is blank.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<AgentRun> RunAsync(AgentTask task, Func<AgentStep, Task> watch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(watch);
        return RunAsync(Start(task, null), watch, cancellationToken);
    }

    internal Task<AgentRun> RunAsync(AgentTask task, AgentContext? caller, CancellationToken cancellationToken) => RunAsync(Start(task, caller), _ => Task.CompletedTask, cancellationToken);

    private async Task<AgentRun> RunAsync(RunState run, Func<AgentStep, Task> watch, CancellationToken cancellationToken)
    {
        await foreach (var step in StepsAsync(run, cancellationToken))
        {
            await watch(step);
        }

        return new(run.Task.Text, strategy.Name, run.Steps) { Stopped = run.Stopped, Calls = run.Spending.Calls };
    }

    private RunState Start(AgentTask task, AgentContext? caller)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentException.ThrowIfNullOrWhiteSpace(task.Text);
        return new(task, strategy.Name, _options, time ?? TimeProvider.System, caller);
    }

    private async IAsyncEnumerable<AgentStep> StepsAsync(RunState run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var work = run.Spending.Working(cancellationToken);
        using var span = RagTelemetry.Source.StartActivity($"invoke_agent {strategy.Name}")?.SetTag("gen_ai.operation.name", "invoke_agent").SetTag("gen_ai.agent.name", strategy.Name);
        var model = new ModelCaller(client, _options, run.Spending);
        await using var turns = TurnsAsync(run, model, work.Token).GetAsyncEnumerator(cancellationToken);
        while (!run.HasEnded)
        {
            AgentStep step;
            try
            {
                Activity.Current = span ?? Activity.Current; // what is asked for here begins with the reader's
                await turns.MoveNextAsync();
                step = turns.Current;
            }
            catch (OperationCanceledException) when (work.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                step = run.Spending.OutOfTime();
            }
            catch (Exception e)
            {
                RagTelemetry.Failed(span, e);
                throw;
            }

            yield return run.Add(step);
        }

        if (!run.IsAnswered)
        {
            Activity.Current = span ?? Activity.Current;
            foreach (var step in await FinalAnswer.GiveAsync(run, model, cancellationToken))
            {
                yield return run.Add(step);
            }
        }
    }

    /// <summary>The steps up to an answer or the end of the budget. The reader adds each to the run before it asks for the next.</summary>
    private async IAsyncEnumerable<AgentStep> TurnsAsync(RunState run, ModelCaller model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (; run.Spending.Exceeded() is null; run.Spending.Step())
        {
            var steps = strategy.Next(run.State(_tools.Functions)) switch
            {
                AgentMove.Ask ask => await model.AskAsync(ask, cancellationToken),
                AgentMove.Take take => take.Steps,
                AgentMove.GiveUp giveUp => [new AgentStep.OutOfBudget(AgentStop.GaveUp, giveUp.Reason)],
                var move => throw new NotSupportedException($"The strategy {strategy.Name} made a move that the loop does not know: {move}."),
            };

            foreach (var step in steps)
            {
                yield return step;
                var outcome = step switch
                {
                    AgentStep.ToolCall call => await _tools.CallAsync(call, run, cancellationToken),
                    AgentStep.Finish finish => await run.CheckAsync(finish.Text, finish.Confidence, cancellationToken),
                    _ => null,
                };

                if (outcome is not null)
                {
                    yield return outcome;
                }

                if (run.Context.HandedOver is { } answer)
                {
                    yield return new AgentStep.Answered(answer);
                }
            }
        }

        yield return run.Spending.Exceeded()!;
    }
}
