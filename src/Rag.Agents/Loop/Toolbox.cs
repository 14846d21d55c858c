using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Parsing;

namespace Rag.Agents.Loop;

/// <summary>The tools of an agent: finds the one that is called, asks for approval, runs it within its time and cuts what it says.</summary>
internal sealed class Toolbox
{
    /// <exception cref="ArgumentException">Two tools have the same name.</exception>
    public Toolbox(IReadOnlyList<AIFunction> functions)
    {
        // a strategy's own tool may also be given to its agent
        Functions = [.. functions.Distinct()];
        if (Functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
        {
            throw new ArgumentException($"Two tools have the name '{twice}'. Give one of them another.", nameof(functions));
        }
    }

    public IReadOnlyList<AIFunction> Functions { get; }

    /// <summary>What came of a call, for the model to read.</summary>
    public async Task<AgentStep> CallAsync(AgentStep.ToolCall call, RunState run, CancellationToken cancellationToken)
    {
        var known = run.Context.Passages.Count;
        if (ToolArguments.Find(Functions, call.Tool) is not { } tool)
        {
            return Failed($"There is no tool '{Prompt.Shorten(Prompt.OnOneLine(call.Tool), 100)}'. The tools are: {string.Join(", ", Functions.Select(f => f.Name))}.");
        }

        if (ToolArguments.Problem(tool, call.Arguments) is { } problem)
        {
            return Failed(problem);
        }

        if (await RefusalAsync(tool, call, run, cancellationToken) is { } refusal)
        {
            return Failed(refusal);
        }

        using var span = RagTelemetry.Source.StartActivity($"execute_tool {tool.Name}")?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", tool.Name).SetTag("gen_ai.tool.type", "function").SetTag("gen_ai.tool.call.id", call.CallId);
        using var limit = tool.GetService<AgentTool>() is not null ? null : run.Spending.Tool(cancellationToken);
        try
        {
            var arguments = new AIFunctionArguments(call.Arguments.ToDictionary()) { Context = new Dictionary<object, object?> { [typeof(AgentContext)] = run.Context } };
            var token = limit?.Token ?? cancellationToken;
            var text = await Task.Run(async () => Text(await tool.InvokeAsync(arguments, token)), token).WaitAsync(token);
            return new AgentStep.Observation(tool.Name, Cut(ReplyText.WellFormed(text), run.Options.Budget.MaxObservation)) { CallId = call.CallId, Passages = [.. run.Context.Passages.Skip(known)] };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            RagTelemetry.Failed(span, e);
            return Failed(limit?.IsCancellationRequested == true ? $"{tool.Name} did not end within {run.Options.Budget.ToolTimeout}. Ask it for less." : $"{tool.Name} broke off.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            RagTelemetry.Failed(span, e);
            return Failed(Cut($"{tool.Name} failed: {e.Message}", run.Options.Budget.MaxObservation));
        }

        AgentStep.Observation Failed(string text) => new(call.Tool, text) { Failed = true, CallId = call.CallId };
    }

    private static async Task<string?> RefusalAsync(AIFunction tool, AgentStep.ToolCall call, RunState run, CancellationToken cancellationToken)
    {
        if (tool.GetService<ApprovalRequiredAIFunction>() is null)
        {
            return null;
        }

        var runs = run.Context.Runs;
        if (runs[0].Options.Approve is not { } approve) // the outermost agent's, since it is the user's
        {
            return $"{tool.Name} acts, and nobody is there to allow it. Do the task without it.";
        }

        var tainted = Taint.Find(call.Arguments, runs);
        return await approve(new(tool, call.Arguments, tainted, [.. runs.Select(r => r.Strategy)]), cancellationToken) ? null
            : tainted.Count == 0 ? $"{tool.Name} was not allowed. Do the task without it."
            : $"{tool.Name} was not allowed: {string.Join(" and ", tainted.Select(t => t.Name))} did not come from the user. Do the task without it.";
    }

    private static string Text(object? result) => result switch
    {
        null => "(nothing)",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Null } => "(nothing)",
        TextContent content => content.Text,
        _ => JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions.Of<object>()),
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{Prompt.Shorten(text, most)} (cut: {text.Length} characters, of which {most} may be shown)";
}
