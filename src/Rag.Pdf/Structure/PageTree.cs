using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>The pages in order (7.7.3). Read once; safe for concurrent use.</summary>
internal sealed class PageTree
{
    private const int MostPages = 500_000;
    private const int Deepest = 64;
    private readonly List<PageNode> _pages = [];
    private readonly Dictionary<int, int> _byNumber = [];
    private readonly HashSet<int> _nodes = [];
    private bool _isDamaged;

    /// <summary>Reads the tree.</summary>
    /// <param name="catalog">The document catalogue.</param>
    /// <param name="scan">Finds all objects of type Page in the file, with their numbers; asked only where the tree is damaged.</param>
    /// <param name="warnings">Takes what was wrong.</param>
    public PageTree(PdfDictionary catalog, Func<IEnumerable<(int Number, PdfDictionary Page)>> scan, PdfWarnings warnings)
    {
        if (catalog["Pages"] is PdfDictionary root)
        {
            Node(catalog.Raw("Pages"), root, Inherited.Nothing, 0);
        }

        if (_pages.Count == 0 || _isDamaged)
        {
            var before = _pages.Count;
            foreach (var (number, page) in scan())
            {
                if (!_byNumber.ContainsKey(number))
                {
                    Add(number, page, Inherited.Nothing.With(page["Parent"] as PdfDictionary ?? page).With(page));
                }
            }

            warnings.Add(_pages.Count == before ? "The page tree is damaged." : $"The page tree is damaged; {_pages.Count - before} pages were found beside it.");
        }
    }

    public int Count => _pages.Count;

    /// <summary>By 0-based index.</summary>
    public PageNode this[int index] => _pages[index];

    /// <summary>1-based number of the page that a reference or the page dictionary itself leads to; <see langword="null"/> where it is none.</summary>
    public int? NumberOf(PdfObject? page) => page is PdfReference { Number: var number } && _byNumber.TryGetValue(number, out var index) ? index + 1 : null;

    // a leaf is a page also where it does not say so
    private void Node(PdfObject? written, PdfDictionary node, Inherited inherited, int depth)
    {
        var number = (written as PdfReference)?.Number ?? 0;
        inherited = inherited.With(node);
        var kids = node.Array("Kids");
        if (kids is null || (node.Name("Type") == "Page" && node.Raw("Contents") is not null))
        {
            if (node.Name("Type") != "Pages")
            {
                Add(number, node, inherited);
            }

            return;
        }

        if (depth > Deepest || (number > 0 && !_nodes.Add(number)))
        {
            _isDamaged = true;
            return;
        }

        for (var i = 0; i < kids.Count && _pages.Count < MostPages; i++)
        {
            if (kids[i] is PdfDictionary kid)
            {
                Node(kids.Raw(i), kid, inherited, depth + 1);
            }
            else
            {
                _isDamaged = true;
            }
        }
    }

    // the same object may stand for several pages; references to it mean the first
    private void Add(int number, PdfDictionary page, Inherited inherited)
    {
        if (number > 0)
        {
            _byNumber.TryAdd(number, _pages.Count);
        }

        _pages.Add(new(page, number, inherited));
    }
}
