using Markdig.Extensions.Alerts;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rag.Ingest.Reading;

/// <summary>Writes the blocks of parsed Markdown as the blocks of a document.</summary>
internal sealed class MarkdownBlocks(DocumentBuilder builder, MarkdownInlines inlines)
{
    /// <summary>Where a block stands.</summary>
    /// <param name="Kind">What a paragraph there is.</param>
    /// <param name="Depth">Of the list, 0 outside.</param>
    /// <param name="Mark">Written before the next paragraph: bullet, number, kind of an alert.</param>
    private readonly record struct Place(BlockKind Kind, int Depth, string Mark);

    /// <summary>Writes the whole document in the order of its source; footnotes, which Markdig collects, stand where they are defined.</summary>
    public void AddAll(MarkdownDocument document)
    {
        var notes = new Queue<Footnote>(Notes(document).OrderBy(n => n.Span.Start));
        foreach (var block in document)
        {
            while (notes.Count > 0 && notes.Peek().Span.Start < block.Span.Start)
            {
                AddChildren(notes.Dequeue(), new(BlockKind.Footnote, 0, ""));
            }

            Add(block, new(BlockKind.Paragraph, 0, ""));
        }

        while (notes.Count > 0)
        {
            AddChildren(notes.Dequeue(), new(BlockKind.Footnote, 0, ""));
        }
    }

    // by their definitions, since the group at the end of the document lacks those that nothing refers to
    private static IEnumerable<Footnote> Notes(MarkdownDocument document) =>
        document.GetLinkReferenceDefinitions(false)?.OfType<FootnoteLinkReferenceDefinition>().Select(d => d.Footnote).OfType<Footnote>() ?? [];

    private void Add(Markdig.Syntax.Block block, Place place)
    {
        switch (block)
        {
            case YamlFrontMatterBlock or LinkReferenceDefinitionGroup or FootnoteGroup or ThematicBreakBlock:
                break;
            case HeadingBlock heading:
                AddText(heading, new(BlockKind.Heading, 0, ""), heading.Level);
                break;
            case HtmlBlock html:
                MarkdownHtml.Add(builder, html.Lines, place.Kind == BlockKind.ListItem ? BlockKind.Paragraph : place.Kind);
                break;
            case CodeBlock code:
                AddCode(code);
                break;
            case LeafBlock leaf:
                AddText(leaf, place, place.Kind == BlockKind.ListItem ? place.Depth : 0);
                break;
            case Table table:
                new MarkdownTable(builder, inlines).Add(table);
                break;
            case AlertBlock alert:
                AddChildren(alert, place with { Kind = BlockKind.Paragraph, Mark = AlertMark(alert) });
                break;
            case QuoteBlock quote:
                AddChildren(quote, place with { Kind = BlockKind.Quote, Mark = "" });
                break;
            case ListBlock list:
                AddList(list, place);
                break;
            case ContainerBlock container:
                AddChildren(container, place);
                break;
        }
    }

    private void AddChildren(ContainerBlock container, Place place)
    {
        foreach (var child in container)
        {
            if (place.Mark.Length > 0)
            {
                builder.StartLine(container.Line + 1);
            }

            Add(child, place);
            place = AfterMark(place);
        }
    }

    private void AddList(ListBlock list, Place place)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var mark = list.IsOrdered ? $"{item.Order}{list.OrderedDelimiter} " : "- ";
            AddChildren(item, new(BlockKind.ListItem, place.Depth + 1, mark));
        }
    }

    // what follows the first paragraph of a list item or an alert has no mark of its own
    private static Place AfterMark(Place place) => place.Mark.Length == 0 ? place
        : place with { Kind = place.Kind == BlockKind.ListItem ? BlockKind.Paragraph : place.Kind, Mark = "" };

    private void AddText(LeafBlock leaf, Place place, int level)
    {
        builder.Begin(place.Kind, level);
        if (place.Mark.Length == 0 || HasText(leaf))
        {
            builder.Append(place.Mark);
            inlines.Append(leaf);
        }

        builder.End();
    }

    // an include that is dropped leaves an empty literal
    private static bool HasText(LeafBlock leaf) => leaf.Lines.Count > 0 || leaf.Inline?.Any(i => i is not LiteralInline { Content.IsEmpty: true }) == true;

    private void AddCode(CodeBlock code)
    {
        builder.Begin(BlockKind.Code);
        foreach (var line in code.Lines.Lines.AsSpan(0, code.Lines.Count))
        {
            builder.StartLine(line.Line + 1);
            builder.Append(line.Slice.AsSpan());
            builder.Append("\n");
        }

        builder.End();
    }

    private static string AlertMark(AlertBlock alert)
    {
        var kind = alert.Kind.AsSpan();
        return kind.IsEmpty ? "" : $"{char.ToUpperInvariant(kind[0])}{kind[1..].ToString().ToLowerInvariant()}: ";
    }
}
