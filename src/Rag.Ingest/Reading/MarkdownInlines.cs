using Markdig.Extensions.Footnotes;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rag.Ingest.Reading;

/// <summary>Writes the inlines of a paragraph, heading or cell as plain text, each at the line of the source it stands on.</summary>
internal sealed class MarkdownInlines(DocumentBuilder builder, string source)
{
    private int _line = 1; // of the source
    private int _next; // where the line after it begins, -1 when it is the last

    /// <summary>Whether a table cell is being written: pipes are escaped, line breaks are spaces and lines are not marked.</summary>
    public bool InCell { get; set; }

    /// <summary>Writes all text of a leaf; its raw lines when its inlines were not parsed.</summary>
    public void Append(LeafBlock leaf)
    {
        if (leaf.Inline is { } inline)
        {
            AppendAll(inline);
            return;
        }

        for (var i = 0; i < leaf.Lines.Count; i++)
        {
            StartLine(leaf.Lines.Lines[i].Slice.Start);
            Append(leaf.Lines.Lines[i].Slice.AsSpan());
            Append(" ");
        }
    }

    private void AppendAll(ContainerInline container)
    {
        for (var inline = container.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            Append(inline);
        }
    }

    private void Append(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                AppendAt(inline, literal.Content.AsSpan());
                break;
            case LineBreakInline lineBreak:
                Append(lineBreak.IsHard && !InCell ? "\n" : " ");
                break;
            case CodeInline code:
                AppendAligned(inline, code.ContentSpan);
                break;
            case HtmlInline html:
                AppendAligned(inline, HtmlTags.TextOf(html.Tag));
                break;
            case HtmlEntityInline entity:
                AppendAt(inline, entity.Transcoded.AsSpan());
                break;
            case AutolinkInline link:
                AppendAt(inline, DocFxReference.NameOf(link.Url) ?? link.Url);
                break;
            case TaskList task:
                AppendAt(inline, task.Checked ? "[x]" : "[ ]");
                break;
            case LinkInline { IsImage: false, FirstChild: null } link:
                AppendAt(inline, DocFxReference.NameOf(link.Url));
                break;
            case FootnoteLink:
                break;
            case DelimiterInline delimiter:
                AppendAt(inline, delimiter.ToLiteral());
                AppendAll(delimiter);
                break;
            case ContainerInline container:
                AppendAll(container);
                break;
        }
    }

    private void AppendAt(Inline inline, ReadOnlySpan<char> text)
    {
        StartLine(inline.Span.Start);
        Append(text);
    }

    // Line breaks inside a code span are spaces of its content: its words are looked up in the source.
    private void AppendAligned(Inline inline, ReadOnlySpan<char> text)
    {
        var span = inline.Span;
        if (InCell || span.IsEmpty || span.End >= source.Length || source.AsSpan(span.Start, span.Length).IndexOfAny('\r', '\n') < 0)
        {
            AppendAt(inline, text);
            return;
        }

        var at = span.Start;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf(' ') is >= 0 and var space ? space : text.Length;
            var found = source.AsSpan(at, span.End + 1 - at).IndexOf(text[..end]);
            at = found < 0 ? at : at + found + end;
            StartLine(at - 1);
            Append(text[..Math.Min(end + 1, text.Length)]);
            text = text[Math.Min(end + 1, text.Length)..];
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        while (InCell && text.IndexOfAny('|', '\n') is >= 0 and var at)
        {
            builder.Append(text[..at]);
            builder.Append(text[at] != '|' ? " " : at > 0 && text[at - 1] == '\\' ? "|" : "\\|"); // in code the escape is still there
            text = text[(at + 1)..];
        }

        builder.Append(text);
    }

    // Offsets come ascending, so the lines up to one are counted from the one before.
    private void StartLine(int offset)
    {
        while (_next >= 0 && _next <= offset)
        {
            var end = source.AsSpan(_next).IndexOfAny('\r', '\n');
            if (_next > 0)
            {
                _line++;
            }

            _next = end < 0 ? -1 : _next + end + (source[_next + end] == '\r' && _next + end + 1 < source.Length && source[_next + end + 1] == '\n' ? 2 : 1);
        }

        if (!InCell)
        {
            builder.StartLine(_line);
        }
    }
}
