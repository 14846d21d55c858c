using System.Globalization;
using System.Xml;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.Pptx;

/// <summary>Reads the shapes of a slide, a layout or a page of notes (ECMA-376 part 1, 19.3.1).</summary>
/// <param name="package">The file.</param>
/// <param name="part">The part to read, whose links charts and diagrams are found by.</param>
/// <param name="drawn">The charts and diagrams that were read already; a part belongs to one frame.</param>
/// <param name="layout">Where the layout puts its placeholders, by type and by index.</param>
internal sealed class PptxShapes(OfficePackage package, string part, HashSet<string> drawn, IReadOnlyDictionary<string, SlidePlace> layout)
{
    private readonly List<OfficeLink> _links = [.. package.Links(part)];

    /// <summary>Where the shapes with a place of their own stand, under the keys that a slide's placeholders look for.</summary>
    public Dictionary<string, SlidePlace> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the author hid the slide.</summary>
    public bool IsHidden { get; private set; }

    public IReadOnlyList<SlideShape> Read()
    {
        var shapes = new List<SlideShape>();
        using var reader = package.Read(part);
        if (reader is not null)
        {
            reader.MoveToContent();
            IsHidden = reader.GetAttribute("show") is "0" or "false";
            foreach (var name in reader.Children(package))
            {
                foreach (var tree in name == "cSld" ? reader.Children(package) : [])
                {
                    if (tree == "spTree")
                    {
                        Group(reader, shapes);
                    }
                }
            }
        }

        return shapes;
    }

    private SlidePlace? Group(XmlReader reader, List<SlideShape> shapes)
    {
        SlidePlace? place = null;
        foreach (var name in reader.Children(package))
        {
            if (name == "grpSpPr")
            {
                place = Properties(reader);
            }
            else
            {
                Shape(reader, name, shapes);
            }
        }

        return place;
    }

    private void Shape(XmlReader reader, string name, List<SlideShape> shapes)
    {
        switch (name)
        {
            case "sp" or "pic" or "graphicFrame" or "cxnSp":
                shapes.Add(Single(reader));
                break;
            case "grpSp":
                var inside = new List<SlideShape>();
                var place = Group(reader, inside);
                shapes.Add(new(place, null, [.. SlideShape.InReadingOrder(inside).SelectMany(shape => shape.Blocks)]));
                break;
            case "AlternateContent":
                var chosen = false;
                foreach (var _ in reader.Children(package))
                {
                    // what newer programs show; the fallback says the same in older terms
                    foreach (var child in chosen ? [] : reader.Children(package))
                    {
                        Shape(reader, child, shapes);
                    }

                    chosen = true;
                }

                break;
        }
    }

    private SlideShape Single(XmlReader reader)
    {
        var (place, frame, blocks) = ((SlidePlace?)null, new PptxFrame(), new List<SlideBlock>());
        foreach (var name in reader.Children(package))
        {
            switch (name)
            {
                case "nvSpPr" or "nvPicPr" or "nvGraphicFramePr":
                    frame = Frame(reader, frame);
                    break;
                case "spPr":
                    place = Properties(reader);
                    break;
                case "xfrm":
                    place = Place(reader);
                    break;
                case "txBody" when !frame.IsHidden:
                    blocks.AddRange(new PptxText(package, bullets: frame.Placeholder is "" or "body" or "obj").Read(reader));
                    break;
                case "graphic" when !frame.IsHidden:
                    Graphic(reader, blocks);
                    break;
            }
        }

        if (place is not null && frame.Placeholder is not null)
        {
            Places.TryAdd($"type {frame.Placeholder}", place);
            Places.TryAdd($"idx {frame.Index}", place);
        }

        if (frame.Placeholder is not null)
        {
            place ??= layout.GetValueOrDefault($"idx {frame.Index}") ?? layout.GetValueOrDefault($"type {frame.Placeholder}");
        }

        return new(place, frame.Placeholder, blocks.Count > 0 || frame.IsHidden || string.IsNullOrWhiteSpace(frame.Description) ? blocks : [new(BlockKind.Paragraph, frame.Description)]);
    }

    private PptxFrame Frame(XmlReader reader, PptxFrame frame)
    {
        foreach (var name in reader.Children(package))
        {
            frame = name switch
            {
                "cNvPr" => frame with { Description = reader.GetAttribute("descr"), IsHidden = reader.GetAttribute("hidden") is "1" or "true" },
                "nvPr" => Frame(reader, frame),
                "ph" => frame with { Placeholder = reader.GetAttribute("type") ?? "", Index = reader.GetAttribute("idx") ?? "0" },
                _ => frame,
            };
        }

        return frame;
    }

    private void Graphic(XmlReader reader, List<SlideBlock> blocks)
    {
        foreach (var name in reader.Children(package))
        {
            switch (name)
            {
                case "graphicData":
                    Graphic(reader, blocks);
                    break;
                case "tbl":
                    blocks.Add(PptxTable.Read(reader, package));
                    break;
                case "chart" when Linked(reader, "id") is { } chart && drawn.Add(chart) && package.Load(chart) is { } root:
                    var (title, grid) = ChartTable.Of(root);
                    blocks.Add(new(BlockKind.Paragraph, title));
                    blocks.Add(new(BlockKind.Table, PipeTable.Of(grid)));
                    break;
                case "relIds" when Linked(reader, "dm") is { } diagram && drawn.Add(diagram) && package.Load(diagram) is { } root:
                    blocks.AddRange(DiagramText.Of(root).Select(item => new SlideBlock(BlockKind.ListItem, $"- {item.Text}", item.Level)));
                    break;
            }
        }
    }

    private string? Linked(XmlReader reader, string attribute)
    {
        var id = reader.GetAttribute(attribute, "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? reader.GetAttribute(attribute, "http://purl.oclc.org/ooxml/officeDocument/relationships");
        return _links.Find(link => link.Id == id)?.Part;
    }

    private SlidePlace? Properties(XmlReader reader)
    {
        SlidePlace? place = null;
        foreach (var name in reader.Children(package))
        {
            place = name == "xfrm" ? Place(reader) : place;
        }

        return place;
    }

    private SlidePlace? Place(XmlReader reader)
    {
        var (left, top, height) = ((long?)null, 0L, 0L);
        foreach (var name in reader.Children(package))
        {
            (left, top, height) = name switch
            {
                "off" => (Long(reader, "x"), Long(reader, "y"), height),
                "ext" => (left, top, Long(reader, "cy")),
                _ => (left, top, height),
            };
        }

        return left is { } x ? new(x, top, height) : null;
    }

    private static long Long(XmlReader reader, string name) => long.TryParse(reader.GetAttribute(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? Math.Clamp(value, int.MinValue, int.MaxValue) : 0;
}

/// <summary>What a shape says of itself.</summary>
internal sealed record PptxFrame(string? Placeholder = null, string Index = "0", string? Description = null, bool IsHidden = false);
