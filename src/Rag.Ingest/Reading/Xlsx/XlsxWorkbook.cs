using System.Xml.Linq;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Xlsx;

/// <summary>The sheets of a workbook, in its order.</summary>
internal sealed class XlsxWorkbook
{
    private const int MostTables = 1_000; // with a name of their own on one sheet

    private readonly OfficePackage _package;
    private readonly XlsxCells _cells;
    private readonly List<(string Name, string Part)> _sheets = [];
    private readonly HashSet<string> _parts = new(StringComparer.OrdinalIgnoreCase);

    public XlsxWorkbook(OfficePackage package, string main, CancellationToken cancellationToken)
    {
        _package = package;
        var (workbook, links) = (package.Load(main), package.Links(main).ToList());
        var sheets = links.Where(link => link.Type == "worksheet").DistinctBy(link => link.Id).ToDictionary(link => link.Id, link => link.Part);
        foreach (var sheet in workbook.Child("sheets").All("sheet"))
        {
            var (name, id) = ((string?)sheet.Attribute("name") ?? "", (string?)sheet.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0));
            if ((string?)sheet.Attribute("state") is "hidden" or "veryHidden")
            {
                Hidden.Add(name);
            }
            else if (id is not null && sheets.TryGetValue(id, out var part) && _parts.Add(part))
            {
                _sheets.Add((name, part)); // a sheet of a chart or a macro has no cells
            }
        }

        var is1904 = (string?)workbook.Child("workbookPr")?.Attribute("date1904") is "1" or "true";
        var strings = XlsxStrings.Load(package, links.Find(link => link.Type == "sharedStrings")?.Part);
        var styles = links.Find(link => link.Type == "styles") is { } link ? package.Load(link.Part) : null;
        _cells = new(package, strings, new(styles), is1904, cancellationToken);
    }

    /// <summary>Names of the sheets that the author hid, which are not read.</summary>
    public List<string> Hidden { get; } = [];

    /// <summary>The visible sheets, one at a time.</summary>
    public IEnumerable<Sheet> Sheets() => _sheets.Select(sheet => Load(sheet.Name, sheet.Part));

    private Sheet Load(string name, string part)
    {
        var sheet = new Sheet(name);
        using (var reader = _package.Read(part)!)
        {
            _cells.Read(reader, sheet);
        }

        var links = _package.Links(part).ToList();
        foreach (var table in links.Where(link => link.Type == "table" && _parts.Add(link.Part)).Take(MostTables).Select(link => _package.Load(link.Part)!))
        {
            if (CellRange.Parse((string?)table.Attribute("ref")) is { } range && (string?)table.Attribute("displayName") is { } caption)
            {
                sheet.Captions.Add((range, caption));
            }
        }

        // a thread of comments is written down a second time in the older form
        var comments = links.Find(link => link.Type == "threadedComment") ?? links.Find(link => link.Type == "comments");
        foreach (var comment in comments is null || !_parts.Add(comments.Part) ? [] : Comments(_package.Load(comments.Part)!))
        {
            if (CellRange.Parse((string?)comment.Attribute("ref")) is { } cell)
            {
                sheet.Comments.Add((cell, string.Concat(comment.Descendants().Where(e => e.Name.LocalName is "t" or "text" && !e.HasElements && e.Parent?.Name.LocalName != "rPh").Select(e => e.Value)).Trim()));
            }
        }

        foreach (var drawing in links.Where(link => link.Type == "drawing" && _parts.Add(link.Part)))
        {
            sheet.Drawings.AddRange(new XlsxDrawing(_package, drawing.Part, _parts).Texts());
        }

        return sheet;
    }

    private static IEnumerable<XElement> Comments(XElement root) => root.All("threadedComment").Concat(root.Child("commentList").All("comment"));
}
