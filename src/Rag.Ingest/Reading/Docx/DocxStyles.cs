using System.Xml.Linq;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>What a paragraph style makes of a paragraph.</summary>
internal enum DocxRole
{
    Text,
    Title,
    Code,
    Quote,
}

/// <summary>A style with all that it takes from the styles it is based on.</summary>
/// <param name="Role">What it makes of a paragraph.</param>
/// <param name="Outline">Heading level 1 to 9, or 0.</param>
/// <param name="NumberingId">The list it belongs to, or <see langword="null"/>.</param>
/// <param name="ListLevel">Its level in that list, from 0.</param>
/// <param name="IsHidden">Its text is hidden.</param>
internal sealed record DocxStyle(DocxRole Role = DocxRole.Text, int Outline = 0, int? NumberingId = null, int ListLevel = 0, bool IsHidden = false)
{
    public static DocxStyle Plain { get; } = new();
}

/// <summary>The styles of a document. Word keeps English names for its own styles whatever the language, so names count and ids, which are localised, do not.</summary>
internal sealed class DocxStyles(XElement? part)
{
    // a style chain longer than this is a loop
    private const int LongestChain = 32;

    private readonly Dictionary<string, XElement> _sources = part.All("style").Where(style => style.Own("styleId") is not null)
        .GroupBy(style => style.Own("styleId")!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private readonly Dictionary<string, DocxStyle> _styles = new(StringComparer.Ordinal);

    private readonly string? _default = part.All("style").FirstOrDefault(style => style.Own("type") == "paragraph" && style.Own("default") is "1" or "true" or "on").Own("styleId");

    /// <summary>The style of that id; the document's default style for none, a plain one for an unknown id.</summary>
    public DocxStyle this[string? id] => Resolve(id ?? _default ?? "", 0);

    /// <summary>Whether a character style hides its text.</summary>
    public bool Hides(string? id) => id is not null && Resolve(id, 0).IsHidden;

    private DocxStyle Resolve(string id, int chain)
    {
        if (_styles.TryGetValue(id, out var known))
        {
            return known;
        }

        if (chain > LongestChain || !_sources.TryGetValue(id, out var source))
        {
            return DocxStyle.Plain;
        }

        var basis = source.Child("basedOn").Own("val") is { } parent && parent != id ? Resolve(parent, chain + 1) : DocxStyle.Plain;
        var paragraph = source.Child("pPr");
        var (name, numbering) = (source.Child("name").Own("val")?.ToLowerInvariant() ?? "", paragraph.Child("numPr"));
        var vanish = source.Child("rPr").Child("vanish");
        var style = basis with
        {
            Role = RoleOf(name) ?? basis.Role,
            Outline = OutlineOf(name) ?? (paragraph.Child("outlineLvl").OwnInt("val") is { } outline ? (outline is >= 0 and < 9 ? outline + 1 : 0) : basis.Outline),
            NumberingId = numbering.Child("numId").OwnInt("val") ?? basis.NumberingId,
            ListLevel = numbering.Child("ilvl").OwnInt("val") ?? basis.ListLevel,
            IsHidden = vanish is null ? basis.IsHidden : vanish.Own("val") is not ("0" or "false" or "off"),
        };
        return _styles[id] = style;
    }

    private static int? OutlineOf(string name) => name is ['h', 'e', 'a', 'd', 'i', 'n', 'g', ' ', >= '1' and <= '9' and var level] ? level - '0' : null;

    private static DocxRole? RoleOf(string name) => name switch
    {
        "normal" => DocxRole.Text,
        "title" => DocxRole.Title,
        "quote" or "intense quote" or "block text" => DocxRole.Quote,
        "html preformatted" or "code" or "source code" or "code block" or "macro" or "plain text" => DocxRole.Code,
        _ => null,
    };
}
