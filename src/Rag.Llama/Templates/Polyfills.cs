using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rag.Llama.Templates;

/// <summary>Rewrites a conversation so that a template without system role, tools or the like can write all of it.</summary>
internal static class Polyfills
{
    private const string TaggedCall = "<tool_call>\n{\"name\": \"name_of_tool\", \"arguments\": {\"argument\": \"value\"}}\n</tool_call>";

    /// <summary>The conversation in the parts that the template knows.</summary>
    public static ChatTemplateInput Apply(ChatTemplateInput input, ChatTemplateCapabilities capabilities)
    {
        var messages = input.Messages;
        if (input.Tools.Count > 0 && !capabilities.Tools)
        {
            messages = DescribeTools(messages, input.Tools, capabilities.CallExample ?? TaggedCall);
        }

        messages = capabilities.ToolCalls ? messages : [.. messages.Select(WriteCalls)];
        messages = capabilities.ToolResponses ? messages : WriteResults(messages);
        messages = capabilities.ToolCalls && !capabilities.ParallelToolCalls ? SplitCalls(messages) : messages;
        messages = capabilities.NineCharacterIds ? Renumber(messages) : messages;
        messages = capabilities.SystemRole ? messages : MergeSystem(messages);
        messages = capabilities.AlternatingRoles ? MergeNeighbours(messages) : messages;
        return input with { Messages = messages, Tools = capabilities.DescribedParameters ? [.. input.Tools.Select(DescribeParameters)] : input.Tools };
    }

    private static ChatTool DescribeParameters(ChatTool tool)
    {
        var schema = JsonNode.Parse(tool.Parameters.GetRawText());
        if ((schema as JsonObject)?["properties"] is JsonObject properties)
        {
            foreach (var property in properties.Select(p => p.Value).OfType<JsonObject>())
            {
                property.TryAdd("description", "");
            }
        }

        return tool with { Parameters = JsonSerializer.SerializeToElement(schema, ChatJson.Default.JsonNode!) };
    }

    private static List<ChatTemplateMessage> DescribeTools(IReadOnlyList<ChatTemplateMessage> messages, IReadOnlyList<ChatTool> tools, string example)
    {
        var signatures = string.Join('\n', tools.Select(t => TemplateVariables.JsonText(JsonSerializer.SerializeToElement(
            new JsonObject { ["name"] = t.Name, ["description"] = t.Description, ["parameters"] = JsonNode.Parse(t.Parameters.GetRawText()) }, ChatJson.Default.JsonNode))));
        var text = $$$"""
            These tools can be called:
            {{{signatures}}}

            To call one, write its name and its arguments in exactly this way and nothing after it; the result is then given to you:
            {{{example}}}
            """.ReplaceLineEndings("\n");
        return messages is [{ Role: "system" } system, ..]
            ? [system with { Content = Join(system.Content, text) }, .. messages.Skip(1)]
            : [new ChatTemplateMessage("system", text), .. messages];
    }

    private static ChatTemplateMessage WriteCalls(ChatTemplateMessage message)
    {
        if (message.ToolCalls.Count == 0)
        {
            return message;
        }

        var calls = message.ToolCalls.Select(c => $"<tool_call>\n{{\"name\": {JsonSerializer.Serialize(c.Name, ChatJson.Default.String)}, \"arguments\": {TemplateVariables.JsonText(c.Arguments)}}}\n</tool_call>");
        return message with { Content = Join(message.Content, string.Join('\n', calls), "\n"), ToolCalls = [] };
    }

    private static List<ChatTemplateMessage> WriteResults(IReadOnlyList<ChatTemplateMessage> messages)
    {
        List<ChatTemplateMessage> written = [];
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role != "tool")
            {
                written.Add(messages[i]);
                continue;
            }

            var text = $"<tool_response>\n{messages[i].Content}\n</tool_response>";
            if (i > 0 && messages[i - 1].Role == "tool")
            {
                written[^1] = written[^1] with { Content = Join(written[^1].Content, text, "\n") };
            }
            else
            {
                written.Add(new ChatTemplateMessage("user", text));
            }
        }

        return written;
    }

    /// <summary>Each call in a message of its own, with its result behind it.</summary>
    private static List<ChatTemplateMessage> SplitCalls(IReadOnlyList<ChatTemplateMessage> messages)
    {
        List<ChatTemplateMessage> split = [];
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.ToolCalls.Count < 2)
            {
                split.Add(message);
                continue;
            }

            var results = messages.Skip(i + 1).TakeWhile(m => m.Role == "tool").ToList();
            i += results.Count;
            for (var c = 0; c < message.ToolCalls.Count; c++)
            {
                var call = message.ToolCalls[c];
                split.Add(c == 0 ? message with { ToolCalls = [call] } : new ChatTemplateMessage("assistant", "") { ToolCalls = [call] });
                var result = results.Find(r => r.ToolCallId == call.Id) ?? (results.Count > 0 && results.TrueForAll(r => r.ToolCallId is null) ? results[0] : null);
                if (result is not null)
                {
                    results.Remove(result);
                    split.Add(result);
                }
            }

            split.AddRange(results);
        }

        return split;
    }

    /// <summary>Ids in the order of the calls: call00001, call00002.</summary>
    private static List<ChatTemplateMessage> Renumber(IReadOnlyList<ChatTemplateMessage> messages)
    {
        var next = 0;
        Dictionary<string, string> ids = [];
        var calls = messages.SelectMany(m => m.ToolCalls.Select(c => c.Id)).Concat(messages.Select(m => m.ToolCallId).OfType<string>());
        foreach (var id in calls)
        {
            ids.TryAdd(id, id.Length == 9 && id.All(char.IsAsciiLetterOrDigit) ? id : string.Create(CultureInfo.InvariantCulture, $"call{++next:00000}"));
        }

        return
        [
            .. messages.Select(m => m with
            {
                ToolCalls = [.. m.ToolCalls.Select(c => c with { Id = ids[c.Id] })],
                ToolCallId = m.ToolCallId is { } id ? ids[id] : m.Role == "tool" ? "call00000" : null,
            }),
        ];
    }

    private static List<ChatTemplateMessage> MergeSystem(IReadOnlyList<ChatTemplateMessage> messages)
    {
        List<ChatTemplateMessage> merged = [];
        var system = "";
        foreach (var message in messages)
        {
            if (message.Role == "system")
            {
                system = Join(system, message.Content);
            }
            else if (system.Length > 0)
            {
                merged.AddRange(message.Role == "user" ? [message with { Content = Join(system, message.Content) }] : [new ChatTemplateMessage("user", system), message]);
                system = "";
            }
            else
            {
                merged.Add(message);
            }
        }

        return system.Length > 0 ? [.. merged, new ChatTemplateMessage("user", system)] : merged;
    }

    private static List<ChatTemplateMessage> MergeNeighbours(IReadOnlyList<ChatTemplateMessage> messages)
    {
        List<ChatTemplateMessage> merged = [];
        foreach (var message in messages)
        {
            if (merged.Count > 0 && message.Role is "user" or "assistant" && merged[^1].Role == message.Role && message.ToolCalls.Count == 0 && merged[^1].ToolCalls.Count == 0)
            {
                merged[^1] = merged[^1] with { Content = Join(merged[^1].Content, message.Content) };
            }
            else
            {
                merged.Add(message);
            }
        }

        return merged;
    }

    private static string Join(string first, string second, string separator = "\n\n") => first.Length == 0 ? second : second.Length == 0 ? first : first + separator + second;
}
