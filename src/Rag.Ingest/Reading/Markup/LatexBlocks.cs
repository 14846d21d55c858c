using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Writes the blocks of LaTeX: sections, environments, and paragraphs between blank lines.</summary>
internal sealed partial class LatexBlocks
{
    private const int LongestLine = 20_000; // of which commands are looked for: each one that is found is one more pass over the rest

    private static readonly FrozenSet<string> _code = FrozenSet.Create("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt");
    private static readonly FrozenSet<string> _math = FrozenSet.Create("equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "displaymath", "eqnarray", "eqnarray*", "math", "flalign", "flalign*");
    private static readonly FrozenSet<string> _tables = FrozenSet.Create("tabular", "tabular*", "tabularx", "longtable", "tabulary", "supertabular");
    private static readonly FrozenSet<string> _dropped = FrozenSet.Create("tikzpicture", "picture", "comment", "filecontents", "filecontents*", "pgfpicture");
    private static readonly FrozenSet<string> _said = FrozenSet.Create("theorem", "lemma", "proof", "definition", "corollary", "remark", "example", "proposition", "note", "warning", "abstract", "claim", "conjecture");

    private readonly string[] _lines;
    private readonly LatexInlines _inlines = new();
    private readonly Prose _prose;
    private readonly Stack<(bool IsOrdered, int Count)> _lists = [];
    private readonly List<string> _open = []; // lines of the paragraph that is read
    private int _first;
    private int _quotes;
    private string _mark = "";
    private bool _isItem;

    public LatexBlocks(DocumentBuilder builder, string text)
    {
        _lines = text.Split('\n');
        _prose = new(builder, _inlines.Plain);
    }

    /// <summary>What the preamble says, else the first heading.</summary>
    public string? Title { get; private set; }

    public void Write()
    {
        var begin = Array.FindIndex(_lines, line => line.Contains("\\begin{document}", StringComparison.Ordinal));
        for (var i = 0; i < begin; i++)
        {
            TitleOf(i);
        }

        if (Title is not null)
        {
            _prose.Add(BlockKind.Heading, [Title], 1, 1);
        }

        for (var i = begin + 1; i < _lines.Length && !_lines[i].Contains("\\end{document}", StringComparison.Ordinal);)
        {
            i = Line(i);
        }

        EndParagraph();
    }

    private void TitleOf(int i)
    {
        if (_lines[i].IndexOf("\\title{", StringComparison.Ordinal) is >= 0 and var at)
        {
            var text = string.Join('\n', _lines.Skip(i).Take(5));
            at += "\\title".Length;
            Title = LatexInlines.Closing(text, at, text.Length) is >= 0 and var close ? TextCleaning.OneLine(_inlines.Plain(text[(at + 1)..close])) : Title;
        }
    }

    private int Line(int at)
    {
        var line = WithoutComment(_lines[at]);
        if (string.IsNullOrWhiteSpace(line))
        {
            if (line.Length == _lines[at].Length)
            {
                EndParagraph(); // a line that is only a comment is none
            }

            return at + 1;
        }

        while (line.Length <= LongestLine && Command().Match(line) is { Success: true } command)
        {
            Add(line[..command.Index], at);
            var name = command.Groups["argument"].Value.Trim();
            var rest = line[(command.Index + command.Length)..];
            switch (command.Groups["name"].Value)
            {
                case "begin" when _code.Contains(name) || _dropped.Contains(name) || _math.Contains(name) || _tables.Contains(name):
                    line = Verbatim(ref at, name, rest, $"\\end{{{name}}}");
                    break;
                case "[":
                    line = Verbatim(ref at, "displaymath", rest, "\\]");
                    break;
                case "begin":
                    line = Begin(name, rest);
                    break;
                case "end":
                    End(name);
                    line = rest;
                    break;
                case "item":
                    EndParagraph();
                    line = Item(rest);
                    break;
                case "bibitem":
                    EndParagraph();
                    (_mark, _isItem, line) = ($"[{name}] ", true, rest);
                    break;
                case "caption":
                    EndParagraph();
                    Add(name, at);
                    EndParagraph();
                    line = rest;
                    break;
                case var section:
                    return Heading(at, section, line[command.Index..]);
            }
        }

        Add(line, at);
        return at + 1;
    }

    private void Add(string text, int at)
    {
        if (_open.Count == 0)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return;
            }

            _first = at;
        }

        while (_open.Count < at - _first)
        {
            _open.Add("");
        }

        if (_open.Count > at - _first)
        {
            _open[^1] += text;
        }
        else
        {
            _open.Add(text);
        }
    }

    private void EndParagraph()
    {
        if (_open.Count > 0)
        {
            var kind = _isItem ? BlockKind.ListItem : _quotes > 0 ? BlockKind.Quote : BlockKind.Paragraph;
            _prose.Add(kind, _open, _first + 1, _isItem ? Math.Max(1, _lists.Count) : 0, _mark);
            _open.Clear();
            (_mark, _isItem) = ("", false);
        }

        while (_inlines.Footnotes.TryDequeue(out var note))
        {
            _prose.Add(BlockKind.Footnote, note.Split('\n'), _first + 1);
        }
    }

    private string Begin(string name, string rest)
    {
        EndParagraph();
        if (name is "itemize" or "enumerate" or "description")
        {
            _lists.Push((name == "enumerate", 0));
        }
        else if (name is "quote" or "quotation" or "verse")
        {
            _quotes++;
        }
        else if (_said.Contains(name))
        {
            var title = rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is > 0 and var close ? $" ({_inlines.Plain(rest[1..close])})" : "";
            _mark = $"{char.ToUpperInvariant(name[0])}{name[1..]}{title}: ";
        }

        return Options().Replace(rest, "");
    }

    private void End(string name)
    {
        EndParagraph();
        if (name is "itemize" or "enumerate" or "description")
        {
            _lists.TryPop(out _);
        }
        else if (name is "quote" or "quotation" or "verse")
        {
            _quotes = Math.Max(0, _quotes - 1);
        }
    }

    private string Item(string rest)
    {
        _isItem = true;
        if (_lists.TryPop(out var list))
        {
            _lists.Push(list with { Count = list.Count + 1 });
        }

        _mark = list.IsOrdered ? $"{list.Count + 1}. " : "- ";
        var text = rest.TrimStart();
        if (text.StartsWith('[') && LatexInlines.Closing(text, 0, text.Length) is > 0 and var close)
        {
            _mark = $"- {_inlines.Plain(text[1..close])}: ";
            return text[(close + 1)..];
        }

        return rest;
    }

    private int Heading(int at, string section, string text)
    {
        EndParagraph();
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var last = at;
        while (open >= 0 && LatexInlines.Closing(text, open, text.Length) < 0 && last + 1 < Math.Min(_lines.Length, at + 5))
        {
            text += "\n" + WithoutComment(_lines[++last]);
        }

        var close = open < 0 ? -1 : LatexInlines.Closing(text, open, text.Length);
        if (close < 0)
        {
            return at + 1;
        }

        var level = section switch { "part" or "chapter" => 1, "section" => 2, "subsection" => 3, "subsubsection" => 4, "paragraph" => 5, _ => 6 };
        var title = text[(open + 1)..close];
        _prose.Add(BlockKind.Heading, title.Split('\n'), at + 1, level);
        Title ??= TextCleaning.OneLine(_inlines.Plain(title));
        Add(text[(close + 1)..].Replace('\n', ' '), last);
        return last + 1;
    }

    // up to the end of an environment in which a line is not what it is elsewhere
    private string Verbatim(ref int at, string name, string rest, string closing)
    {
        EndParagraph();
        var (start, end) = (at, at);
        var closed = rest.IndexOf(closing, StringComparison.Ordinal);
        List<string> body = [closed < 0 ? rest : rest[..closed]];
        var after = closed < 0 ? "" : rest[(closed + closing.Length)..];
        if (closed < 0)
        {
            for (end = at + 1; end < _lines.Length && (closed = _lines[end].IndexOf(closing, StringComparison.Ordinal)) < 0; end++)
            {
                body.Add(_lines[end]);
            }

            if (closed >= 0)
            {
                body.Add(_lines[end][..closed]);
                after = WithoutComment(_lines[end][(closed + closing.Length)..]);
            }
        }

        if (_code.Contains(name))
        {
            body[0] = Options().Replace(body[0], "");
            _prose.AddCode(body.ToArray(), start + 1);
        }
        else if (_tables.Contains(name))
        {
            _prose.AddTable(Rows(string.Join('\n', body.Select(WithoutComment))), start + 1);
        }
        else if (_math.Contains(name))
        {
            _prose.AddCode([.. body.Select(line => Label().Replace(line, ""))], start + 1);
        }

        at = end;
        return after;
    }

    private static IEnumerable<string[]> Rows(string table)
    {
        table = Rule().Replace(ColumnTypes().Replace(table, ""), "");
        return table.Split("\\\\").Select(row => Cell().Split(row)).Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell)));
    }

    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('%', StringComparison.Ordinal); at >= 0; at = line.IndexOf('%', at + 1))
        {
            if (at == 0 || line[at - 1] != '\\')
            {
                return line[..at];
            }
        }

        return line;
    }

    [GeneratedRegex(@"(?<!\\)\\(?:(?<name>begin|end|bibitem|caption)(?:\[[^\]]*\])?\{(?<argument>(?:[^{}]|\{[^{}]*\})*)\}|(?<name>item)\b|(?<name>\[)|(?<name>part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?(?=[\[{]))", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"^(?:\s*(?:\[[^\]]*\]|\{[^{}]*\}))+")]
    private static partial Regex Options();

    [GeneratedRegex(@"\\label\{[^{}]*\}|\\nonumber\b")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})+")]
    private static partial Regex ColumnTypes();

    [GeneratedRegex(@"\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot)\b|\\(?:cline|cmidrule)(?:\([^)]*\))?\{[^}]*\}")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<!\\)&")]
    private static partial Regex Cell();
}
