using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Rag.SemanticKernel;

/// <summary>A function of Semantic Kernel as a tool for any <see cref="IChatClient"/>: its calls pass the kernel's filters.</summary>
/// <remarks>
/// A <see cref="KernelFunction"/> is an <see cref="AIFunction"/> already, but called as one it goes past the kernel's function filters, which may be what guards it, and its schema holds the word
/// <c>condition</c>, which is none of JSON Schema's, so that a reader who refuses unknown words refuses the tool (1.82.0). Safe for concurrent use where the function is.
/// </remarks>
/// <param name="function">The function; its name as a tool is <c>plugin_function</c>.</param>
/// <param name="kernel">What it is called with.</param>
public sealed class KernelTool(KernelFunction function, Kernel kernel) : DelegatingAIFunction(function)
{
    /// <summary>The JSON Schema of the arguments.</summary>
    public override JsonElement JsonSchema { get; } = Plain(function.JsonSchema);

    /// <summary>Calls the function, and gives its result as JSON.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var result = await function.InvokeAsync(kernel, new KernelArguments(arguments), cancellationToken);
        return result.GetValue<object>() is { } value ? JsonSerializer.SerializeToElement(value, JsonSerializerOptions) : null;
    }

    private static JsonElement Plain(JsonElement schema)
    {
        var plain = JsonObject.Create(schema)!;
        plain.Remove("condition");
        return JsonSerializer.SerializeToElement(plain);
    }
}
