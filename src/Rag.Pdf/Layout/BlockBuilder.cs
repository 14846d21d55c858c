namespace Rag.Pdf.Layout;

/// <summary>Zones to blocks: paragraphs by distance, indent and short last lines; headings by size and weight; list items by their marks; code by its font.</summary>
/// <param name="body">What most of the text around the page looks like.</param>
/// <param name="height">Height of the page.</param>
/// <param name="outline">Headings that the file's outline names on the page.</param>
internal sealed class BlockBuilder(BodyText body, float height, PageOutline outline)
{
    private const float HeadingRatio = 1.16f;
    private const float MaxHeadingLength = 160;

    private readonly List<LayoutBlock> _blocks = [];
    private readonly List<float> _indents = [];

    public List<LayoutBlock> Blocks => _blocks;

    public void Add(Zone zone)
    {
        if (zone.Table is not null)
        {
            _blocks.Add(zone.Table);
            return;
        }

        var lines = zone.Lines;
        var shape = ColumnShape.Of(lines);
        var from = 0;
        var notes = false;
        for (var i = 1; i <= lines.Count; i++)
        {
            if (i == lines.Count || IsBreak(lines, from, i, shape))
            {
                var paragraph = lines.GetRange(from, i - from);
                notes |= IsFootnote(paragraph);
                Add(paragraph, notes);
                from = i;
            }
        }
    }

    // small, low on the page, and begins with its mark; what follows it in the zone belongs to it or is one too
    private bool IsFootnote(List<TextLine> lines) =>
        lines[0].Frame.Degrees == 0 && lines[0].Size <= 0.92f * body.Size && lines[0].Top > 0.55f * height && lines[0].Words.Count > 1
        && lines[0].Words[0].Text is var mark && mark.Length <= 3 && (mark.TrimEnd(')', '.').All(char.IsAsciiDigit) || mark is "*" or "**" or "†" or "‡" or "§");

    private void Add(List<TextLine> lines, bool note)
    {
        var block = new LayoutBlock { Lines = lines, Kind = PdfBlockKind.Paragraph };
        var first = lines[0];
        var length = lines.Sum(l => l.Length);
        if (LineTag.KindOf(LineTag.BlockOf(first.Tag)) is { } said && (said.Kind != PdfBlockKind.Heading || length <= 2 * MaxHeadingLength))
        {
            (block.Kind, block.Level) = said;
        }
        else if (outline.LevelOf(lines, length) is > 0 and var level)
        {
            (block.Kind, block.Level) = (PdfBlockKind.Heading, level);
        }
        else if (note)
        {
            block.Kind = PdfBlockKind.Footnote;
        }
        else if (!body.IsTyped && lines.All(l => l.Has(GlyphStyle.Fixed)))
        {
            block.Kind = PdfBlockKind.Code;
        }
        else if (ListMarker.Begins(first) && !IsHeading(lines, length))
        {
            (block.Kind, block.Level) = (PdfBlockKind.ListItem, DepthOf(first));
        }
        else if (IsHeading(lines, length))
        {
            (block.Kind, block.Level) = (PdfBlockKind.Heading, LevelOf(first));
        }

        if (block.Kind == PdfBlockKind.Code && _blocks is [.., { Kind: PdfBlockKind.Code } last] && first.Base - last.Lines[^1].Base is > 0 and var pitch && pitch < 3 * first.Size)
        {
            last.Lines.AddRange(lines);
            return;
        }

        _blocks.Add(block);
    }

    // by indent, among items that follow each other
    private int DepthOf(TextLine line)
    {
        if (_blocks is not [.., { Kind: PdfBlockKind.ListItem }])
        {
            _indents.Clear();
        }

        while (_indents.Count > 0 && _indents[^1] > line.U0 + (0.5f * line.Size))
        {
            _indents.RemoveAt(_indents.Count - 1);
        }

        if (_indents.Count == 0 || line.U0 > _indents[^1] + (0.5f * line.Size))
        {
            _indents.Add(line.U0);
        }

        return _indents.Count;
    }

    private bool IsHeading(List<TextLine> lines, int length)
    {
        if (lines.Count > 4 || length > MaxHeadingLength || length < 2 || !lines.Any(l => l.Words.Any(w => w.Text.Any(char.IsLetter))))
        {
            return false;
        }

        var size = lines.Max(l => l.Size);
        if (size >= HeadingRatio * body.Size)
        {
            return length >= 3;
        }

        var (start, end) = (lines[0].Words[0].Text[0], lines[^1].Words[^1].Text[^1]);
        if (size < 0.95f * body.Size || length < 3 || end is '.' or ',' or ';' or ':')
        {
            return false;
        }

        return (lines.Count <= 2 && length <= 100 && lines.All(l => l.Has(GlyphStyle.Bold))) || (lines.Count == 1 && length <= 70 && lines[0].Has(GlyphStyle.Italic) && char.IsUpper(start));
    }

    private int LevelOf(TextLine line) => (line.Size / body.Size) switch
    {
        >= 1.9f => 1,
        >= 1.45f => 2,
        >= HeadingRatio => 3,
        _ => line.Has(GlyphStyle.Bold) ? 4 : 5,
    };

    private static bool IsBreak(List<TextLine> lines, int from, int i, ColumnShape shape)
    {
        var (line, next) = (lines[i - 1], lines[i]);
        var size = MathF.Max(line.Size, next.Size);
        var pitch = next.Base - line.Base;
        if (LineTag.BlockOf(line.Tag) is { } block && LineTag.BlockOf(next.Tag) is { } nextBlock)
        {
            return block != nextBlock;
        }

        if (pitch > MathF.Max(shape.Pitch * 1.28f, shape.Pitch + (0.22f * size)) || pitch > 1.9f * size && lines.Count < 4)
        {
            return true;
        }

        if (MathF.Abs(line.Size - next.Size) > 0.09f * size || ((line.Style ^ next.Style) & GlyphStyle.Fixed) != 0)
        {
            return true;
        }

        if (((line.Style ^ next.Style) & GlyphStyle.Bold) != 0 && (line.Has(GlyphStyle.Bold) ? i - from <= 2 : shape.IsShort(line)))
        {
            return true;
        }

        if (ListMarker.Begins(next) && (shape.IsShort(line) || ListMarker.Begins(lines[from]) || ListMarker.IsBullet(next.Words[0].Text)))
        {
            return true;
        }

        return IsIndented(lines, i, shape) || (shape.IsShort(line) && Ends(line) && !BeginsLower(next));
    }

    // the first line of a paragraph: set in, with the line before and the line behind at the margin
    private static bool IsIndented(List<TextLine> lines, int i, ColumnShape shape)
    {
        var (line, next) = (lines[i - 1], lines[i]);
        if (next.Has(GlyphStyle.RightToLeft))
        {
            var from = shape.U1 - next.U1;
            return from > 0.8f * next.Size && from < 4 * next.Size && shape.U1 - line.U1 < 0.5f * line.Size;
        }

        var indent = next.U0 - shape.U0;
        return indent > 0.8f * next.Size && indent < 5 * next.Size && line.U0 - shape.U0 < 0.5f * line.Size && !ListMarker.Begins(line)
            && (i + 1 == lines.Count || lines[i + 1].U0 - shape.U0 < 0.5f * line.Size) && Ends(line);
    }

    private static bool Ends(TextLine line) => line.Words[^1].Text.TrimEnd('"', '”', '’', '\'', ')', '»') is [.., '.' or '!' or '?' or ':' or '。' or '！' or '？' or '؟' or ';'];

    private static bool BeginsLower(TextLine line) => char.IsLower(line.Words[0].Text[0]);
}
