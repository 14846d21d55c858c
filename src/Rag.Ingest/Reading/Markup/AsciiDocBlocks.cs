using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Writes the blocks of AsciiDoc line by line.</summary>
internal sealed partial class AsciiDocBlocks
{
    private readonly string[] _lines;
    private readonly AsciiDocInlines _inlines = new();
    private readonly Prose _prose;
    private readonly List<(string Mark, int Count)> _lists = []; // that are open, from the outside in
    private string _style = ""; // attributes of the block that follows
    private string _said = ""; // the kind of an admonition that a block is
    private string _quote = ""; // the line that ends an open quote

    public AsciiDocBlocks(DocumentBuilder builder, string[] lines)
    {
        _lines = lines;
        _prose = new(builder, _inlines.Plain);
    }

    /// <summary>The first heading.</summary>
    public string? Title { get; private set; }

    private BlockKind Running => _quote.Length > 0 ? BlockKind.Quote : BlockKind.Paragraph;

    public void Write()
    {
        for (var i = 0; i < _lines.Length;)
        {
            i = Block(i, _lines[i].TrimEnd());
            while (_inlines.Footnotes.TryDequeue(out var note))
            {
                _prose.Add(BlockKind.Footnote, [note], i);
            }
        }
    }

    // the line behind it
    private int Block(int at, string line)
    {
        if (line.Length == 0 || line is "+" or "'''" or "<<<" or "--" or "toc::[]" || Dropped().IsMatch(line))
        {
            return at + 1;
        }

        if (line.StartsWith("////", StringComparison.Ordinal) && IsFence(line))
        {
            return Fence(at, line) + 1;
        }

        if (Definition().Match(line) is { Success: true } definition)
        {
            _inlines.Define(definition.Groups[1].Value, definition.Groups[2].Value.Trim());
            return at + 1;
        }

        if (line[0] == '[' && line[^1] == ']' && !line.StartsWith("[[", StringComparison.Ordinal) && Style().IsMatch(line))
        {
            _style = line;
            return at + 1;
        }

        if (line.StartsWith("[[", StringComparison.Ordinal) && line.EndsWith("]]", StringComparison.Ordinal))
        {
            return at + 1;
        }

        if (Heading().Match(line) is { Success: true } heading)
        {
            _lists.Clear();
            _prose.Add(BlockKind.Heading, [line[heading.Length..].TrimEnd('=', ' ')], at + 1, Math.Min(6, heading.Groups[1].Length));
            Title ??= _inlines.Plain(line[heading.Length..].Trim());
            return Style(at + 1);
        }

        if (Said().Match(_style) is { Success: true } said)
        {
            _said = Named(said.Groups[1].Value);
        }

        return IsFence(line) ? Fenced(at, line) : Lines(at, line);
    }

    private int Style(int next)
    {
        _style = "";
        return next;
    }

    private static string Named(string kind) => $"{kind[0]}{kind[1..].ToLowerInvariant()}: ";

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal) || (line.Length > 3 && line[0] is '-' or '.' or '=' or '*' or '_' or '+' or '/' && line.AsSpan().IndexOfAnyExcept(line[0]) < 0) || TableFence().IsMatch(line);

    // where the same line stands again
    private int Fence(int at, string line)
    {
        var closing = line.StartsWith("```", StringComparison.Ordinal) ? "```" : line;
        var end = at + 1;
        while (end < _lines.Length && _lines[end].TrimEnd() != closing)
        {
            end++;
        }

        return end;
    }

    private int Fenced(int at, string line)
    {
        switch (line[0])
        {
            case '_':
                _quote = _quote.Length > 0 ? "" : line;
                return Style(at + 1);
            case '=' or '*':
                _lists.Clear();
                return Style(at + 1); // what stands inside is like what stands around it
            case '|' or '!' or ',' or ':':
                var last = Fence(at, line);
                var delimiter = line[0];
                _prose.AddTable(AsciiDocTable.Rows([.. _lines[(at + 1)..Math.Min(last, _lines.Length)].Select(row => delimiter is ',' or ':' ? delimiter + row : row)], _style, delimiter), at + 1);
                return Style(last + 1);
        }

        var end = Fence(at, line);
        if (line[0] == '+')
        {
            if (_style.Contains("stem", StringComparison.Ordinal) || _style.Contains("math", StringComparison.Ordinal))
            {
                _prose.AddCode(_lines.AsSpan(at + 1, end - at - 1), at + 2);
            }
        }
        else
        {
            _prose.AddCode(_lines.AsSpan(at + 1, end - at - 1), at + 2);
        }

        return Style(end + 1);
    }

    private int Lines(int at, string line)
    {
        if (line[0] == '.' && line.Length > 1 && line[1] is not ('.' or ' '))
        {
            _prose.Add(Running, [line[1..]], at + 1);
            return at + 1; // the title of the block that follows
        }

        if (Picture().Match(line) is { Success: true } picture)
        {
            _prose.Add(Running, [picture.Groups[1].Value.Split(',')[0].Trim('"')], at + 1);
            return Style(at + 1);
        }

        if (line[0] == '|')
        {
            var rows = at;
            while (rows < _lines.Length && _lines[rows].StartsWith('|'))
            {
                rows++;
            }

            _prose.AddTable(AsciiDocTable.Rows(_lines.AsSpan(at, rows - at), _style, '|'), at + 1);
            return Style(rows);
        }

        var end = at + 1;
        while (end < _lines.Length && IsContinued(_lines[end].TrimEnd()))
        {
            end++;
        }

        if (Item().Match(line) is { Success: true } item)
        {
            string[] text = [line[item.Length..], .. _lines[(at + 1)..end]];
            _prose.Add(BlockKind.ListItem, text, at + 1, Depth(item.Groups[1].Value, out var mark), mark);
            return Style(end);
        }

        if (Term().Match(line) is { Success: true } term)
        {
            _prose.Add(Running, [term.Groups[1].Value], at + 1);
            _prose.Add(Running, [line[term.Length..], .. _lines[(at + 1)..end]], at + 1);
            return Style(end);
        }

        if (char.IsWhiteSpace(line[0]) && _style.Length == 0)
        {
            _prose.AddCode(_lines.AsSpan(at, end - at), at + 1);
            return Style(end);
        }

        if (at == 0 || _lines[at - 1].TrimEnd() != "+")
        {
            _lists.Clear(); // else the paragraph belongs to the item above
        }

        if (_style.StartsWith("[source", StringComparison.Ordinal) || _style.StartsWith("[listing", StringComparison.Ordinal) || _style.StartsWith("[literal", StringComparison.Ordinal))
        {
            _prose.AddCode(_lines.AsSpan(at, end - at), at + 1);
            return Style(end);
        }

        var said = SaidBefore().Match(line);
        var kind = _style.StartsWith("[quote", StringComparison.Ordinal) ? BlockKind.Quote : Running;
        _prose.Add(kind, [line[said.Length..], .. _lines[(at + 1)..end].Where(l => !l.StartsWith("//", StringComparison.Ordinal))], at + 1, mark: said.Success ? Named(said.Groups[1].Value) : _said);
        _said = "";
        return Style(end);
    }

    // the marks of the list items above say how deep an item stands
    private int Depth(string mark, out string written)
    {
        var kind = mark[0] == '<' ? "<" : char.IsDigit(mark[0]) ? "1." : mark;
        var open = _lists.FindIndex(list => list.Mark == kind);
        if (open < 0)
        {
            open = _lists.Count;
            _lists.Add((kind, 0));
        }

        _lists.RemoveRange(open + 1, _lists.Count - open - 1);
        var count = _lists[open].Count + 1;
        _lists[open] = (kind, count);
        written = mark[0] is '*' or '-' ? "- " : string.Create(CultureInfo.InvariantCulture, $"{(char.IsDigit(mark[0]) ? mark.TrimEnd('.') : count)}. ");
        return open + 1;
    }

    private static bool IsContinued(string line) =>
        line.Length > 0 && line is not ("+" or "--") && !IsFence(line) && !Item().IsMatch(line) && !Heading().IsMatch(line) && !Term().IsMatch(line) && !Picture().IsMatch(line) && !(line[0] == '[' && line[^1] == ']' && Style().IsMatch(line)) && !Dropped().IsMatch(line);

    [GeneratedRegex(@"^(?:include|ifdef|ifndef|ifeval|endif|video|audio)::\S*\[.*\]$|^//(?!//)")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"^:!?([\w-]+)!?:(?:\s+(.*))?$")]
    private static partial Regex Definition();

    [GeneratedRegex(@"^\[(?:[\w.#%""'][^\]]*)?\]$")]
    private static partial Regex Style();

    [GeneratedRegex(@"^(={1,6}|#{1,6})\s+(?=\S)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\[(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\b")]
    private static partial Regex Said();

    [GeneratedRegex(@"^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")]
    private static partial Regex SaidBefore();

    [GeneratedRegex(@"^[|!,:]===+$")]
    private static partial Regex TableFence();

    [GeneratedRegex(@"^\s*image::[^\s\[]*\[([^\]]*)\]$")]
    private static partial Regex Picture();

    [GeneratedRegex(@"^\s*(\*{1,6}|-|\.{1,6}|\d{1,6}\.|<(?:\d{1,4}|\.)>)\s+(?=\S)(?:\[[ x*]\]\s+)?")]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s*(\S.{0,200}?)(?:::{1,3}|;;)(?:\s+|$)")]
    private static partial Regex Term();
}
