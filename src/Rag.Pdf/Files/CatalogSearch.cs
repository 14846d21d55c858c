namespace Rag.Pdf.Files;

/// <summary>Looks for the document catalogue among all objects, by their types, where no trailer leads to it.</summary>
internal static class CatalogSearch
{
    /// <summary>Objects parsed in the search: more than any real file has.</summary>
    private const int MaxObjects = 500_000;

    /// <summary>The last catalogue with pages; else one made up for the root of the page tree, else for all pages that are there.</summary>
    public static PdfDictionary? Find(ObjectStore store)
    {
        PdfDictionary? catalog = null;
        PdfReference? root = null;
        var pages = new List<PdfObject?>();
        foreach (var number in store.Table.Numbers.Order().Take(MaxObjects))
        {
            store.Table.TryGet(number, out var row);
            var reference = new PdfReference(number, row.Generation);
            if (store.Resolve(reference) is not PdfDictionary dictionary)
            {
                continue;
            }

            switch ((dictionary.Raw("Type") as PdfName)?.Value)
            {
                case "Catalog" when dictionary.Dictionary("Pages") is not null:
                    catalog = dictionary;
                    break;
                case "Pages" when dictionary.Raw("Parent") is null && dictionary.Raw("Kids") is not null:
                    root = reference;
                    break;
                case "Page":
                    pages.Add(reference);
                    break;
            }
        }

        return catalog
            ?? (root is not null ? Catalog(root, store) : null)
            ?? (pages.Count > 0 ? Catalog(Tree(pages, store), store) : null);
    }

    private static PdfDictionary Catalog(PdfObject pages, ObjectStore store) =>
        new(new Dictionary<string, PdfObject?> { ["Type"] = new PdfName("Catalog"), ["Pages"] = pages }, store);

    private static PdfDictionary Tree(List<PdfObject?> pages, ObjectStore store) =>
        new(new Dictionary<string, PdfObject?> { ["Type"] = new PdfName("Pages"), ["Kids"] = new PdfArray(pages, store), ["Count"] = new PdfNumber(pages.Count) }, store);
}
