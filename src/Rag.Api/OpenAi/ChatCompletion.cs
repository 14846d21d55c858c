using System.Text.Json;
using System.Text.Json.Serialization;
using Rag.Api.Json;

namespace Rag.Api.OpenAi;

/// <summary>What a client asks a model, in OpenAI's form; members that are not here have no effect.</summary>
internal sealed record ChatCompletionRequest(
    [Description("Which model: rag answers from the documents, any other of the list by itself.")] string? Model,
    [Description("The conversation, oldest first; the last one of the user is the question to rag.")] IReadOnlyList<ChatCompletionMessage>? Messages)
{
    [Description("Whether the answer is sent in events as it is made.")]
    public bool Stream { get; init; }

    [Description("What else the events tell.")]
    public StreamOptions? StreamOptions { get; init; }

    [Description("How freely a model chooses; 0 always takes the likeliest word. Not of rag.")]
    public float? Temperature { get; init; }

    [Description("Of how much of the probability a model chooses, 0 to 1. Not of rag.")]
    public float? TopP { get; init; }

    [Description("Where a model's chance begins, so that it repeats itself. Not of rag.")]
    public long? Seed { get; init; }

    [Description("The most tokens that a model writes. Not of rag.")]
    public int? MaxTokens { get; init; }

    [Description("The same under its newer name, which counts where both are given.")]
    public int? MaxCompletionTokens { get; init; }

    [Description("A text, or a list of texts, at which a model stops. Not of rag.")]
    public JsonElement? Stop { get; init; }

    [Description("What a model may call; rag takes none.")]
    public IReadOnlyList<ToolDefinition>? Tools { get; init; }

    [Description("Whether a model calls: auto, none, required, or an object that names a function. Not of rag.")]
    public JsonElement? ToolChoice { get; init; }

    [Description("The form of what a model writes, such as a JSON schema. Not of rag.")]
    public JsonElement? ResponseFormat { get; init; }

    [Description("Which documents, as docs/reference/filters.md says; a member of this server, only of rag.")]
    public string? Filter { get; init; }
}

/// <summary>Whether the last chunk says what was used.</summary>
internal sealed record StreamOptions(
    [Description("Whether the last chunk says how many tokens were used.")] bool IncludeUsage = false);

/// <summary>A message; its content is a text or a list of parts.</summary>
internal sealed record ChatCompletionMessage(
    [Description("Who speaks: system, developer, user, assistant or tool.")] string Role,
    [Description("What is said: a text, or a list of parts of which those with text are read.")] JsonElement? Content)
{
    [Description("What the assistant called in this message.")]
    public IReadOnlyList<ToolCallJson>? ToolCalls { get; init; }

    [Description("The call that a message of a tool answers.")]
    public string? ToolCallId { get; init; }

    /// <summary>Its text; parts that are no text are passed over.</summary>
    [JsonIgnore]
    public string Text => Content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Join('\n', parts.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String).Select(p => p.GetProperty("text").GetString())),
        _ => "",
    };
}

/// <summary>A tool that the model may call.</summary>
internal sealed record ToolDefinition(
    [Description("What kind of tool it is: function.")] string Type,
    [Description("The function that may be called.")] FunctionDefinition Function);

/// <summary>A function with the schema of its parameters.</summary>
internal sealed record FunctionDefinition(
    [Description("The name by which it is called.")] string Name,
    [Description("What it does, for the model to read.")] string? Description = null)
{
    [Description("The JSON schema of its arguments.")]
    public JsonElement? Parameters { get; init; }
}

/// <summary>A call of a tool.</summary>
internal sealed record ToolCallJson(
    [Description("The id of the call, which its result names.")] string Id,
    [Description("What kind of tool is called: function.")] string Type,
    [Description("The function that is called.")] FunctionCallJson Function)
{
    [Description("Which of several calls a piece of a stream belongs to, from 0.")]
    public int? Index { get; init; }
}

/// <summary>A function and its arguments, as JSON in a text.</summary>
internal sealed record FunctionCallJson(
    [Description("The name of the function.")] string Name,
    [Description("Its arguments, as JSON in a text.")] string Arguments);

/// <summary>A completion, or a chunk of one.</summary>
internal sealed record ChatCompletion(
    [Description("The id of the completion.")] string Id,
    [Description("What this is: chat.completion, or chat.completion.chunk of a stream.")] string Object,
    [Description("When it was made, in seconds since 1970.")] long Created,
    [Description("The model that answered.")] string Model,
    [Description("The answer, in a list of one.")] IReadOnlyList<Choice> Choices)
{
    [Description("The tokens that were used.")]
    public CompletionUsage? Usage { get; init; }

    [Description("The checked answer with quotes, sentences and sources, a member of this server. Its text counts where it differs from what was streamed.")]
    public AskJson? Rag { get; init; }
}

/// <summary>The answer: whole in <c>message</c>, or a piece in <c>delta</c>.</summary>
internal sealed record Choice(
    [Description("Its place in the list: 0.")] int Index)
{
    [Description("The whole answer; left out of streams.")]
    public MessageJson? Message { get; init; }

    [Description("A piece of the answer; only of streams.")]
    public MessageJson? Delta { get; init; }

    [Description("Why the answer ended: stop, length, tool_calls or content_filter; left out before its end.")]
    public string? FinishReason { get; init; }
}

/// <summary>A message that was written, or a piece of one.</summary>
internal sealed record MessageJson
{
    [Description("Who speaks: assistant.")]
    public string? Role { get; init; }

    [Description("The words of the answer, or a piece of them.")]
    public string? Content { get; init; }

    [Description("What the model calls.")]
    public IReadOnlyList<ToolCallJson>? ToolCalls { get; init; }

    [Description("What the answer cites.")]
    public IReadOnlyList<AnnotationJson>? Annotations { get; init; }
}

/// <summary>A citation in OpenAI's form for chat.</summary>
internal sealed record AnnotationJson(
    [Description("What kind of annotation it is: url_citation.")] string Type,
    [Description("What is cited.")] UrlCitation UrlCitation);

/// <summary>Where a mark stands in the text, and what it cites.</summary>
internal sealed record UrlCitation(
    [Description("Where the mark begins in the answer, in UTF-16 code units from 0.")] int StartIndex,
    [Description("Where the mark ends in the answer, behind its last code unit.")] int EndIndex,
    [Description("The title of the document.")] string Title,
    [Description("Where this server has the document's text.")] string Url,
    [Description("The words of the document, exactly as they stand there.")] string Quote,
    [Description("The id of the document.")] string DocumentId,
    [Description("The page of the quote, from 1; left out where the format has none.")] int? Page);

/// <summary>Tokens.</summary>
internal sealed record CompletionUsage(
    [Description("Tokens that a model read.")] int PromptTokens,
    [Description("Tokens that a model wrote.")] int CompletionTokens,
    [Description("The sum of both.")] int TotalTokens);
