using System.Globalization;
using System.Text;
using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>Reads what stands inside paragraphs and what paragraphs stand in (OpenDocument 1.3 part 3, chapters 5 and 6), for texts, cells and slides alike.</summary>
/// <remarks>Deletions stand apart in the file and are passed over, so changes are read as accepted. Notes and comments follow the block that they hang on.</remarks>
/// <param name="package">The file.</param>
/// <param name="styles">Its styles.</param>
internal sealed class OdfText(OfficePackage package, OdfStyles styles)
{
    private const int MostSpaces = 100; // in one element
    private const int MostRepeated = 4_000_000; // characters of cells that the file gives once with a count

    private readonly OdfMath _math = new(package);
    private long _repeated;

    /// <summary>The first paragraph of style Title.</summary>
    public string? Title { get; private set; }

    /// <summary>Whether a text may be given once more; the document has one allowance.</summary>
    public bool MayRepeat(int characters) => (_repeated += 16 + characters) <= MostRepeated;

    /// <summary>The blocks inside the element that the reader stands on.</summary>
    public void Blocks(XmlReader reader, Action<SlideBlock> write, string? list = null, int level = 0)
    {
        var number = 0;
        foreach (var name in reader.Children(package))
        {
            switch (name)
            {
                case "p" or "h":
                    Paragraph(reader, name, write, level == 0 ? null : "");
                    break;
                case "list":
                    Blocks(reader, write, reader.Own("style-name") ?? list, level + 1);
                    break;
                case "list-item":
                    number = int.TryParse(reader.Own("start-value"), NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : number + 1;
                    Item(reader, write, list, level, number);
                    break;
                case "list-header" or "section" or "index-body" or "index-title" or "table-of-content" or "numbered-paragraph" or "text-box" or "soft-page-break"
                    or "illustration-index" or "table-index" or "object-index" or "user-index" or "alphabetical-index" or "bibliography":
                    Blocks(reader, write, list, level);
                    break;
                case "table":
                    Table(reader, write);
                    break;
                case "frame" or "g" or "custom-shape" or "rect" or "line" or "ellipse" or "connector" or "path" or "a":
                    Shape(reader, name, write);
                    break;
                case "annotation":
                    Annotation(reader, write);
                    break;
            }
        }
    }

    /// <summary>A shape, or a frame around a text box, a table, a formula or a picture.</summary>
    public void Shape(XmlReader reader, string shape, Action<SlideBlock> write) => Shape(reader, shape, write, formula => write(new(BlockKind.Paragraph, formula)));

    private void Shape(XmlReader reader, string shape, Action<SlideBlock> write, Action<string> writeFormula)
    {
        var (alternative, texts) = (new StringBuilder(), 0);
        foreach (var name in reader.Children(package))
        {
            switch (name)
            {
                case "text-box":
                    Blocks(reader, Count);
                    break;
                case "table":
                    Table(reader, Count);
                    break;
                case "p" or "h":
                    Paragraph(reader, name, Count, null);
                    break;
                case "list":
                    Blocks(reader, Count, reader.Own("style-name"), 1);
                    break;
                case "frame" or "g" or "custom-shape" or "rect" or "line" or "ellipse" or "connector" or "path" when shape != "frame":
                    Shape(reader, name, Count);
                    break;
                case "object" when _math.Of(reader.GetAttribute("href", OdfNames.XLink)) is { Length: > 0 } formula:
                    texts++;
                    writeFormula(formula);
                    break;
                case "title" or "desc" when reader.NamespaceURI.Contains("svg", StringComparison.Ordinal):
                    alternative.Append(alternative.Length > 0 ? ". " : "").Append(reader.TextContent());
                    break;
            }
        }

        if (texts == 0)
        {
            write(new(BlockKind.Paragraph, alternative.ToString()));
        }

        void Count(SlideBlock block)
        {
            texts += string.IsNullOrWhiteSpace(block.Text) ? 0 : 1;
            write(block);
        }
    }

    private void Item(XmlReader reader, Action<SlideBlock> write, string? list, int level, int number)
    {
        string? mark = styles.Mark(list, level, number);
        Blocks(
            reader,
            block =>
            {
                // the first paragraph has the mark; those after it belong to the item, and a list inside it has marks of its own
                var isItem = block.Kind == BlockKind.ListItem && block.Level == 0 && !string.IsNullOrWhiteSpace(block.Text);
                write(!isItem ? block : mark is null ? new(BlockKind.Paragraph, block.Text) : new(BlockKind.ListItem, $"{mark} {block.Text}", level));
                mark = isItem ? null : mark;
            },
            list,
            level);
    }

    private void Table(XmlReader reader, Action<SlideBlock> write)
    {
        var sheet = new Sheet("");
        new OdfTable(package, this).Read(reader, sheet);
        sheet.Complete();
        var grid = sheet.Rows.ConvertAll(row =>
        {
            var cells = new List<string>();
            foreach (var cell in row.Cells)
            {
                cells.AddRange(Enumerable.Repeat("", Math.Max(0, cell.Column - cells.Count)));
                cells.Add(cell.Text);
            }

            return cells;
        });
        write(new(BlockKind.Table, PipeTable.Of(grid)));
        sheet.Comments.ForEach(comment => write(new(BlockKind.Footnote, comment.Text)));
    }

    // an item of a list is told from other paragraphs by a mark, which its list item replaces
    private void Paragraph(XmlReader reader, string name, Action<SlideBlock> write, string? mark)
    {
        var ((kind, isTitle), outline, floating, text) = (styles.KindOf(reader.Own("style-name")), reader.Own("outline-level"), new List<SlideBlock>(), new StringBuilder());
        Inline(reader, text, floating);
        var words = text.ToString();
        Title ??= isTitle && !string.IsNullOrWhiteSpace(words) ? words : null;
        if (name == "h")
        {
            write(new(BlockKind.Heading, words, int.TryParse(outline, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? Math.Clamp(depth, 1, 6) : 1));
        }
        else
        {
            write(mark is not null ? new(BlockKind.ListItem, words) : new(kind, words, isTitle ? 1 : 0));
        }

        floating.ForEach(write);
    }

    private void Inline(XmlReader reader, StringBuilder text, List<SlideBlock> floating)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        package.CheckDepth(depth);
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                Append(text, reader.Value);
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                Element(reader, text, floating);
            }
        }
    }

    private void Element(XmlReader reader, StringBuilder text, List<SlideBlock> floating)
    {
        switch (reader.LocalName)
        {
            case "s":
                text.Append(' ', int.TryParse(reader.Own("c"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, MostSpaces) : 1);
                break;
            case "tab":
                text.Append('\t');
                break;
            case "line-break":
                text.Append('\n');
                break;
            case "note":
                Note(reader, text, floating);
                break;
            case "annotation":
                Annotation(reader, floating.Add);
                break;
            case "frame" or "custom-shape" or "g":
                Shape(reader, reader.LocalName, floating.Add, formula => text.Append(formula));
                break;
            case "ruby-text" or "tracked-changes" or "annotation-end" or "title" or "desc":
                reader.PassOver();
                break;
            default:
                Inline(reader, text, floating);
                break;
        }
    }

    private void Note(XmlReader reader, StringBuilder text, List<SlideBlock> floating)
    {
        var (mark, body) = ("", new List<string>());
        foreach (var name in reader.Children(package))
        {
            if (name == "note-citation")
            {
                mark = $"[{reader.TextContent().Trim()}]";
            }
            else if (name == "note-body")
            {
                Blocks(reader, block => body.Add(block.Text));
            }
        }

        text.Append(mark);
        floating.Add(new(BlockKind.Footnote, $"{mark} {string.Join('\n', body)}"));
    }

    private void Annotation(XmlReader reader, Action<SlideBlock> write)
    {
        var (author, body) = ("", new List<string>());
        foreach (var name in reader.Children(package))
        {
            if (name == "creator")
            {
                author = reader.TextContent().Trim();
            }
            else if (name is "p" or "list")
            {
                var (line, none) = (new StringBuilder(), new List<SlideBlock>());
                Inline(reader, line, none);
                body.Add(line.ToString());
            }
        }

        write(new(BlockKind.Footnote, $"Comment{(author.Length > 0 ? $" by {author}" : "")}: {string.Join('\n', body)}"));
    }

    // white space of the file is one space (6.1.2); what the author meant is an element
    private static void Append(StringBuilder text, string piece)
    {
        var (start, isWhite) = (0, text.Length == 0 || text[^1] is ' ' or '\n' or '\t');
        for (var i = 0; i < piece.Length; i++)
        {
            if (piece[i] is not (' ' or '\t' or '\n' or '\r'))
            {
                isWhite = false;
                continue;
            }

            if (piece[i] != ' ' || isWhite)
            {
                text.Append(piece, start, i - start).Append(isWhite ? "" : " ");
                start = i + 1;
            }

            isWhite = true;
        }

        text.Append(piece, start, piece.Length - start);
    }
}
