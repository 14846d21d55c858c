using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>Reads the body of an OpenDocument file: a text, sheets or slides.</summary>
internal sealed class OdfContent
{
    private readonly OfficePackage _package;
    private readonly DocumentBuilder _builder;
    private readonly CancellationToken _cancellationToken;
    private readonly OdfStyles _styles;
    private readonly OdfText _text;
    private readonly SheetWriter _sheets;
    private int _slides;
    private string? _slideTitle;

    public OdfContent(OfficePackage package, DocumentBuilder builder, CancellationToken cancellationToken)
    {
        (_package, _builder, _cancellationToken) = (package, builder, cancellationToken);
        (_styles, _sheets) = (new(package), new(builder));
        _text = new(package, _styles);
    }

    /// <summary>The title that stands in the text or on the first slide with one.</summary>
    public string? Title => _text.Title ?? _slideTitle;

    /// <summary><c>text</c>, <c>spreadsheet</c> or <c>presentation</c>.</summary>
    public string Kind { get; private set; } = "text";

    /// <summary>Names of sheets and slides that the author hid, which are not read.</summary>
    public List<string> Hidden { get; } = [];

    /// <summary>Reads a part: <c>styles.xml</c> for its styles, <c>content.xml</c> for those and the body.</summary>
    public void Read(XmlReader reader)
    {
        reader.MoveToContent();
        foreach (var name in reader.Children(_package))
        {
            if (name is "styles" or "automatic-styles")
            {
                _styles.Read(reader);
            }
            else if (name == "body")
            {
                foreach (var kind in reader.Children(_package))
                {
                    Body(reader, kind);
                }
            }
        }
    }

    private void Body(XmlReader reader, string kind)
    {
        Kind = kind;
        if (kind == "text")
        {
            _text.Blocks(reader, Write);
        }

        foreach (var name in kind is "spreadsheet" or "presentation" ? reader.Children(_package) : [])
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (name == "table")
            {
                Sheet(reader);
            }
            else if (name == "page")
            {
                Slide(reader);
            }
        }
    }

    private void Sheet(XmlReader reader)
    {
        var sheet = new Sheet(reader.Own("name") ?? "");
        if (_styles.IsHidden(reader.Own("style-name")))
        {
            Hidden.Add(sheet.Name);
            return;
        }

        new OdfTable(_package, _text).Read(reader, sheet);
        _sheets.Write(sheet);
    }

    private void Slide(XmlReader reader)
    {
        var (name, shapes, notes) = (reader.Own("name") ?? "", new List<SlideShape>(), new List<SlideBlock>());
        _builder.StartPage(SlideBlock.PageName(++_slides));
        if (_styles.IsHidden(reader.Own("style-name")))
        {
            Hidden.Add(name);
            return;
        }

        foreach (var child in reader.Children(_package))
        {
            if (child == "notes")
            {
                Notes(reader, notes);
            }
            else if (child != "annotation" && reader.GetAttribute("class", OdfNames.Presentation) is not ("page-number" or "date-time" or "footer" or "header"))
            {
                var blocks = new List<SlideBlock>();
                var (place, placeholder) = (Place(reader), reader.GetAttribute("class", OdfNames.Presentation));
                _text.Shape(reader, child, blocks.Add);
                shapes.Add(new(place, placeholder is "title" ? "title" : null, blocks));
            }
        }

        foreach (var shape in SlideShape.InReadingOrder(shapes))
        {
            foreach (var block in shape.Blocks)
            {
                Write(shape.IsTitle ? new(BlockKind.Heading, block.Text.Replace('\n', ' '), 2) : block);
                _slideTitle ??= shape.IsTitle && !string.IsNullOrWhiteSpace(block.Text) ? block.Text : null;
            }
        }

        notes.ForEach(Write);
    }

    private void Notes(XmlReader reader, List<SlideBlock> notes)
    {
        foreach (var child in reader.Children(_package))
        {
            if (reader.GetAttribute("class", OdfNames.Presentation) == "notes")
            {
                _text.Shape(reader, child, block => notes.Add(new(BlockKind.Footnote, string.IsNullOrWhiteSpace(block.Text) ? "" : $"Notes: {block.Text}")));
            }
        }
    }

    private void Write(SlideBlock block) => _builder.Add(block.Kind == BlockKind.ListItem && block.Level == 0 ? BlockKind.Paragraph : block.Kind, block.Text, block.Level);

    private static SlidePlace? Place(XmlReader reader) => Length(reader.GetAttribute("x", OdfNames.Svg)) is { } left && Length(reader.GetAttribute("y", OdfNames.Svg)) is { } top
        ? new(left, top, Length(reader.GetAttribute("height", OdfNames.Svg)) ?? 0)
        : null;

    // such as 2.5cm, 1in, 12pt; only compared with each other, in EMU
    private static long? Length(string? value)
    {
        if (value is null || value.Length < 3 || !double.TryParse(value.AsSpan(0, value.Length - 2), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var emu = number * value[^2..] switch { "cm" => 360_000, "mm" => 36_000, "in" => 914_400, "pt" => 12_700, "pc" => 152_400, _ => 9_525 };
        return (long)Math.Clamp(emu, int.MinValue, int.MaxValue);
    }
}
