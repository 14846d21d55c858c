using System.Globalization;
using System.Xml.Linq;
using Rag.Ingest.Reading.Office;
using Rag.Ingest.Reading.Sheets;

namespace Rag.Ingest.Reading.Xlsx;

/// <summary>The number format of each style that a cell can have (ECMA-376 part 1, 18.8).</summary>
internal sealed class XlsxStyles
{
    private readonly CellFormat[] _formats;

    public XlsxStyles(XElement? part)
    {
        var known = new Dictionary<int, CellFormat>();
        foreach (var format in part.Child("numFmts").All("numFmt"))
        {
            if (Id(format) is { } id && (string?)format.Attribute("formatCode") is { } code)
            {
                known[id] = CellFormat.Of(code);
            }
        }

        _formats = [.. part.Child("cellXfs").All("xf").Select(xf => Id(xf) is not { } id ? CellFormat.General : known.TryGetValue(id, out var format) ? format : known[id] = CellFormat.BuiltIn(id))];
    }

    /// <summary>The format of that style; General for one that is not there.</summary>
    public CellFormat this[string? style] =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _formats.Length ? _formats[index] : CellFormat.General;

    private static int? Id(XElement element) => int.TryParse((string?)element.Attribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
