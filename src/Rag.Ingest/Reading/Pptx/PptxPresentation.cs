using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Slides;

namespace Rag.Ingest.Reading.Pptx;

/// <summary>A slide as it is read.</summary>
/// <param name="Title">Its title; <see langword="null"/> for none.</param>
/// <param name="Blocks">What it says; nothing for a hidden one.</param>
internal sealed record PptxSlide(string? Title, IReadOnlyList<SlideBlock> Blocks);

/// <summary>The slides of a presentation, in its order.</summary>
internal sealed class PptxPresentation(OfficePackage package, string main)
{
    private static readonly Dictionary<string, SlidePlace> NoPlaces = [];

    private readonly Dictionary<string, IReadOnlyDictionary<string, SlidePlace>> _layouts = new(StringComparer.OrdinalIgnoreCase);

    private readonly PptxComments _comments = new(package, main);

    private readonly HashSet<string> _drawn = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Numbers of the slides that the author hid, of those read so far.</summary>
    public List<int> Hidden { get; } = [];

    /// <summary>All slides, one at a time.</summary>
    public IEnumerable<PptxSlide> Slides()
    {
        var links = package.Links(main).Where(link => link.Type == "slide").DistinctBy(link => link.Id).ToDictionary(link => link.Id, link => link.Part);
        var (number, seen) = (0, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var slide in package.Load(main).Child("sldIdLst").All("sldId"))
        {
            var id = (string?)slide.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0);
            if (id is not null && links.TryGetValue(id, out var part) && seen.Add(part))
            {
                yield return Slide(part, ++number);
            }
        }
    }

    private PptxSlide Slide(string part, int number)
    {
        var tree = new PptxShapes(package, part, _drawn, package.Related(part, "slideLayout") is { } layout ? Layout(layout) : NoPlaces);
        var shapes = SlideShape.InReadingOrder([.. tree.Read().Where(shape => !shape.IsBoilerplate)]).ToList();
        if (tree.IsHidden)
        {
            Hidden.Add(number);
            return new(null, []);
        }

        var title = shapes.Find(shape => shape is { IsTitle: true, Blocks.Count: > 0 });
        var heading = title is null ? null : string.Join(' ', title.Blocks.Select(block => block.Text)).Replace('\n', ' ');
        var blocks = new List<SlideBlock>();
        if (heading is not null)
        {
            blocks.Add(new(BlockKind.Heading, heading, title!.Placeholder == "ctrTitle" ? 1 : 2)); // the slide with the title of all has the first level
        }

        blocks.AddRange(shapes.Where(shape => shape != title).SelectMany(shape => shape.Blocks));
        if (package.Related(part, "notesSlide") is { } notes)
        {
            var spoken = new PptxShapes(package, notes, _drawn, NoPlaces).Read().Where(shape => shape.Placeholder == "body").SelectMany(shape => shape.Blocks).Select(block => block.Kind == BlockKind.ListItem ? block.Text.TrimStart('-', ' ') : block.Text);
            blocks.AddRange(spoken.Select(text => new SlideBlock(BlockKind.Footnote, $"Notes: {text}")));
        }

        blocks.AddRange(_comments.On(part));
        return new(heading, blocks);
    }

    private IReadOnlyDictionary<string, SlidePlace> Layout(string part)
    {
        if (!_layouts.TryGetValue(part, out var places))
        {
            var master = package.Related(part, "slideMaster") is { } above && above != part ? new PptxShapes(package, above, _drawn, NoPlaces) : null;
            master?.Read();
            var layout = new PptxShapes(package, part, _drawn, NoPlaces);
            layout.Read();
            foreach (var (key, place) in master?.Places.Where(place => place.Key.StartsWith("type ", StringComparison.Ordinal)) ?? [])
            {
                layout.Places.TryAdd(key, place); // what the layout does not say, the master does
            }

            _layouts[part] = places = layout.Places;
        }

        return places;
    }
}
