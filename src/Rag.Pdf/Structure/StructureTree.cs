using Rag.Pdf.Content;
using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>The logical structure of a tagged document (14.7): which content belongs to which element. Read whole; safe for concurrent use afterwards.</summary>
internal sealed class StructureTree
{
    private const int Most = 1_000_000;
    private const int Deepest = 200;
    private readonly Dictionary<(int Page, int Stream, int Id), StructureContent> _content = [];
    private readonly List<StructureElement> _elements = [];
    private readonly HashSet<int> _seen = [];
    private readonly PageTree _pages;
    private readonly RoleMap _roles;
    private int _order;

    private StructureTree(PdfDictionary catalog, PdfDictionary root, PageTree pages)
    {
        var marks = catalog.Dictionary("MarkInfo");
        IsMarked = marks?.Boolean("Marked") ?? false;
        HasSuspects = marks?.Boolean("Suspects") ?? false;
        _pages = pages;
        _roles = new(root.Dictionary("RoleMap"));
        Kids(root, null, 0, 0);
    }

    /// <summary>Whether the file says that it follows the rules for tagged PDF (14.7.1).</summary>
    public bool IsMarked { get; }

    /// <summary>Whether the file says that its tags may be wrong.</summary>
    public bool HasSuspects { get; }

    /// <summary>All elements in logical order, parents first.</summary>
    public IReadOnlyList<StructureElement> Elements => _elements;

    /// <summary>The tree of a document, or <see langword="null"/> where it has none or an empty one.</summary>
    public static StructureTree? Read(PdfDictionary catalog, PageTree pages)
    {
        var tree = catalog["StructTreeRoot"] is PdfDictionary root ? new StructureTree(catalog, root, pages) : null;
        return tree?._content.Count > 0 ? tree : null;
    }

    /// <summary>What the letters with this marked-content id belong to; <see langword="null"/> where the tree does not know them.</summary>
    /// <param name="pageNumber">1-based.</param>
    /// <param name="page">The page, which knows its forms.</param>
    /// <param name="markedContent">See <see cref="Letter.MarkedContent"/>.</param>
    public StructureContent? Find(int pageNumber, PageContent page, int markedContent)
    {
        if (markedContent < 0)
        {
            return null;
        }

        var (form, id) = Math.DivRem(markedContent, PageContent.FormStride);
        var stream = form == 0 ? 0 : page.MarkedForms[form - 1];
        return _content.TryGetValue((pageNumber, stream, id), out var found) ? found : null;
    }

    private void Kids(PdfDictionary node, StructureElement? element, int page, int depth)
    {
        if (node["K"] is PdfArray kids)
        {
            for (var i = 0; i < kids.Count && _order < Most; i++)
            {
                Kid(kids.Raw(i), kids[i], element, page, depth);
            }
        }
        else
        {
            Kid(node.Raw("K"), node["K"], element, page, depth);
        }
    }

    private void Kid(PdfObject? written, PdfObject? kid, StructureElement? parent, int page, int depth)
    {
        if (kid is PdfNumber { Value: >= 0 and < int.MaxValue and var id })
        {
            Content(parent, page, 0, (int)id);
        }
        else if (kid is PdfDictionary { } reference && reference.Integer("MCID") is { } marked && reference["S"] is null)
        {
            Content(parent, Page(reference) ?? page, (reference.Raw("Stm") as PdfReference)?.Number ?? 0, marked);
        }
        else if (kid is PdfDictionary node && node.Name("S") is { } type && depth < Deepest && (written is not PdfReference { Number: var number } || _seen.Add(number)))
        {
            var (rows, columns) = Spans(node["A"]);
            var element = new StructureElement
            {
                Type = _roles.Standard(type, node.Dictionary("NS")),
                Parent = parent,
                Order = _order++,
                ActualText = node.Text("ActualText"),
                AlternateText = node.Text("Alt"),
                Expansion = node.Text("E"),
                Language = node.Text("Lang") ?? parent?.Language,
                RowSpan = rows,
                ColumnSpan = columns,
            }.Placed();
            _elements.Add(element);
            Kids(node, element, Page(node) ?? page, depth + 1);
        }
    }

    private int? Page(PdfDictionary node) => _pages.NumberOf(node.Raw("Pg"));

    private void Content(StructureElement? element, int page, int stream, int id)
    {
        if (element is not null && page > 0)
        {
            _content.TryAdd((page, stream, id), new(element, _order++));
        }
    }

    // attributes (14.7.6): one object, or several mixed with revision numbers
    private static (int Rows, int Columns) Spans(PdfObject? attributes)
    {
        var (rows, columns) = (1, 1);
        var several = attributes as PdfArray;
        for (var i = 0; i < (several?.Count ?? 1); i++)
        {
            if ((several is null ? attributes : several[i]) is PdfDictionary one)
            {
                rows = one.Integer("RowSpan") is > 1 and < 1000 and var r ? r : rows;
                columns = one.Integer("ColSpan") is > 1 and < 1000 and var c ? c : columns;
            }
        }

        return (rows, columns);
    }
}
