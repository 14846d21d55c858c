using Microsoft.Extensions.AI;

namespace Rag.SemanticKernel;

/// <summary>Reads what Semantic Kernel's connectors write beside a message.</summary>
internal static class CompletionMetadata
{
    /// <summary>Why the model ended; <see langword="null"/> where it has not, or its connector does not say.</summary>
    public static ChatFinishReason? FinishReason(AdditionalPropertiesDictionary? metadata) => Value(metadata, "FinishReason")?.ToString() switch
    {
        null or "" => null,
        "Stop" => ChatFinishReason.Stop,
        "Length" => ChatFinishReason.Length,
        "ToolCalls" or "FunctionCall" => ChatFinishReason.ToolCalls,
        "ContentFilter" => ChatFinishReason.ContentFilter,
        var other => new ChatFinishReason(other),
    };

    /// <summary>The tokens used; <see langword="null"/> where the connector does not say.</summary>
    public static UsageDetails? Usage(AdditionalPropertiesDictionary? metadata) => Value(metadata, "Usage") switch
    {
        null => null,
        UsageDetails usage => usage,
        UsageContent { Details: var usage } => usage,
        var other => Usage(Count(other, "InputTokenCount"), Count(other, "OutputTokenCount")),
    };

    private static object? Value(AdditionalPropertiesDictionary? metadata, string name) => metadata?.GetValueOrDefault(name);

    private static UsageDetails? Usage(int? input, int? output) =>
        input is null && output is null ? null : new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };

    // Each connector has a class of its own for the usage; what they share, where they do, is the names.
    private static int? Count(object usage, string name) => usage.GetType().GetProperty(name)?.GetValue(usage) as int?;
}
