using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents;
using Rag.Api.Security;

namespace Rag.Api.OpenAi;

/// <summary>Chat completions by the language model behind the server, as a client of OpenAI's expects them: messages, tools, JSON, streams.</summary>
internal static class ModelPassthrough
{
    private static readonly JsonSerializerOptions OneLine = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>The model's name; <see langword="null"/> where there is none.</summary>
    public static string? NameOf(IChatClient? client) => client is null ? null : client.GetService<ChatClientMetadata>()?.DefaultModelId ?? "model";

    public static async Task<IResult> CompleteAsync(ApiCall call, ChatCompletionRequest request)
    {
        var client = call.Optional<IChatClient>();
        if (client is null || NameOf(client) != request.Model)
        {
            throw new ApiProblemException(StatusCodes.Status404NotFound, "unknown-model", $"There is no model '{Prompt.Shorten(request.Model ?? "", 100)}'. The models are: {string.Join(", ", ((string?[])[ChatCompletionEndpoint.RagModel, NameOf(client)]).OfType<string>())}.");
        }

        var (messages, options) = (request.Messages!.Select(MessageOf).ToList(), OptionsOf(request));
        var chunk = new ChatCompletion($"chatcmpl-{Guid.CreateVersion7():N}", "chat.completion.chunk", call.Service<TimeProvider>().GetUtcNow().ToUnixTimeSeconds(), request.Model!, []);
        if (request.Stream)
        {
            return EventStream.Of(events => SendAsync(events, call, client.GetStreamingResponseAsync(messages, options, call.Cancelled), chunk, request.StreamOptions?.IncludeUsage == true));
        }

        var response = await client.GetResponseAsync(messages, options, call.Cancelled);
        var calls = CallsOf(response.Messages.SelectMany(m => m.Contents));
        var usage = UsageOf(response.Usage);
        Spend(call, usage);
        return Results.Json(chunk with
        {
            Object = "chat.completion",
            Choices = [new(0) { Message = new() { Role = "assistant", Content = response.Text, ToolCalls = calls.Count > 0 ? calls : null }, FinishReason = ReasonOf(response.FinishReason, calls.Count > 0) }],
            Usage = usage,
        }, OpenAiJson.Standard.ChatCompletion);
    }

    private static async Task SendAsync(EventStream events, ApiCall call, IAsyncEnumerable<ChatResponseUpdate> updates, ChatCompletion chunk, bool withUsage)
    {
        ChatFinishReason? reason = null;
        UsageDetails usage = new();
        var calls = 0;
        await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new() { Role = "assistant", Content = "" } }] }, OpenAiJson.Standard.ChatCompletion);
        await foreach (var update in updates)
        {
            reason = update.FinishReason ?? reason;
            update.Contents.OfType<UsageContent>().ToList().ForEach(u => usage.Add(u.Details));
            var called = CallsOf(update.Contents).Select(c => c with { Index = calls++ }).ToList();
            if (update.Text.Length > 0 || called.Count > 0)
            {
                await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new() { Content = update.Text.Length > 0 ? update.Text : null, ToolCalls = called.Count > 0 ? called : null } }] }, OpenAiJson.Standard.ChatCompletion);
            }
        }

        Spend(call, UsageOf(usage));
        await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new(), FinishReason = ReasonOf(reason, calls > 0) }] }, OpenAiJson.Standard.ChatCompletion);
        if (withUsage)
        {
            await events.WriteAsync(null, chunk with { Usage = UsageOf(usage) }, OpenAiJson.Standard.ChatCompletion);
        }

        await events.WriteAsync(null, "[DONE]");
    }

    private static void Spend(ApiCall call, CompletionUsage usage) => call.Service<ApiGuard>().Spend(call.Caller, new(usage.PromptTokens, usage.CompletionTokens));

    private static ChatMessage MessageOf(ChatCompletionMessage message) => message.Role switch
    {
        "system" or "developer" => new(ChatRole.System, message.Text),
        "user" => new(ChatRole.User, message.Text),
        "assistant" => new(ChatRole.Assistant, [.. message.Text.Length > 0 ? (AIContent[])[new TextContent(message.Text)] : [], .. (message.ToolCalls ?? []).Select(c => new FunctionCallContent(c.Id, c.Function.Name, ArgumentsOf(c.Function.Arguments)))]),
        "tool" => new(ChatRole.Tool, [new FunctionResultContent(message.ToolCallId ?? "", message.Text)]),
        var role => throw ApiProblemException.Invalid($"messages: the role '{Prompt.Shorten(role, 50)}' is none of system, developer, user, assistant, tool."),
    };

    private static IDictionary<string, object?>? ArgumentsOf(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Length == 0 ? "{}" : json, AIJsonUtilities.DefaultOptions.Of<IDictionary<string, object?>>());
        }
        catch (JsonException)
        {
            throw ApiProblemException.Invalid("messages: the arguments of a tool call are not a JSON object.");
        }
    }

    private static ChatOptions OptionsOf(ChatCompletionRequest request) => new()
    {
        Temperature = request.Temperature,
        TopP = request.TopP,
        Seed = request.Seed,
        MaxOutputTokens = request.MaxCompletionTokens ?? request.MaxTokens,
        StopSequences = request.Stop switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!)],
            _ => null,
        },
        Tools = request.Tools is { Count: > 0 } tools ? [.. tools.Select(t => AIFunctionFactory.CreateDeclaration(t.Function.Name, t.Function.Description, t.Function.Parameters ?? JsonElement.Parse("""{"type":"object","properties":{}}""")))] : null,
        ToolMode = request.ToolChoice switch
        {
            { ValueKind: JsonValueKind.String } mode when mode.GetString() == "none" => ChatToolMode.None,
            { ValueKind: JsonValueKind.String } mode when mode.GetString() == "required" => ChatToolMode.RequireAny,
            { ValueKind: JsonValueKind.Object } one when one.TryGetProperty("function", out var function) && function.TryGetProperty("name", out var name) => ChatToolMode.RequireSpecific(name.GetString()!),
            _ => null,
        },
        ResponseFormat = request.ResponseFormat is { ValueKind: JsonValueKind.Object } format && format.TryGetProperty("type", out var type) ? type.GetString() switch
        {
            "json_object" => ChatResponseFormat.Json,
            "json_schema" when format.TryGetProperty("json_schema", out var named) && named.TryGetProperty("schema", out var schema) => ChatResponseFormat.ForJsonSchema(schema, named.TryGetProperty("name", out var name) ? name.GetString() : null),
            _ => null,
        } : null,
    };

    private static List<ToolCallJson> CallsOf(IEnumerable<AIContent> contents) =>
        [.. contents.OfType<FunctionCallContent>().Select(c => new ToolCallJson(c.CallId, "function", new(c.Name, JsonSerializer.Serialize(c.Arguments ?? new Dictionary<string, object?>(), OneLine.Of<IDictionary<string, object?>>()))))];

    private static string ReasonOf(ChatFinishReason? reason, bool calls) => calls ? "tool_calls" : reason == ChatFinishReason.Length ? "length" : reason == ChatFinishReason.ContentFilter ? "content_filter" : "stop";

    private static CompletionUsage UsageOf(UsageDetails? usage) => new((int)(usage?.InputTokenCount ?? 0), (int)(usage?.OutputTokenCount ?? 0), (int)((usage?.InputTokenCount ?? 0) + (usage?.OutputTokenCount ?? 0)));
}
