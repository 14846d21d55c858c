using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Markup;

/// <summary>Writes the blocks of reStructuredText: what is indented belongs to what stands above it.</summary>
internal sealed partial class RstBlocks
{
    private const int MostLevels = 32;

    private readonly string[] _lines;
    private readonly Prose _prose;
    private readonly RstDirectives _directives;
    private readonly List<string> _adornments = []; // of headings, by level

    public RstBlocks(DocumentBuilder builder, string[] lines)
    {
        _lines = lines;
        _prose = new(builder, RstInlines.Plain);
        _directives = new(lines, _prose, Write);
    }

    /// <summary>The first heading.</summary>
    public string? Title { get; private set; }

    public void Write() => Write(0, _lines.Length, BlockKind.Paragraph, 0);

    // level: of nesting, whatever nests
    private void Write(int from, int to, BlockKind kind, int level)
    {
        var (isLiteral, textIndent, count) = (false, 0, 0); // the paragraph above ended with ::, items with a number of their own
        for (var i = from; i < to;)
        {
            if (string.IsNullOrWhiteSpace(_lines[i]))
            {
                i++;
                continue;
            }

            var line = _lines[i];
            var indent = Prose.Indent(line);
            if ((isLiteral && indent > 0 && indent > textIndent) || level >= MostLevels)
            {
                var end = End(i, to, indent);
                _prose.AddCode(_lines.AsSpan(i, end - i), i + 1);
                (i, isLiteral) = (end, false);
            }
            else if (i > from && indent > Outer(from, i))
            {
                var end = End(i, to, indent);
                Write(i, end, BlockKind.Quote, level + 1);
                i = end;
            }
            else if (Heading(i, to) is > 0 and var length)
            {
                i += length;
            }
            else if (line.AsSpan(indent).StartsWith("..") && (line.Length == indent + 2 || line[indent + 2] == ' '))
            {
                var next = Body(i + 1, to, indent);
                _directives.Write(i, next, kind, level);
                i = next;
            }
            else if (Item().Match(line) is { Success: true } item)
            {
                count = item.Groups[1].Value.Contains('#', StringComparison.Ordinal) ? count + 1 : 0;
                i = ListItem(i, to, item, count, level);
            }
            else
            {
                i = Text(i, to, indent, kind, level, out isLiteral);
                textIndent = indent;
            }
        }
    }

    // the indentation that the lines before have
    private int Outer(int from, int before)
    {
        for (var i = from; i < before; i++)
        {
            if (!string.IsNullOrWhiteSpace(_lines[i]))
            {
                return Prose.Indent(_lines[i]);
            }
        }

        return int.MaxValue;
    }

    // behind the lines indented at least so much
    private int End(int from, int to, int indent) => Math.Max(Body(from, to, indent - 1), from + 1);

    // behind the lines from here that are indented more
    private int Body(int from, int to, int indent)
    {
        var end = from;
        for (var i = from; i < to && (string.IsNullOrWhiteSpace(_lines[i]) || Prose.Indent(_lines[i]) > indent); i++)
        {
            end = string.IsNullOrWhiteSpace(_lines[i]) ? end : i + 1;
        }

        return end;
    }

    // the number of lines that it takes, 0 for none
    private int Heading(int at, int to)
    {
        var isOver = IsAdornment(_lines[at]);
        var title = isOver ? at + 1 : at;
        if (title + 1 >= to || string.IsNullOrWhiteSpace(_lines[title]) || !IsAdornment(_lines[title + 1]) || (isOver && _lines[title + 1].TrimEnd() != _lines[at].TrimEnd()))
        {
            return isOver && (at + 1 >= to || string.IsNullOrWhiteSpace(_lines[at + 1])) ? 1 : 0; // a transition, or nothing
        }

        if (!isOver && (Prose.Indent(_lines[title]) > 0 || _lines[title + 1].TrimEnd().Length < Math.Min(_lines[title].TrimEnd().Length, 4)))
        {
            return 0;
        }

        var adornment = $"{_lines[title + 1][0]}{(isOver ? "over" : "")}";
        if (!_adornments.Contains(adornment))
        {
            _adornments.Add(adornment);
        }

        _prose.Add(BlockKind.Heading, [_lines[title]], title + 1, Math.Min(6, _adornments.IndexOf(adornment) + 1));
        Title ??= RstInlines.Plain(_lines[title].Trim());
        return isOver ? 3 : 2;
    }

    private static bool IsAdornment(string line)
    {
        var text = line.AsSpan().TrimEnd();
        return text.Length > 1 && char.IsAscii(text[0]) && (char.IsPunctuation(text[0]) || char.IsSymbol(text[0])) && text.IndexOfAnyExcept(text[0]) < 0 && !(text is "::" or "..");
    }

    private int ListItem(int at, int to, Match item, int count, int level)
    {
        var indent = Prose.Indent(_lines[at]);
        var end = Body(at + 1, to, indent);
        var first = at + 1; // behind the first paragraph
        while (first < end && !string.IsNullOrWhiteSpace(_lines[first]) && !Item().IsMatch(_lines[first]))
        {
            first++;
        }

        var mark = item.Groups[1].Value.Replace("#", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var bullet = mark.Length == 1 && !char.IsLetterOrDigit(mark[0]) ? "- " : mark + " ";
        string[] text = [_lines[at][item.Length..], .. _lines[(at + 1)..first]];
        var isLiteral = text[^1].TrimEnd().EndsWith("::", StringComparison.Ordinal);
        text[^1] = isLiteral ? text[^1].TrimEnd()[..^1] : text[^1];
        _prose.Add(BlockKind.ListItem, text, at + 1, Math.Max(1, level + 1), bullet);
        if (isLiteral)
        {
            _prose.AddCode(_lines.AsSpan(first, end - first), first + 1);
        }
        else
        {
            Write(first, end, BlockKind.Paragraph, level + 1);
        }

        return end;
    }

    private int Text(int at, int to, int indent, BlockKind kind, int level, out bool isLiteral)
    {
        isLiteral = false;
        var line = _lines[at].Trim();
        var end = at + 1;
        while (end < to && !string.IsNullOrWhiteSpace(_lines[end]) && Prose.Indent(_lines[end]) >= indent)
        {
            end++;
        }

        if (line.StartsWith("+-", StringComparison.Ordinal))
        {
            _prose.AddTable(RstTable.Grid([.. _lines[at..end].Select(row => row[indent..])]), at + 1);
            return end;
        }

        if (RstTable.IsRule(line))
        {
            return SimpleTable(at, to, indent);
        }

        if (line.StartsWith(">>> ", StringComparison.Ordinal))
        {
            _prose.AddCode(_lines.AsSpan(at, end - at), at + 1);
            return end;
        }

        if (line.StartsWith("| ", StringComparison.Ordinal))
        {
            _prose.Add(kind, [.. _lines[at..end].Select(row => row.Trim().TrimStart('|'))], at + 1, between: "\n");
            return end;
        }

        if (Field().Match(line) is { Success: true } field)
        {
            var body = Body(at + 1, to, indent);
            _prose.Add(kind, [$"{field.Groups[1].Value}: {line[field.Length..]}", .. _lines[(at + 1)..body]], at + 1);
            return body;
        }

        if (line.StartsWith("__ ", StringComparison.Ordinal))
        {
            return end;
        }

        // a term and its definition
        if (at + 1 < end && Prose.Indent(_lines[at + 1]) > indent)
        {
            _prose.Add(kind, [line], at + 1);
            var body = Body(at + 1, to, indent);
            Write(at + 1, body, kind, level + 1);
            return body;
        }

        var text = _lines[at..end];
        isLiteral = text[^1].TrimEnd().EndsWith("::", StringComparison.Ordinal);
        text[^1] = isLiteral ? text[^1].Trim() is "::" ? "" : text[^1].TrimEnd()[..^1] : text[^1];
        _prose.Add(kind, text, at + 1);
        return end;
    }

    // up to the second rule that a blank line follows
    private int SimpleTable(int at, int to, int indent)
    {
        var end = at + 1;
        for (var rules = 1; end < to && rules < 3; end++)
        {
            if (RstTable.IsRule(_lines[end]))
            {
                rules++;
                if (end + 1 >= to || string.IsNullOrWhiteSpace(_lines[end + 1]))
                {
                    end++;
                    break;
                }
            }
        }

        _prose.AddTable(RstTable.Simple([.. _lines[at..end].Select(row => row.Length > indent ? row[indent..] : "")]), at + 1);
        return end;
    }

    [GeneratedRegex(@"^\s*([-*+•]|\(?(?:\d{1,6}|[a-zA-Z]|[ivxIVX]{1,5}|#)[.)])(?:\s+(?=\S)|$)")]
    private static partial Regex Item();

    [GeneratedRegex(@"^:([^:`\s][^:`]*):(?:\s+|$)")]
    private static partial Regex Field();
}
