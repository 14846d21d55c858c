using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>Reads the block level of a part: paragraphs and tables, and what wraps them. Deletions are passed over, insertions kept.</summary>
internal sealed class DocxBody
{
    private readonly OfficePackage _package;
    private readonly DocxStyles _styles;
    private readonly DocxNumbering _numbering;
    private readonly DocxRuns _runs;

    public DocxBody(OfficePackage package, DocxStyles styles, DocxNumbering numbering, DocxNotes footnotes, DocxNotes endnotes, IReadOnlyDictionary<string, string> comments)
    {
        (_package, _styles, _numbering) = (package, styles, numbering);
        _runs = new(package, styles, footnotes, endnotes, comments, Blocks);
    }

    /// <summary>The text of the first paragraph of style Title.</summary>
    public string? Title { get; private set; }

    /// <summary>The blocks inside the element that the reader stands on.</summary>
    public void Blocks(XmlReader reader, Action<DocxBlock> write)
    {
        foreach (var name in reader.Children(_package))
        {
            Block(reader, name, write);
        }
    }

    private void Block(XmlReader reader, string name, Action<DocxBlock> write)
    {
        switch (name)
        {
            case "p":
                Paragraph(reader, write);
                break;
            case "tbl":
                var table = new DocxTable();
                Rows(reader, table);
                foreach (var block in table.ToBlocks())
                {
                    write(block);
                }

                break;
            case "body" or "sdt" or "sdtContent" or "ins" or "moveTo" or "customXml" or "smartTag" or "AlternateContent" or "Choice":
                Blocks(reader, write);
                break;
            case "oMathPara" or "oMath":
                write(new(BlockKind.Paragraph, 0, DocxMath.Of(reader, _package), []));
                break;
        }
    }

    private void Paragraph(XmlReader reader, Action<DocxBlock> write)
    {
        var (paragraph, text) = (DocxParagraph.Of(_styles[null]), _runs.Start());
        foreach (var name in reader.Children(_package))
        {
            if (name == "pPr")
            {
                paragraph = DocxParagraph.Read(reader, _package, _styles);
                if (paragraph.StartsPage)
                {
                    text.BreakPage(isAskedFor: true);
                }
            }
            else if (!paragraph.Style.IsHidden)
            {
                _runs.Read(reader, name, text);
            }
        }

        if (paragraph.EndsPage)
        {
            text.BreakPage(isAskedFor: true);
        }

        var block = ToBlock(paragraph, text);
        Title ??= paragraph.Style.Role == DocxRole.Title && !string.IsNullOrWhiteSpace(block.Text) ? block.Text : null;
        write(block);
        text.Floating.ForEach(write);
    }

    private DocxBlock ToBlock(DocxParagraph paragraph, DocxText text)
    {
        var mark = paragraph.List is { } list and not 0 ? _numbering.Next(list, paragraph.ListLevel) : null;
        return paragraph.Style.Role switch
        {
            DocxRole.Title => text.ToBlock(BlockKind.Heading, 1),
            _ when paragraph.Outline > 0 => text.ToBlock(BlockKind.Heading, Math.Min(paragraph.Outline, 6), mark == "-" ? null : mark),
            _ when mark is not null => text.ToBlock(BlockKind.ListItem, paragraph.ListLevel + 1, mark),
            DocxRole.Code => text.ToBlock(BlockKind.Code),
            DocxRole.Quote => text.ToBlock(BlockKind.Quote),
            _ => text.ToBlock(BlockKind.Paragraph),
        };
    }

    private void Rows(XmlReader reader, DocxTable table)
    {
        foreach (var name in reader.Children(_package))
        {
            if (IsWrapper(name))
            {
                Rows(reader, table);
            }
            else if (name == "tr")
            {
                table.StartRow();
                Cells(reader, table);
            }
        }
    }

    private void Cells(XmlReader reader, DocxTable table)
    {
        foreach (var name in reader.Children(_package))
        {
            if (IsWrapper(name))
            {
                Cells(reader, table);
            }
            else if (name == "trPr")
            {
                var row = Properties(reader, "gridBefore", "del");
                if (row["del"] is not null)
                {
                    return; // the row is deleted
                }

                table.Skip(Int(row["gridBefore"]) ?? 0);
            }
            else if (name == "tc")
            {
                Cell(reader, table);
            }
        }
    }

    private void Cell(XmlReader reader, DocxTable table)
    {
        var (columns, span, blocks) = (1, DocxSpan.Begins, new List<DocxBlock>());
        foreach (var name in reader.Children(_package))
        {
            if (name == "tcPr")
            {
                var cell = Properties(reader, "gridSpan", "vMerge");
                columns = Int(cell["gridSpan"]) ?? 1;
                span = cell["vMerge"] is null or "restart" ? DocxSpan.Begins : DocxSpan.Continues;
            }
            else
            {
                Block(reader, name, blocks.Add);
            }
        }

        table.AddCell(blocks, span);
        table.Skip(columns - 1);
    }

    // the values of these children; "" for one without a value, null for one that is not there
    private Dictionary<string, string?> Properties(XmlReader reader, params ReadOnlySpan<string> names)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            values[name] = null;
        }

        foreach (var name in reader.Children(_package))
        {
            if (values.ContainsKey(name))
            {
                values[name] = reader.Own("val") ?? "";
            }
        }

        return values;
    }

    private static bool IsWrapper(string name) => name is "sdt" or "sdtContent" or "ins" or "moveTo" or "customXml";

    private static int? Int(string? value) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
