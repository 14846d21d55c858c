using Microsoft.Extensions.AI;

namespace Rag.Agents.Tools;

/// <summary>A method as a function that a model can call.</summary>
internal static class ToolFunction
{
    /// <summary>A function whose result is the method's text as it is, not as JSON.</summary>
    public static AIFunction Of(string name, string description, Delegate method) =>
        AIFunctionFactory.Create(method, new AIFunctionFactoryOptions { Name = name, Description = description, MarshalResult = (result, _, _) => new(result) });
}
