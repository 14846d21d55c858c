using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Loop;

/// <summary>An agent that another one calls.</summary>
internal sealed class AgentTool(Agent agent, string name, string description, bool takesOver) : AIFunction
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"task":{"type":"string","description":"What is to be done, with all that is needed to do it."}},"required":["task"]}""");

    public Agent Agent => agent;

    public override string Name => name;

    public override string Description => description;

    public override JsonElement JsonSchema => Schema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var caller = AgentContext.Of(arguments);
        if (caller?.Runs.Count >= AgentContext.MaxDepth)
        {
            return $"Agents call each other {AgentContext.MaxDepth} deep ({string.Join(" > ", caller.Runs.Select(r => r.Strategy))}), and no deeper. Do the task with the other tools.";
        }

        var run = await agent.RunAsync(new AgentTask(Convert.ToString(arguments["task"], System.Globalization.CultureInfo.InvariantCulture)!), caller, cancellationToken);
        if (takesOver && !run.Answer.Abstained)
        {
            caller?.HandOver(run.Answer);
        }

        return run.Answer.Abstained ? $"{run.Answer.Text} {run.Answer.Reason}" : run.Answer.Text;
    }
}
