using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Llama.Engine;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>A chat request in the engine's terms.</summary>
/// <param name="Generation">What to generate.</param>
/// <param name="Reader">Takes the answer apart.</param>
internal sealed record ChatRequest(GenerationRequest Generation, ChatOutputReader Reader)
{
    /// <summary>Translates messages and options.</summary>
    public static ChatRequest Create(IEnumerable<ChatMessage> messages, ChatOptions? options, ChatDialect dialect)
    {
        var own = options?.RawRepresentationFactory?.Invoke(null!) as LlamaChatOptions ?? new();
        var tools = Tools(options);
        var mode = options?.ToolMode as RequiredChatToolMode;
        // a required call and a required form leave no room for thoughts: where the template can switch them off it does
        bool? thinking = mode is not null || options?.Reasoning?.Effort == ReasoningEffort.None ? false : options?.Reasoning?.Effort is null ? null : true;
        var prompt = ChatPrompt.Create(messages, options, tools, dialect, thinking);
        var reader = new ChatOutputReader(dialect.Reasoning, tools.Count > 0 ? dialect.ToolCalls : null, tools, prompt.Text);
        var callable = mode?.RequiredFunctionName is { } name ? [.. tools.Where(t => t.Name == name)] : tools;
        if (mode is not null && callable.Count == 0)
        {
            throw new ArgumentException($"A call of {mode.RequiredFunctionName ?? "a tool"} is required, and the request has no such tool. Tools: {string.Join(", ", tools.Select(t => t.Name))}.", nameof(options));
        }

        var grammar = own.Grammar is { } given
            ? new GrammarUse(given)
            : dialect.Grammars.Create(dialect.ToolCalls, callable, mode is not null, options?.AllowMultipleToolCalls ?? true, Answer(options), dialect.Reasoning.OpenedBy(prompt.Text)?.Ends[0]);
        return new(
            new GenerationRequest(prompt.Tokens)
            {
                Sampling = own.Sampling with
                {
                    Temperature = options?.Temperature ?? own.Sampling.Temperature,
                    TopK = options?.TopK ?? own.Sampling.TopK,
                    TopP = options?.TopP ?? own.Sampling.TopP,
                    Seed = options?.Seed is { } seed ? unchecked((uint)seed) : own.Sampling.Seed,
                    Penalties = own.Sampling.Penalties with
                    {
                        Frequency = options?.FrequencyPenalty ?? own.Sampling.Penalties.Frequency,
                        Presence = options?.PresencePenalty ?? own.Sampling.Penalties.Presence,
                    },
                },
                MaxTokens = options?.MaxOutputTokens,
                Stop = [.. options?.StopSequences ?? []],
                Grammar = grammar,
                Beams = own.Beams,
                BestOf = own.BestOf,
                Adapters = own.Adapters,
                Overflow = own.Overflow,
                Alternatives = own.Alternatives,
                WithControlTokens = true,
            },
            reader);
    }

    private static List<ChatTool> Tools(ChatOptions? options)
    {
        if (options?.ToolMode is NoneChatToolMode)
        {
            return [];
        }

        return [.. (options?.Tools ?? []).Select(tool => tool is AIFunctionDeclaration function
            ? new ChatTool(function.Name, function.Description, function.JsonSchema)
            : throw new NotSupportedException($"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and a local model can call functions only. Give an AIFunction."))];
    }

    private static JsonElement? Answer(ChatOptions? options) => options?.ResponseFormat switch
    {
        ChatResponseFormatJson { Schema: { } schema } => schema,
        ChatResponseFormatJson => AnyObject,
        _ => null,
    };

    private static JsonElement AnyObject { get; } = JsonElement.Parse("""{ "type": "object" }""");
}
