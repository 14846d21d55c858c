using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>A page after its letters have become lines: what is needed of it, and of the pages around it, to put it in order.</summary>
internal sealed class PageLines
{
    public PageLines(PageContent content, List<TextLine> lines)
    {
        Content = (content.Width, content.Height);
        Lines = lines;
        Rules = [.. content.Rules];
        Beads = [.. content.Beads];
        Head = RunningHeads.Edge(lines, content.Height, head: true);
        Foot = RunningHeads.Edge(lines, content.Height, head: false);
        Sizes = SizesOf(lines);
        foreach (var line in lines)
        {
            Length += line.Length;
            FixedLength += line.Has(GlyphStyle.Fixed) ? line.Length : 0;
        }
    }

    public (float Width, float Height) Content { get; }

    public List<TextLine> Lines { get; }

    public IReadOnlyList<Rectangle> Rules { get; }

    /// <summary>Rows near the upper edge, from the outside in.</summary>
    public IReadOnlyList<PageEdge> Head { get; }

    /// <summary>Rows near the lower edge, from the outside in.</summary>
    public IReadOnlyList<PageEdge> Foot { get; }

    /// <summary>Font sizes, to half a point, and how many characters have each.</summary>
    public IReadOnlyList<(float Size, int Length)> Sizes { get; }

    /// <summary>Number of characters.</summary>
    public int Length { get; }

    /// <summary>How many of them are in a font of fixed pitch.</summary>
    public int FixedLength { get; }

    /// <summary>Regions in their order of reading, where the author linked them (article beads, 12.4.3); empty as a rule.</summary>
    public IReadOnlyList<Rectangle> Beads { get; }

    /// <summary>Whether its tags said what its lines are, and in which order they come.</summary>
    public bool IsTagged { get; init; }

    /// <summary>How many letters nobody sees, text that was recognised in a scan aside.</summary>
    public int Hidden { get; init; }

    /// <summary>Whether it shows an image and no text.</summary>
    public bool IsScanned { get; init; }

    private static List<(float Size, int Length)> SizesOf(List<TextLine> lines)
    {
        var sizes = new List<(float Size, int Length)>();
        foreach (var line in lines)
        {
            var size = MathF.Round(line.Size * 2) / 2;
            var at = 0;
            while (at < sizes.Count && sizes[at].Size != size)
            {
                at++;
            }

            if (at == sizes.Count)
            {
                sizes.Add((size, 0));
            }

            sizes[at] = (size, sizes[at].Length + line.Length);
        }

        return sizes;
    }
}
