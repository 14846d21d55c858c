using System.Text.Json;
using Rag.Api.Json;

namespace Rag.Api.OpenAi;

/// <summary>What a client asks a model, in OpenAI's form; members that are not here have no effect.</summary>
internal sealed record ChatCompletionRequest(string? Model, IReadOnlyList<ChatCompletionMessage>? Messages)
{
    public bool Stream { get; init; }

    public StreamOptions? StreamOptions { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public long? Seed { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public JsonElement? Stop { get; init; }

    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public JsonElement? ResponseFormat { get; init; }

    /// <summary>Of ours: which documents.</summary>
    public string? Filter { get; init; }
}

/// <summary>Whether the last chunk says what was used.</summary>
internal sealed record StreamOptions(bool IncludeUsage = false);

/// <summary>A message; its content is a text or a list of parts.</summary>
internal sealed record ChatCompletionMessage(string Role, JsonElement? Content)
{
    public IReadOnlyList<ToolCallJson>? ToolCalls { get; init; }

    public string? ToolCallId { get; init; }

    /// <summary>Its text; parts that are no text are passed over.</summary>
    public string Text => Content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join('\n', parts.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String).Select(p => p.GetProperty("text").GetString())),
        _ => "",
    };
}

/// <summary>A tool that the model may call.</summary>
internal sealed record ToolDefinition(string Type, FunctionDefinition Function);

/// <summary>A function with the schema of its parameters.</summary>
internal sealed record FunctionDefinition(string Name, string? Description = null, JsonElement? Parameters = null);

/// <summary>A call of a tool.</summary>
internal sealed record ToolCallJson(string Id, string Type, FunctionCallJson Function)
{
    public int? Index { get; init; }
}

/// <summary>A function and its arguments, as JSON in a text.</summary>
internal sealed record FunctionCallJson(string Name, string Arguments);

/// <summary>A completion, or a chunk of one.</summary>
internal sealed record ChatCompletion(string Id, string Object, long Created, string Model, IReadOnlyList<Choice> Choices)
{
    public CompletionUsage? Usage { get; init; }

    /// <summary>Of ours: the checked answer with quotes, sentences and sources. Its text counts where it differs from what was streamed.</summary>
    public AskJson? Rag { get; init; }
}

/// <summary>The answer: whole in <c>message</c>, or a piece in <c>delta</c>.</summary>
internal sealed record Choice(int Index)
{
    public MessageJson? Message { get; init; }

    public MessageJson? Delta { get; init; }

    public string? FinishReason { get; init; }
}

/// <summary>A message that was written, or a piece of one.</summary>
internal sealed record MessageJson
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public IReadOnlyList<ToolCallJson>? ToolCalls { get; init; }

    public IReadOnlyList<AnnotationJson>? Annotations { get; init; }
}

/// <summary>A citation in OpenAI's form for chat.</summary>
internal sealed record AnnotationJson(string Type, UrlCitation UrlCitation);

/// <summary>Where a mark stands in the text, and what it cites.</summary>
internal sealed record UrlCitation(int StartIndex, int EndIndex, string Title, string Url, string Quote, string DocumentId, int? Page);

/// <summary>Tokens.</summary>
internal sealed record CompletionUsage(int PromptTokens, int CompletionTokens, int TotalTokens);
