namespace Rag.Ingest.Reading.Slides;

/// <summary>A block of a slide before it is written.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Level">As in <see cref="Block.Level"/>.</param>
internal sealed record SlideBlock(BlockKind Kind, string Text, int Level = 0)
{
    /// <summary>What people call the page of a slide.</summary>
    public static string PageName(int number) => FormattableString.Invariant($"slide {number}");
}

/// <summary>Something that stands on a slide.</summary>
/// <param name="Place">Where it stands; <see langword="null"/> where neither the slide nor its layout says.</param>
/// <param name="Placeholder">The part of the layout that it fills, such as <c>title</c>, <c>body</c> or the empty string; <see langword="null"/> for none.</param>
/// <param name="Blocks">What it says.</param>
internal sealed record SlideShape(SlidePlace? Place, string? Placeholder, IReadOnlyList<SlideBlock> Blocks)
{
    public bool IsTitle => Placeholder is "title" or "ctrTitle";

    /// <summary>What the master repeats on each slide.</summary>
    public bool IsBoilerplate => Placeholder is "sldNum" or "dt" or "ftr" or "hdr";

    /// <summary>The shapes as a person reads them: the title, then placeholders without a place, then rows from the top, each from the left. A row is what begins above the middle of its first shape.</summary>
    public static IEnumerable<SlideShape> InReadingOrder(IReadOnlyCollection<SlideShape> shapes)
    {
        foreach (var shape in shapes.Where(shape => shape.IsTitle).Concat(shapes.Where(shape => !shape.IsTitle && shape.Place is null)))
        {
            yield return shape;
        }

        var rest = shapes.Where(shape => !shape.IsTitle && shape.Place is not null).OrderBy(shape => shape.Place!.Top).ToList();
        for (var at = 0; at < rest.Count;)
        {
            var middle = rest[at].Place!.Top + (rest[at].Place!.Height / 2);
            var row = rest.Skip(at).TakeWhile((shape, i) => i == 0 || shape.Place!.Top < middle).ToList();
            foreach (var shape in row.OrderBy(shape => shape.Place!.Left))
            {
                yield return shape;
            }

            at += row.Count;
        }
    }
}

/// <summary>Where a shape stands, in EMU (1/914,400 inch) from the top left of the slide or of the group around it.</summary>
internal sealed record SlidePlace(long Left, long Top, long Height);
