using System.Runtime.InteropServices;
using Rag.Pdf.Content;
using Rag.Pdf.Structure;

namespace Rag.Pdf.Layout;

/// <summary>From what a page shows to its text: letters, lines, tables and zones, reading order, blocks.</summary>
internal static class PageLayout
{
    private const float ScanCovers = 0.4f; // of the page

    /// <summary>The first half: lines. It needs no other page.</summary>
    /// <param name="content">What the page shows.</param>
    /// <param name="tags">What the structure tree says of a marked-content id, where the document is tagged.</param>
    /// <param name="builder">Makes the lines.</param>
    /// <param name="options">What is left out.</param>
    public static PageLines Lines(PageContent content, Func<int, StructureContent?>? tags, LineBuilder builder, PdfOptions options)
    {
        var skip = options.SkipHiddenText ? LetterFlags.Hidden : LetterFlags.None;
        var letters = CollectionsMarshal.AsSpan(content.Letters);
        ClippedText.ShowEnds(letters);
        var (visible, invisible, hidden) = (0, 0, 0);
        foreach (ref readonly var letter in letters)
        {
            if ((letter.Flags & LetterFlags.Hidden) == 0)
            {
                visible++;
            }
            else if (!string.IsNullOrWhiteSpace(letter.Text))
            {
                hidden++;
                invisible += (letter.Flags & LetterFlags.Hidden) == LetterFlags.Invisible ? 1 : 0;
            }
        }

        // text recognised in a scan lies invisible over its image: it is what the reader sees
        var covered = content.Images.Sum(i => i.Width * i.Height) >= ScanCovers * content.Width * content.Height;
        if (visible * 10 < invisible && (covered || (visible == 0 && content.Images.Count > 0)))
        {
            skip &= ~LetterFlags.Invisible;
            hidden -= invisible;
        }

        var lines = builder.Build(content.Letters, skip);
        RuledTables.Split(lines, content.Rules);
        return new(content, lines) { IsScanned = covered && lines.Count == 0, Hidden = hidden, IsTagged = tags is not null && PageTags.Apply(lines, tags) };
    }

    /// <summary>The second half: the page.</summary>
    /// <param name="page">The lines of the page.</param>
    /// <param name="window">Pages around it, itself included, in order: what repeats on them is no running text, and most of their text has the size of the body.</param>
    /// <param name="number">1-based.</param>
    /// <param name="label">Its printed number.</param>
    /// <param name="outline">What the outline says about the page.</param>
    /// <param name="options">What is left out.</param>
    public static PdfPage Page(PageLines page, IReadOnlyList<PageLines> window, int number, string label, PageOutline outline, PdfOptions options)
    {
        var lines = page.Lines;
        if (options.SkipRunningHeads && RunningHeads.Find(page, window) is { Count: > 0 } heads)
        {
            lines = [.. lines.Where(l => !heads.Contains(l))];
        }

        if (options.SkipRunningHeads && page.IsTagged)
        {
            lines = [.. lines.Where(l => !l.Has(GlyphStyle.Artifact))];
        }

        var builder = new BlockBuilder(BodyText.Of(window), page.Content.Height, outline);
        foreach (var zone in PageZones.Of(page, lines))
        {
            builder.Add(zone);
        }

        var writer = new PageWriter(new(window));
        foreach (var block in builder.Blocks.Where(b => b.Kind != PdfBlockKind.Footnote).Concat(builder.Blocks.Where(b => b.Kind == PdfBlockKind.Footnote)))
        {
            writer.Write(block);
        }

        return new(number, label, page.Content.Width, page.Content.Height, writer.Text, writer.Blocks, writer.Words) { IsScanned = page.IsScanned };
    }
}
