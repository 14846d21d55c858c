using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>The document outline (12.3.3), also called bookmarks.</summary>
internal static class Outline
{
    private const int Most = 100_000;
    private const int Deepest = 64;

    /// <summary>All items, parents before their children. Loops end; items without a title are left out, not their children.</summary>
    public static IReadOnlyList<PdfOutlineItem> Read(PdfDictionary catalog, Destinations destinations)
    {
        var items = new List<PdfOutlineItem>();
        var seen = new HashSet<PdfDictionary>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(PdfDictionary Item, int Level)>();
        Push(catalog.Dictionary("Outlines")?["First"], 1);
        while (open.TryPop(out var at) && seen.Count < Most)
        {
            if (!seen.Add(at.Item))
            {
                continue;
            }

            if (Title(at.Item) is { Length: > 0 } title)
            {
                items.Add(new(title, at.Level, destinations.Page(at.Item)));
            }

            Push(at.Item["Next"], at.Level);
            Push(at.Item["First"], at.Level + 1);
        }

        return items;

        void Push(PdfObject? item, int level)
        {
            if (item is PdfDictionary dictionary && level <= Deepest)
            {
                open.Push((dictionary, level));
            }
        }
    }

    private static string? Title(PdfDictionary item) => item.Text("Title") is { } title
        ? string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        : null;
}
