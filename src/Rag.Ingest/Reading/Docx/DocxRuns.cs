using System.Xml;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>Reads what stands inside a paragraph into its text. Links and the results of fields keep their text; instructions, deletions and hidden text do not.</summary>
/// <param name="package">The file.</param>
/// <param name="styles">Its styles, for those that hide text.</param>
/// <param name="footnotes">Its footnotes.</param>
/// <param name="endnotes">Its endnotes.</param>
/// <param name="comments">Texts of its comments by id.</param>
/// <param name="readBlocks">Reads the blocks of a text box.</param>
internal sealed class DocxRuns(OfficePackage package, DocxStyles styles, DocxNotes footnotes, DocxNotes endnotes, IReadOnlyDictionary<string, string> comments, Action<XmlReader, Action<DocxBlock>> readBlocks)
{
    private readonly DocxFlow _flow = new();

    public DocxText Start() => new(_flow);

    /// <summary>The element that the reader stands on, whose local name is <paramref name="name"/>.</summary>
    public void Read(XmlReader reader, string name, DocxText text)
    {
        switch (name)
        {
            case "r":
                Run(reader, text);
                break;
            case "hyperlink" or "ins" or "moveTo" or "smartTag" or "customXml" or "fldSimple" or "sdt" or "sdtContent" or "dir" or "bdo":
                foreach (var child in reader.Children(package))
                {
                    Read(reader, child, text);
                }

                break;
            case "oMath" or "oMathPara":
                text.Append(DocxMath.Of(reader, package));
                break;
            case "AlternateContent":
                Alternative(reader, text, Read);
                break;
        }
    }

    private void Run(XmlReader reader, DocxText text)
    {
        var hidden = false;
        foreach (var name in reader.Children(package))
        {
            if (name == "rPr")
            {
                hidden = IsHidden(reader);
            }
            else if (!hidden || name is "fldChar" or "lastRenderedPageBreak")
            {
                Content(reader, name, text);
            }
        }
    }

    private void Content(XmlReader reader, string name, DocxText text)
    {
        switch (name)
        {
            case "t":
                text.Append(reader.TextContent());
                break;
            case "tab" or "ptab":
                text.Append("\t");
                break;
            case "br" when reader.Own("type") == "page":
                text.BreakPage(isAskedFor: true);
                break;
            case "br" or "cr":
                text.Append("\n");
                break;
            case "lastRenderedPageBreak":
                text.BreakPage(isAskedFor: false);
                break;
            case "noBreakHyphen":
                text.Append("-");
                break;
            case "sym":
                text.Append(DocxSymbols.Of(reader.Own("font"), reader.Own("char")));
                break;
            case "fldChar":
                _flow.Field(reader.Own("fldCharType"));
                break;
            case "footnoteReference" or "endnoteReference":
                Note(reader, name == "footnoteReference" ? footnotes : endnotes, text);
                break;
            case "commentReference" when comments.TryGetValue(reader.Own("id") ?? "", out var comment):
                text.Floating.Add(new(BlockKind.Footnote, 0, comment, []));
                break;
            case "drawing" or "pict" or "object":
                TextBoxes(reader, text);
                break;
            case "AlternateContent":
                Alternative(reader, text, Content);
                break;
            case "ruby":
                Ruby(reader, text);
                break;
        }
    }

    // the first choice: what newer programs show; the others say the same again in older terms
    private void Alternative(XmlReader reader, DocxText text, Action<XmlReader, string, DocxText> read)
    {
        var done = false;
        foreach (var _ in reader.Children(package))
        {
            if (!done)
            {
                foreach (var child in reader.Children(package))
                {
                    read(reader, child, text);
                }
            }

            done = true;
        }
    }

    private void TextBoxes(XmlReader reader, DocxText text)
    {
        foreach (var name in reader.Children(package))
        {
            if (name == "txbxContent")
            {
                readBlocks(reader, text.Floating.Add);
            }
            else if (name == "OLEObject")
            {
                text.Floating.Add(new(BlockKind.Paragraph, 0, $"Embedded object: {reader.GetAttribute("ProgID")}", []));
            }
            else
            {
                TextBoxes(reader, text);
            }
        }
    }

    private void Ruby(XmlReader reader, DocxText text)
    {
        foreach (var name in reader.Children(package))
        {
            if (name == "rubyBase")
            {
                foreach (var child in reader.Children(package))
                {
                    Read(reader, child, text);
                }
            }
        }
    }

    private static void Note(XmlReader reader, DocxNotes notes, DocxText text)
    {
        var (mark, note) = notes.Refer(reader.Own("id") ?? "");
        text.Append(mark);
        if (note is not null)
        {
            text.Floating.Add(note);
        }
    }

    private bool IsHidden(XmlReader reader)
    {
        var hidden = false;
        foreach (var name in reader.Children(package))
        {
            hidden = name switch
            {
                "rStyle" => styles.Hides(reader.Own("val")),
                "vanish" => reader.IsOn(),
                _ => hidden,
            };
        }

        return hidden;
    }
}
