using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rag.Agents.Loop;

/// <summary>Tells which arguments of a call did not come from the user.</summary>
/// <remarks>
/// A model mixes all that it reads, so once it has read anything from a document, a tool or an earlier answer, every argument counts as tainted but those whose words stand in this order in what
/// the user wrote. Before that none does. Errs on the side of tainted: a number that was worked out from the user's own is.
/// </remarks>
internal static class Taint
{
    // What is said of a source.
    private const int SourceLength = 80;

    /// <summary>The tainted arguments of a call.</summary>
    /// <param name="arguments">By parameter name.</param>
    /// <param name="runs">From the outermost agent's run, whose task the user wrote, to the one that calls: what any of them has read may stand in what it handed on.</param>
    public static IReadOnlyList<TaintedArgument> Find(IReadOnlyDictionary<string, object?> arguments, IReadOnlyList<RunState> runs)
    {
        var task = runs[0].Task;
        List<(string Name, string Text)> read =
        [
            .. runs.SelectMany(r => r.Task.History).Where(m => m.Role != ChatRole.User).Select(m => ("earlier answer", m.Text)),
            .. runs.SelectMany(r => r.Steps).OfType<AgentStep.Observation>().Select(o => (o.Tool, o.Text)),
        ];
        if (read.Count == 0)
        {
            return [];
        }

        List<string> user = [.. task.History.Where(m => m.Role == ChatRole.User).Select(m => m.Text).Append(task.Text).Select(text => $" {Words(text)} ")];
        return [.. from argument in arguments
                   let text = Text(argument.Value)
                   let words = Words(text)
                   where words.Length == 0 ? text.Any(c => !char.IsWhiteSpace(c)) : !user.Exists(u => u.Contains($" {words} ", StringComparison.Ordinal))
                   select new TaintedArgument(argument.Key, text, Source(words, read))];
    }

    private static string Source(string words, List<(string Name, string Text)> read)
    {
        var wanted = words.Split(' ').ToHashSet();
        var source = read.MaxBy(r => Words(r.Text).Split(' ').Distinct().Count(wanted.Contains));
        return $"{source.Name}: {Prompt.Shorten(Prompt.OnOneLine(source.Text), SourceLength)}";
    }

    private static string Text(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        null => "",
        _ => JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions.Of<object>()),
    };

    // Marks around a word make no difference; those inside it, as in an address, do.
    private static string Words(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split([.. " \t\r\n\"'`,;:()[]{}<>!?*_"], StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.')).Where(word => word.Length > 0));
}
