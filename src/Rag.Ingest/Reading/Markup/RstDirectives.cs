using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Writes what begins with two dots: directives, footnotes, and comments and targets, of which nothing is left.</summary>
/// <param name="lines">The lines of the file.</param>
/// <param name="prose">Writes blocks.</param>
/// <param name="write">Writes the blocks among the lines from the first number to before the second.</param>
internal sealed partial class RstDirectives(string[] lines, Prose prose, Action<int, int, BlockKind, int> write)
{
    private static readonly FrozenSet<string> _dropped = FrozenSet.Create(
        "include", "literalinclude", "raw", "toctree", "contents", "index", "highlight", "meta", "module", "currentmodule", "py:module", "py:currentmodule", "default-role", "role", "sectnum", "target-notes", "replace", "unicode", "date", "tabularcolumns", "automodule", "autoclass", "autofunction", "autosummary", "graphviz", "plot", "testsetup", "testcleanup", "namespace");

    private static readonly FrozenSet<string> _code = FrozenSet.Create("code", "code-block", "sourcecode", "parsed-literal", "prompt", "literal", "console", "testcode", "testoutput", "doctest", "math", "productionlist");

    private static readonly FrozenSet<string> _said = FrozenSet.Create("note", "warning", "tip", "important", "caution", "danger", "attention", "hint", "error", "seealso", "versionadded", "versionchanged", "deprecated", "todo");

    public void Write(int at, int end, BlockKind kind, int level)
    {
        var first = lines[at].Trim();
        if (Footnote().Match(first) is { Success: true } note)
        {
            prose.Add(BlockKind.Footnote, [first[note.Length..], .. lines[(at + 1)..end]], at + 1);
            return;
        }

        var directive = Directive().Match(first);
        var name = directive.Groups[1].Value.ToLowerInvariant();
        if (!directive.Success || _dropped.Contains(name))
        {
            return;
        }

        var argument = first[directive.Length..].Trim();
        var (body, options) = Options(at + 1, end);
        if (_code.Contains(name))
        {
            prose.AddCode(name == "math" && argument.Length > 0 ? [argument, .. lines[body..end]] : lines.AsSpan(body, end - body), name == "math" && argument.Length > 0 ? at + 1 : body + 1);
            return;
        }

        switch (name)
        {
            case "image" or "figure":
                prose.Add(kind, [options.GetValueOrDefault("alt", "")], at + 1);
                break;
            case "csv-table":
                Titled(argument, at, kind);
                var values = new SeparatedValues(string.Join('\n', lines[body..end].Select(line => line.Trim()))).Records(options.GetValueOrDefault("delim", ",") is [var delimiter] ? delimiter : ',').Select(record => record.Values.ToArray());
                prose.AddTable(options.TryGetValue("header", out var header) ? new SeparatedValues(header).Records(',').Select(record => record.Values.ToArray()).Concat(values) : values, body + 1);
                return;
            case "list-table":
                Titled(argument, at, kind);
                prose.AddTable(ListTable(body, end), body + 1);
                return;
            case "rubric" or "topic" or "sidebar" or "admonition" or "table" or "centered":
                Titled(argument, at, kind);
                break;
            case var _ when _said.Contains(name):
                Said(name, argument, at, ref body, end, kind, level);
                break;
            default:
                // what a domain of Sphinx describes, such as py:function
                prose.AddCode(argument.Length > 0 ? [argument] : [], at + 1);
                break;
        }

        write(body, end, kind, level + 1);
    }

    private void Titled(string title, int at, BlockKind kind) => prose.Add(kind, [title], at + 1);

    // Note: and the first paragraph
    private void Said(string name, string argument, int at, ref int body, int end, BlockKind kind, int level)
    {
        var mark = name switch { "seealso" => "See also: ", "versionadded" => "Added in ", "versionchanged" => "Changed in ", "deprecated" => "Deprecated since ", _ => $"{char.ToUpperInvariant(name[0])}{name[1..]}: " };
        while (body < end && string.IsNullOrWhiteSpace(lines[body]))
        {
            body++;
        }

        var from = body;
        while (body < end && !string.IsNullOrWhiteSpace(lines[body]) && !IsBlockStart(lines[body].TrimStart()))
        {
            body++;
        }

        var isVersion = !mark.EndsWith(": ", StringComparison.Ordinal);
        string[] text = argument.Length == 0 ? lines[from..body] : [isVersion && body > from ? argument + ":" : argument, .. lines[from..body]];
        prose.Add(kind, text, argument.Length > 0 ? at + 1 : from + 1, mark: mark);
    }

    private static bool IsBlockStart(string line) => line.StartsWith(".. ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal);

    private (int Body, Dictionary<string, string> Options) Options(int from, int end)
    {
        var options = new Dictionary<string, string>();
        while (from < end && Option().Match(lines[from]) is { Success: true } option)
        {
            options[option.Groups[1].Value] = lines[from++][option.Length..].Trim();
        }

        return (from, options);
    }

    // * - a
    //   - b
    private List<string[]> ListTable(int from, int end)
    {
        var rows = new List<List<string>>();
        foreach (var line in lines.AsSpan(from, end - from))
        {
            var text = line.Trim();
            if (text.StartsWith("* -", StringComparison.Ordinal))
            {
                rows.Add([text[3..]]);
            }
            else if (rows.Count > 0 && (text.StartsWith("- ", StringComparison.Ordinal) || text == "-"))
            {
                rows[^1].Add(text[1..]);
            }
            else if (rows.Count > 0 && text.Length > 0)
            {
                rows[^1][^1] += " " + text;
            }
        }

        return [.. rows.Select(row => row.ToArray())];
    }

    [GeneratedRegex(@"^\.\.\s+\[[^\]\s]+\]\s*")]
    private static partial Regex Footnote();

    [GeneratedRegex(@"^\.\.\s+(?:\|[^|]+\|\s+)?([\w:.+-]*\w)\s?::(?:\s+|$)")]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s+:([\w-]+):(?:\s+|$)")]
    private static partial Regex Option();
}
