using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rag.OpenAI.Transport;

namespace Rag.OpenAI.Chat;

/// <summary>The JSON of a request to <c>/chat/completions</c>.</summary>
internal static class ChatBody
{
    /// <param name="model">Asked for.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">How to write.</param>
    /// <param name="isOpenAI">Whether only what OpenAI's own service knows may stand in it.</param>
    /// <exception cref="NotSupportedException">A message or a tool is of a kind that the protocol does not have.</exception>
    /// <exception cref="ArgumentException">The tool that must be called is not there.</exception>
    public static BinaryData Create(string model, IEnumerable<ChatMessage> messages, ChatOptions? options, bool isOpenAI)
    {
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? model,
            ["messages"] = MessageBody.Of(messages, options?.Instructions),
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
        };
        if (options is not null)
        {
            AddSampling(body, options, isOpenAI);
            AddReasoning(body, options, isOpenAI);
            AddForm(body, options);
            AddTools(body, options);
            RequestJson.AddTo(body, options.AdditionalProperties);
        }

        return BinaryData.FromString(body.ToJsonString());
    }

    private static void AddSampling(JsonObject body, ChatOptions options, bool isOpenAI)
    {
        // OpenAI's newer models refuse the old name, and other servers may not know the new one.
        Add(body, isOpenAI ? "max_completion_tokens" : "max_tokens", options.MaxOutputTokens);
        if (!isOpenAI || !Thinks((string)body["model"]!))
        {
            Add(body, "temperature", options.Temperature);
            Add(body, "top_p", options.TopP);
        }

        Add(body, "top_k", options.TopK);
        Add(body, "frequency_penalty", options.FrequencyPenalty);
        Add(body, "presence_penalty", options.PresencePenalty);
        Add(body, "seed", options.Seed);
        if (options.StopSequences is { Count: > 0 } stop)
        {
            body["stop"] = new JsonArray([.. stop.Select(s => JsonValue.Create(s))]);
        }
    }

    // OpenAI's models that think refuse every temperature but their own.
    private static bool Thinks(string model) =>
        Array.Exists(["o1", "o3", "o4", "gpt-5"], family => model.StartsWith(family, StringComparison.Ordinal)) && !model.Contains("chat", StringComparison.Ordinal);

    private static void AddReasoning(JsonObject body, ChatOptions options, bool isOpenAI)
    {
        switch (options.Reasoning?.Effort)
        {
            case null:
            case ReasoningEffort.None when isOpenAI: // most of its models know no such effort and refuse the request
                break;
            case ReasoningEffort.None: // Ollama reads the one, llama-server and vLLM the other
                body["reasoning_effort"] = "none";
                body["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = false };
                break;
            case var effort:
                body["reasoning_effort"] = effort switch { ReasoningEffort.Low => "low", ReasoningEffort.Medium => "medium", ReasoningEffort.High => "high", _ => "xhigh" };
                break;
        }
    }

    private static void AddForm(JsonObject body, ChatOptions options)
    {
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: var schema } form)
        {
            body["response_format"] = schema is not { } given ? new JsonObject { ["type"] = "json_object" } : new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = Described(form.SchemaName ?? "answer", form.SchemaDescription, "schema", given),
            };
        }
    }

    private static void AddTools(JsonObject body, ChatOptions options)
    {
        if (options.Tools is not { Count: > 0 } tools)
        {
            return;
        }

        var functions = tools.Select(t => t as AIFunctionDeclaration ?? throw new NotSupportedException($"The tool '{t.Name}' is a {t.GetType().Name}, and the protocol has functions only. Leave it out, or wrap it in a function.")).ToList();
        body["tools"] = new JsonArray([.. functions.Select(f => Function(Described(f.Name, f.Description, "parameters", f.JsonSchema)))]);
        if (options.AllowMultipleToolCalls is { } several)
        {
            body["parallel_tool_calls"] = several;
        }

        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                body["tool_choice"] = "none";
                break;
            case RequiredChatToolMode { RequiredFunctionName: null }:
                body["tool_choice"] = "required";
                break;
            case RequiredChatToolMode { RequiredFunctionName: var name }:
                body["tool_choice"] = functions.Exists(f => f.Name == name)
                    ? Function(new() { ["name"] = name })
                    : throw new ArgumentException($"The tool '{name}' must be called, but is not there. Tools: {string.Join(", ", functions.Select(f => f.Name))}.", nameof(options));
                break;
        }
    }

    private static JsonObject Function(JsonObject function) => new() { ["type"] = "function", ["function"] = function };

    private static JsonObject Described(string name, string? description, string schemaName, JsonElement schema)
    {
        var described = new JsonObject { ["name"] = name };
        if (!string.IsNullOrEmpty(description))
        {
            described["description"] = description;
        }

        described[schemaName] = JsonNode.Parse(schema.GetRawText());
        return described;
    }

    private static void Add(JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
