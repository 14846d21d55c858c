using System.Text.Json;

namespace Rag.Llama.Templates;

/// <summary>A conversation to be written as the prompt of a model.</summary>
public sealed record ChatTemplateInput
{
    /// <summary>Oldest first; a system message comes first.</summary>
    public required IReadOnlyList<ChatTemplateMessage> Messages { get; init; }

    /// <summary>The functions that the model may ask for; none by default.</summary>
    public IReadOnlyList<ChatTool> Tools { get; init; } = [];

    /// <summary>Whether the prompt ends where the model's answer begins; true by default.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Text of the vocabulary's beginning token, which most templates write first; empty by default.</summary>
    public string BosToken { get; init; } = "";

    /// <summary>Text of the vocabulary's end token; empty by default.</summary>
    public string EosToken { get; init; } = "";

    /// <summary>Whether the model should reason before it answers, where its template has such a switch; null, the default, leaves it to the template.</summary>
    public bool? Thinking { get; init; }

    /// <summary>Further variables that the template reads, such as <c>reasoning_effort</c>; they win over those above. None by default.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What templates that write today's date read; the system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">What was said; empty where an assistant only called tools; for <c>tool</c> the result.</param>
public sealed record ChatTemplateMessage(string Role, string Content)
{
    /// <summary>What an assistant thought before it answered; null where it did not.</summary>
    public string? Reasoning { get; init; }

    /// <summary>What an assistant called; none by default.</summary>
    public IReadOnlyList<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary>For <c>tool</c>: which tool gave the result.</summary>
    public string? ToolName { get; init; }

    /// <summary>For <c>tool</c>: which call it answers.</summary>
    public string? ToolCallId { get; init; }
}
