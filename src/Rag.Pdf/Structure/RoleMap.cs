using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>Leads names of structure types to standard ones (14.7.3, 14.8.4).</summary>
internal sealed class RoleMap(PdfDictionary? roles)
{
    private const int Longest = 16;
    private static readonly HashSet<string> _standard = new(
        ("Document DocumentFragment Part Art Sect Div Aside BlockQuote NonStruct Private TOC TOCI Index P H H1 H2 H3 H4 H5 H6 Title FENote Sub Lbl Span Em Strong Quote Note " +
        "Reference BibEntry Code Link Annot Form Ruby RB RT RP Warichu WT WP L LI LBody Table TR TH TD THead TBody TFoot Caption Figure Formula Artifact").Split(' '),
        StringComparer.Ordinal);

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The standard type, or the name itself where none is said.</summary>
    public string Standard(string type, PdfDictionary? space)
    {
        if (_standard.Contains(type))
        {
            return type;
        }

        // PDF 2.0: a namespace may bring its own map, to names alone or to pairs of name and namespace
        if (space?.Dictionary("RoleMapNS")?[type] is { } own && (own is PdfArray { Count: > 0 } pair ? pair[0] : own) is PdfName { Value: var mapped })
        {
            return Standard(mapped, null);
        }

        if (!_known.TryGetValue(type, out var standard))
        {
            standard = type;
            for (var i = 0; i < Longest && !_standard.Contains(standard) && roles?.Name(standard) is { } next; i++)
            {
                standard = next;
            }

            _known[type] = standard;
        }

        return standard;
    }
}
