using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>Writes the visible content below an element as blocks. Recurses, since <see cref="HtmlPage"/> bounds the depth of the tree.</summary>
internal sealed class BlockWriter(DocumentBuilder builder, IReadOnlySet<IElement> dropped)
{
    private readonly InlineText _run = new();
    private readonly Stack<ListNumbers> _lists = [];
    private string? _mark; // bullet or number of the list item whose first text is still to come
    private int _quotes;

    public void Write(IElement root)
    {
        Children(root);
        EndRun();
    }

    private void Children(IElement element)
    {
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                _run.Append(text.Data);
            }
            else if (node is IElement child && !Visibility.IsHidden(child) && !dropped.Contains(child))
            {
                Element(child);
            }
        }
    }

    private void Element(IElement element)
    {
        if (element.LocalName == "br")
        {
            if (!_run.Break())
            {
                EndRun();
            }
        }
        else if (Tags.IsInline(element))
        {
            Children(element);
        }
        else
        {
            EndRun();
            Block(element);
            EndRun();
        }
    }

    private void Block(IElement element)
    {
        switch (element.LocalName)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                builder.Add(BlockKind.Heading, InlineText.Of(element), Tags.HeadingLevel(element));
                break;
            case "pre" or "listing" or "xmp":
                builder.Add(BlockKind.Code, element.TextContent);
                break;
            case "ul" or "ol" or "menu" or "dir":
                _lists.Push(ListNumbers.Of(element));
                Children(element);
                EndRun();
                _lists.Pop();
                break;
            case "li":
                _mark = _lists.TryPeek(out var list) ? list.Next(element) : "- ";
                Children(element);
                EndRun();
                _mark = null;
                break;
            case "dd":
                _mark = "- ";
                Children(element);
                EndRun();
                _mark = null;
                break;
            case "blockquote":
                _quotes++;
                Children(element);
                EndRun();
                _quotes--;
                break;
            case "table" when HtmlTable.IsData(element):
                Table(element);
                break;
            default:
                Children(element);
                break;
        }
    }

    private void Table(IElement table)
    {
        foreach (var caption in table.Children.Where(child => child.LocalName == "caption" && !Visibility.IsHidden(child)))
        {
            builder.Add(BlockKind.Paragraph, InlineText.Of(caption));
        }

        builder.Add(BlockKind.Table, HtmlTable.ToPipes(table));
    }

    private void EndRun()
    {
        if (_run.IsEmpty)
        {
            return;
        }

        var text = _run.Take();
        if (_mark is not null)
        {
            builder.Add(BlockKind.ListItem, _mark + text, Math.Max(_lists.Count, 1));
            _mark = null;
        }
        else
        {
            builder.Add(_quotes > 0 ? BlockKind.Quote : BlockKind.Paragraph, text);
        }
    }
}
