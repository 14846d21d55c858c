using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rag.Agents.Parsing;

/// <summary>A thought and the action that follows it, in what a model wrote.</summary>
/// <param name="Thought">On one line; may be empty.</param>
/// <param name="Name">Of the action, as written; <see langword="null"/> where the reply holds none.</param>
/// <param name="Input">What the action is given: a text, or a JSON object.</param>
internal sealed partial record ActionReply(string Thought, string? Name, string Input)
{
    /// <summary>The action that ends a run.</summary>
    public const string FinishName = "Finish";

    private static readonly string[] Finishes = ["finish", "final answer", "answer", "submit"];

    /// <summary>The action as the protocol writes it.</summary>
    public string Written => $"{(IsFinish ? FinishName : Name)}[{Input}]";

    /// <summary>Whether the action is the answer.</summary>
    public bool IsFinish => Name is not null && Finishes.Contains(Name.ToLowerInvariant());

    /// <summary>
    /// Reads a reply, however a model writes it: with or without numbers, in Markdown, as <c>Name[input]</c>, <c>Name(input)</c>, <c>Name: input</c> or <c>Action Input:</c>, as JSON in a code
    /// fence or tags, or with <c>Final Answer:</c>. Of several actions the first counts, since what follows it was made up; so was every observation.
    /// </summary>
    /// <param name="text">The reply.</param>
    /// <param name="tools">Names of tools, so that they are known also where no <c>Action:</c> stands before them.</param>
    public static ActionReply Parse(string text, IReadOnlyCollection<string> tools)
    {
        text = Observation().Match(text) is { Success: true } invented ? text[..invented.Index] : text;
        if (Label().Match(text) is { Success: true } label)
        {
            var rest = text[(label.Index + label.Length)..];
            return Json(rest, ThoughtOf(text[..label.Index])) ?? Labelled(rest, ThoughtOf(text[..label.Index]));
        }

        if (Json(text, ThoughtOf(text.Split('{')[0].Replace("```json", "", StringComparison.Ordinal))) is { } json)
        {
            return json;
        }

        if (Answer().Match(text) is { Success: true } answer)
        {
            return new(ThoughtOf(text[..answer.Index]), FinishName, Prompt.OnOneLine(text[(answer.Index + answer.Length)..]).Trim('*', ' '));
        }

        var bare = Bare().Matches(text).FirstOrDefault(m => tools.Append(FinishName).Contains(m.Groups["name"].Value, StringComparer.OrdinalIgnoreCase));
        return bare is null ? new(ThoughtOf(text), null, "") : new(ThoughtOf(text[..bare.Index]), bare.Groups["name"].Value, Inside(text[(bare.Index + bare.Length - 1)..]));
    }

    /// <summary>Reads a reply that should hold an action and nothing before it.</summary>
    public static ActionReply ParseAction(string text, IReadOnlyCollection<string> tools) => Label().IsMatch(text) ? Parse(text, tools) : Parse($"Action: {text}", tools);

    private static ActionReply Labelled(string rest, string thought)
    {
        var line = rest.TrimStart().Split('\n')[0].Trim().Trim('*', '`').Trim();
        if (Call().Match(line) is { Success: true } call)
        {
            return new(thought, call.Groups["name"].Value.Trim('*', '`', ' '), Inside(line[call.Groups["open"].Index..]));
        }

        // LangChain's form: the name alone, the input on a line of its own.
        if (InputLabel().Match(rest) is { Success: true } input)
        {
            var given = ReplyText.Unfenced(rest[(input.Index + input.Length)..].TrimStart());
            return new(thought, line.TrimEnd(':'), given.TrimStart().StartsWith('{') ? given.Trim() : Unquoted(given.Split('\n')[0].Trim()));
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return line.Length == 0 ? new(thought, null, "")
            : colon > 0 ? new(thought, line[..colon].Trim(), Unquoted(line[(colon + 1)..].Trim()))
            : new(thought, line, "");
    }

    /// <summary>An action as JSON, under the names that models use.</summary>
    private static ActionReply? Json(string text, string thought)
    {
        var begin = text.IndexOf('{', StringComparison.Ordinal);
        if (begin < 0 || (begin > 0 && Call().IsMatch(text[..begin])))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text[begin..]), new JsonReaderOptions { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using var document = JsonDocument.ParseValue(ref reader);
            var members = document.RootElement.EnumerateObject().GroupBy(m => m.Name.ToLowerInvariant()).ToDictionary(g => g.Key, g => g.Last().Value);
            var name = First(members, "action", "tool", "name", "function", "tool_name");
            if (name is not { ValueKind: JsonValueKind.String } || string.IsNullOrWhiteSpace(name.Value.GetString()))
            {
                return null;
            }

            var input = First(members, "action_input", "arguments", "args", "input", "parameters", "tool_input");
            var said = First(members, "thought", "reasoning") is { ValueKind: JsonValueKind.String } own ? Prompt.OnOneLine(own.GetString()!) : thought;
            return new(said, name.Value.GetString(), input is null ? "" : input.Value.ValueKind == JsonValueKind.String ? input.Value.GetString()! : input.Value.GetRawText());
        }
        catch (JsonException)
        {
            return null; // text with braces in it
        }
    }

    private static JsonElement? First(Dictionary<string, JsonElement> members, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (members.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>What stands between a bracket and the one that closes it, on the same line; to the end of the line where none does.</summary>
    private static string Inside(string text)
    {
        var (open, close) = text[0] == '[' ? ('[', ']') : ('(', ')');
        var depth = 0;
        for (var i = 0; i < text.Length && text[i] != '\n'; i++)
        {
            depth += text[i] == open ? 1 : text[i] == close ? -1 : 0;
            if (depth == 0)
            {
                return Unquoted(text[1..i].Trim());
            }
        }

        return Unquoted(text[1..].Split('\n')[0].Trim());
    }

    private static string Unquoted(string text) => text.Length > 1 && text[0] == text[^1] && text[0] is '"' or '\'' ? text[1..^1] : text;

    private static string ThoughtOf(string text) => Prompt.OnOneLine(ThoughtLabel().Replace(text, "")).Trim('*', ' ', '`', '<');

    [GeneratedRegex(@"(^|\n)[\s*#>]*Observation\s*\d*\s*\**\s*[:：]", RegexOptions.IgnoreCase)]
    private static partial Regex Observation();

    [GeneratedRegex(@"(^|\n)[\s*#>]*Action\s*\d*\s*\**\s*[:：]\**", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    [GeneratedRegex(@"(^|\n)[\s*#>]*Thought\s*\d*\s*\**\s*[:：]\**", RegexOptions.IgnoreCase)]
    private static partial Regex ThoughtLabel();

    [GeneratedRegex(@"(^|\n)[\s*#>]*Action\s+Input\s*\d*\s*\**\s*[:：]\**", RegexOptions.IgnoreCase)]
    private static partial Regex InputLabel();

    [GeneratedRegex(@"(^|\n)[\s*#>]*(Final\s+)?Answer\s*\d*\s*\**\s*[:：]\**", RegexOptions.IgnoreCase)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^(?<name>[\w .*`-]+?)\s*(?<open>[\[(])")]
    private static partial Regex Call();

    [GeneratedRegex(@"\b(?<name>\w+)[\[(]")]
    private static partial Regex Bare();
}
