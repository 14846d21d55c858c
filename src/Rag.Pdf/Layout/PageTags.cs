using Rag.Pdf.Structure;

namespace Rag.Pdf.Layout;

/// <summary>Uses the tags of a page (14.7) where they are there and sane: most of the text has one, and their order does not jump about.</summary>
internal static class PageTags
{
    private const float MinTagged = 0.9f;       // of the characters that are no artifacts
    private const float MaxBackward = 0.1f;     // of the steps from line to line in logical order

    /// <summary>Gives each line its tag and its place in logical order, if the page's tags are sane.</summary>
    /// <param name="lines">The lines; changed in place.</param>
    /// <param name="find">What the structure tree says of a marked-content id.</param>
    /// <returns>Whether the tags were taken.</returns>
    public static bool Apply(List<TextLine> lines, Func<int, StructureContent?> find)
    {
        var content = lines.Where(l => !l.Has(GlyphStyle.Artifact | GlyphStyle.Annotation)).ToList();
        var tags = content.ConvertAll(l => find(l.MarkedContent));
        var (all, tagged) = (0, 0);
        for (var i = 0; i < content.Count; i++)
        {
            all += content[i].Length;
            tagged += tags[i] is null ? 0 : content[i].Length;
        }

        if (tagged == 0 || tagged < MinTagged * all || !IsSane([.. content.Zip(tags).Where(p => p.Second is not null).OrderBy(p => p.Second!.Value.Order).Select(p => p.First)]))
        {
            return false;
        }

        // what has no tag comes where it was painted
        var order = 0;
        foreach (var (line, tag) in content.Zip(tags).OrderBy(p => p.First.Order).ToList())
        {
            order = tag?.Order ?? order;
            (line.Order, line.LastOrder, line.Tag) = (order, order, tag?.Element);
        }

        return true;
    }

    private static bool IsSane(List<TextLine> ordered)
    {
        var backward = 0;
        for (var i = 1; i < ordered.Count; i++)
        {
            var (a, b) = (ordered[i - 1], ordered[i]);
            backward += b.Base < a.Base - (0.6f * a.Size) && a.Overlap(b) > 0.1f ? 1 : 0;
        }

        return backward <= MaxBackward * Math.Max(ordered.Count, 10);
    }
}
