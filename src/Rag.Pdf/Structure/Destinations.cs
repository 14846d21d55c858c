using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>Finds the pages that destinations lead to (12.3.2). Safe for concurrent use.</summary>
internal sealed class Destinations(PdfDictionary catalog, PageTree pages)
{
    private const int Deepest = 8;
    private readonly Lazy<Dictionary<string, (PdfObject? Written, PdfObject? Found)>> _names = new(() => TreeReader.Names(catalog.Dictionary("Names")?.Dictionary("Dests")));

    /// <summary>1-based page of an outline item or link: by its Dest, else by its action; <see langword="null"/> where it leads nowhere in this document.</summary>
    public int? Page(PdfDictionary item) => Page(item["Dest"], 0) ?? (item.Dictionary("A") is { } action && action.Name("S") is "GoTo" or null ? Page(action?["D"], 0) : null);

    private int? Page(PdfObject? destination, int depth) => depth > Deepest ? null : destination switch
    {
        PdfArray { Count: > 0 } array => pages.NumberOf(array.Raw(0)) ?? ByIndex(array[0]),
        PdfDictionary dictionary => Page(dictionary["D"], depth + 1),
        PdfName { Value: var name } => Page(catalog.Dictionary("Dests")?[name] ?? Named(name), depth + 1),
        PdfString text => Page(Named(TreeReader.Key(text)) ?? catalog.Dictionary("Dests")?[TreeReader.Key(text)], depth + 1),
        _ => null,
    };

    private PdfObject? Named(string name) => _names.Value.GetValueOrDefault(name).Found;

    // meant for other documents, but written by some for their own
    private int? ByIndex(PdfObject? page) => page is PdfNumber { Value: >= 0 and var index } && index < pages.Count ? (int)index + 1 : null;
}
