using Rag.Pdf.Content;

namespace Rag.Pdf.Layout;

/// <summary>A page after its letters have become lines: what is needed of it, and of the pages around it, to put it in order.</summary>
internal sealed class PageLines
{
    private readonly Lazy<Dictionary<string, int>> _words;

    public PageLines(PageContent content, List<TextLine> lines)
    {
        Content = (content.Width, content.Height);
        Lines = lines;
        Rules = [.. content.Rules];
        Beads = [.. content.Beads];
        Head = RunningHeads.Edge(lines, content.Height, head: true);
        Foot = RunningHeads.Edge(lines, content.Height, head: false);
        Sizes = SizesOf(lines);
        _words = new(() => WordsOf(lines));
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

    /// <summary>How often the page has a word within its lines, without the signs around it and whatever its case.</summary>
    public int CountOf(string word) => _words.Value.GetValueOrDefault(word);

    private static Dictionary<string, int> WordsOf(List<TextLine> lines)
    {
        var words = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in lines.SelectMany(l => l.Words))
        {
            var text = word.Text.Trim('.', ',', ';', ':', '!', '?', '(', ')', '“', '”', '‘', '’', '"', '\'');
            words[text] = words.GetValueOrDefault(text) + 1;
        }

        return words;
    }

    private static List<(float Size, int Length)> SizesOf(List<TextLine> lines)
    {
        var sizes = new Dictionary<float, int>();
        foreach (var line in lines)
        {
            var size = MathF.Round(line.Size * 2) / 2;
            sizes[size] = sizes.GetValueOrDefault(size) + line.Length;
        }

        return [.. sizes.Select(s => (s.Key, s.Value))];
    }
}
