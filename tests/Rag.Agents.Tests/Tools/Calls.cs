using Microsoft.Extensions.AI;

namespace Rag.Agents.Tests.Tools;

/// <summary>Calls of tools as an agent makes them.</summary>
internal static class Calls
{
    /// <summary>A run that has just begun.</summary>
    public static AgentContext Run() => new Rag.Agents.Loop.RunState(new("test"), "test", new(), TimeProvider.System, null).Context;

    /// <summary>What a tool answers.</summary>
    public static async Task<string> CallAsync(this AIFunction tool, AgentContext? context, params (string Name, object? Value)[] arguments)
    {
        var given = new AIFunctionArguments(arguments.ToDictionary(a => a.Name, a => a.Value)) { Context = new Dictionary<object, object?> { [typeof(AgentContext)] = context } };
        return Assert.IsType<string>(await tool.InvokeAsync(given, TestContext.Current.CancellationToken));
    }

    public static AIFunction Named(this IReadOnlyList<AIFunction> tools, string name) => tools.Single(t => t.Name == name);
}
