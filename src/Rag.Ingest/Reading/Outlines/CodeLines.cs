using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Outlines;

/// <summary>Finds the lines of source code, and which of them begin inside a string or comment.</summary>
/// <remarks>Strings that the syntax does not know to reach over lines end with their line, and an opening that nothing closes opens nothing: one odd sign cannot swallow the rest of a file.</remarks>
internal sealed partial class CodeLines(string text, CodeSyntax syntax)
{
    private static readonly FrozenSet<string> _continuing = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["else", "elif", "elsif", "elseif", "except", "rescue", "ensure", "catch", "finally", "end", "fi", "done", "esac", "then", "do", "begin", "where", "go", "while"]);

    private static readonly FrozenSet<string> _directives = FrozenSet.Create("if", "ifdef", "ifndef", "else", "elif", "endif", "region", "endregion", "pragma", "nullable", "line", "undef", "error", "warning");

    private const int MostUnended = 100; // each is looked for to the end of the file

    private readonly string[] _comments = syntax.Comments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    private readonly SearchValues<char> _openings = SearchValues.Create([.. syntax.Comments, .. syntax.Spans.Select(span => span.Open[0]), .. syntax.Quotes, .. syntax.HasHereDocuments ? "<" : ""]);
    private readonly bool[] _neverCloses = new bool[syntax.Spans.Length];
    private int _unended; // strings whose last line is not there
    private int _inside; // a string or comment reaches to here

    public List<CodeLine> All(CancellationToken cancellationToken)
    {
        var lines = new List<CodeLine>();
        var isOpen = false; // a statement that has not ended
        var isUnderName = false;
        for (var start = 0; start < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = text.AsSpan(start);
            var end = rest.IndexOfAny('\r', '\n') is >= 0 and var found ? start + found : text.Length;
            var (first, indent) = Indent(start, end);
            var kind = first < _inside ? CodeLineKind.Tail : first == end ? CodeLineKind.Blank : Kind(text.AsSpan(first, end - first));
            if (syntax.EndsStatements && kind != CodeLineKind.Tail)
            {
                (kind, isOpen) = isOpen && kind != CodeLineKind.Blank ? (CodeLineKind.Tail, true) : (kind, kind == CodeLineKind.Start);
            }

            if (syntax.IsData && kind == CodeLineKind.Start)
            {
                isUnderName |= text[first] == '[';
                indent += text[first] == '[' ? 0 : text.AsSpan(first, end - first).StartsWith("- ") || isUnderName ? 1 : 0;
            }

            lines.Add(new(start, first, end, indent, kind));
            Scan(Math.Max(first, _inside), end);
            isOpen &= _inside > end || !text.AsSpan(start, end - start).TrimEnd().EndsWith(";");
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }

        return lines;
    }

    private (int First, int Indent) Indent(int start, int end)
    {
        var (first, indent) = (start, 0);
        for (; first < end && char.IsWhiteSpace(text[first]); first++)
        {
            indent += text[first] == '\t' ? 4 : 1;
        }

        return (first, indent);
    }

    private CodeLineKind Kind(ReadOnlySpan<char> line)
    {
        if (syntax.HasDirectives && line[0] == '#' && _directives.Contains(Word(line[1..].TrimStart())))
        {
            return CodeLineKind.Tail;
        }

        if (line[0] is '@' || line.StartsWith("#[") || (line[0] == '[' && !syntax.IsData) || line.StartsWith("/*") || StartsWithComment(line))
        {
            return CodeLineKind.Head;
        }

        if (syntax.IsData)
        {
            return CodeLineKind.Start;
        }

        var word = Word(line);
        var isLabel = word is "public" or "private" or "protected" && line[word.Length..].TrimStart().StartsWith(":");
        return line[0] is '}' or ')' or ']' or '{' || isLabel || _continuing.Contains(word) ? CodeLineKind.Tail : CodeLineKind.Start;
    }

    private static string Word(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && length < 12 && char.IsLetter(line[length]))
        {
            length++;
        }

        return line[..length].ToString();
    }

    private bool StartsWithComment(ReadOnlySpan<char> rest)
    {
        foreach (var comment in _comments)
        {
            if (rest.StartsWith(comment))
            {
                return true;
            }
        }

        return false;
    }

    // Looks for what reaches beyond the line.
    private void Scan(int at, int end)
    {
        while (at < end)
        {
            var found = text.AsSpan(at, end - at).IndexOfAny(_openings);
            if (found < 0)
            {
                return;
            }

            at += found;
            var rest = text.AsSpan(at, end - at);
            var isWordStart = at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at] != '#';
            if (isWordStart && StartsWithComment(rest))
            {
                return;
            }

            if (syntax.HasHereDocuments && rest.StartsWith("<<") && HereDocument().Match(text, at, end - at) is { Success: true } here && here.Index == at)
            {
                HereDocumentUntil(here.Groups[1].Value, end);
                at = end;
                continue;
            }

            at = SpanEnd(rest, at) ?? QuoteEnd(rest, at);
        }
    }

    private int? SpanEnd(ReadOnlySpan<char> rest, int at)
    {
        for (var i = 0; i < syntax.Spans.Length; i++)
        {
            var (open, close) = syntax.Spans[i];
            if (_neverCloses[i] || !rest.StartsWith(open))
            {
                continue;
            }

            for (var from = at + open.Length; ; from++)
            {
                from = text.IndexOf(close, from, StringComparison.Ordinal);
                if (from < 0)
                {
                    _neverCloses[i] = true;
                    break;
                }

                if (close.Length == 1 && open.Length == 1 && text[from - 1] == '\\' && from - 1 > at)
                {
                    continue;
                }

                if (close.Length < open.Length && from + 1 < text.Length && text[from + 1] == close[0])
                {
                    from++; // doubled in a verbatim string
                    continue;
                }

                return _inside = from + close.Length;
            }
        }

        return null;
    }

    private int QuoteEnd(ReadOnlySpan<char> rest, int at)
    {
        if (syntax.Quotes.Contains(rest[0], StringComparison.Ordinal))
        {
            for (var i = 1; i < rest.Length; i++)
            {
                if (rest[i] == '\\')
                {
                    i++;
                }
                else if (rest[i] == rest[0])
                {
                    return at + i + 1;
                }
            }
        }

        return at + 1;
    }

    private void HereDocumentUntil(string word, int end)
    {
        for (var at = end; _unended < MostUnended && (at = text.IndexOf(word, at, StringComparison.Ordinal)) >= 0; at += word.Length)
        {
            var before = text.AsSpan(0, at).TrimEnd(" \t");
            if (before.EndsWith("\n") && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])))
            {
                _inside = at + word.Length;
                return;
            }
        }

        _unended++;
    }

    [GeneratedRegex("""\G<<<?[-~]?[ ]?["']?([A-Z_]\w{0,60})""")]
    private static partial Regex HereDocument();
}
