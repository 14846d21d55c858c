using Rag.Pdf.Content;
using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>Article beads (12.4.3): regions of a page that an author linked in their order of reading.</summary>
internal static class Beads
{
    private const int Most = 1_000;

    /// <summary>The regions on <paramref name="page"/>, in displayed coordinates, in the order in which the page lists them.</summary>
    public static List<Rectangle> Read(PageNode page)
    {
        var regions = new List<Rectangle>();
        if (page.Dictionary.Array("B") is not { } beads)
        {
            return regions;
        }

        for (var i = 0; i < Math.Min(beads.Count, Most); i++)
        {
            if (beads[i] is PdfDictionary bead && bead.Array("R")?.Numbers(4) is { } r)
            {
                regions.Add(page.Transform.Box(r[0], r[1], r[2], r[3]));
            }
        }

        return regions;
    }
}
