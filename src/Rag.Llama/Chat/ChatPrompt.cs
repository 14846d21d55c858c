using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>A conversation as the model's template writes it, in text and in tokens.</summary>
/// <param name="Text">For people, and for finding out whether it ends inside the model's reasoning.</param>
/// <param name="Tokens">For the model.</param>
internal sealed record ChatPrompt(string Text, int[] Tokens)
{
    /// <summary>Writes a conversation.</summary>
    /// <exception cref="NotSupportedException">A message holds something other than text, reasoning and calls of functions.</exception>
    /// <exception cref="ChatTemplateException">The template refuses the conversation.</exception>
    public static ChatPrompt Create(IEnumerable<ChatMessage> messages, ChatOptions? options, IReadOnlyList<ChatTool> tools, ChatDialect dialect, bool? thinking)
    {
        var foreign = new ForeignText(dialect.Vocabulary, dialect.Markers);
        var written = dialect.Template.Render(new ChatTemplateInput
        {
            Messages = Merge(Convert(messages, options?.Instructions, foreign)),
            Tools = tools,
            BosToken = dialect.TextOf(dialect.Vocabulary.Bos),
            EosToken = dialect.TextOf(dialect.Vocabulary.Eos),
            Thinking = thinking,
        });
        var tokens = foreign.Tokenize(written);
        // most templates write the beginning token themselves
        return new(foreign.Restore(written), dialect.Vocabulary is { AddsBos: true, Bos: { } bos } && (tokens.Length == 0 || tokens[0] != bos) ? [bos, .. tokens] : tokens);
    }

    private static IEnumerable<ChatTemplateMessage> Convert(IEnumerable<ChatMessage> messages, string? instructions, ForeignText foreign)
    {
        if (!string.IsNullOrEmpty(instructions))
        {
            yield return new("system", foreign.Guard(instructions));
        }

        var names = new Dictionary<string, string>();
        foreach (var message in messages)
        {
            var results = message.Contents.OfType<FunctionResultContent>().ToList();
            foreach (var result in results)
            {
                yield return new("tool", foreign.Guard(ResultText(result))) { ToolCallId = result.CallId, ToolName = names.GetValueOrDefault(result.CallId) };
            }

            if (results.Count > 0 && results.Count == message.Contents.Count)
            {
                continue;
            }

            var calls = message.Contents.OfType<FunctionCallContent>().Select(c => new ChatToolCall(c.CallId, c.Name, Arguments(c, foreign))).ToList();
            calls.ForEach(c => names[c.Id] = c.Name);
            yield return new(message.Role == ChatRole.System || message.Role.Value == "developer" ? "system" : message.Role.Value, foreign.Guard(string.Concat(message.Contents.Select(TextOf))))
            {
                Reasoning = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(r => r.Text)) is { Length: > 0 } reasoning ? foreign.Guard(reasoning) : null,
                ToolCalls = calls,
            };
        }
    }

    /// <summary>One system message where several lead: templates know one.</summary>
    private static List<ChatTemplateMessage> Merge(IEnumerable<ChatTemplateMessage> messages)
    {
        var all = messages.ToList();
        var system = all.TakeWhile(m => m.Role == "system").ToList();
        return system.Count > 1 ? [new("system", string.Join("\n\n", system.Select(m => m.Content))), .. all.Skip(system.Count)] : all;
    }

    private static string TextOf(AIContent content) => content switch
    {
        TextReasoningContent or FunctionCallContent or FunctionResultContent or UsageContent or ErrorContent => "",
        TextContent text => text.Text ?? "",
        _ => throw new NotSupportedException($"A message holds {content.GetType().Name}, and local models are given text only. Leave it out, or put what it says into text."),
    };

    private static string ResultText(FunctionResultContent result) => result switch
    {
        { Exception: { } fault } => $"Error: {fault.Message}",
        { Result: null } => "null",
        { Result: string text } => text,
        { Result: JsonElement { ValueKind: JsonValueKind.String } element } => element.GetString()!,
        _ => JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(object))),
    };

    // Arguments are data too: they may repeat what a document said.
    private static JsonElement Arguments(FunctionCallContent call, ForeignText foreign)
    {
        var json = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));
        return JsonElement.Parse(foreign.Guard(json));
    }
}
