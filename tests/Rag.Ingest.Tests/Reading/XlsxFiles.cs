using System.Text;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Excel files written for the tests, from the XML of their parts.</summary>
internal static class XlsxFiles
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Uses most of what the reader knows.</summary>
    public static byte[] Sample() => Of(
        [
            new("Prices 2024", Prices) { Comments = Comments, Table = "<table xmlns='" + Main + "' displayName='PriceList' ref='A3:E6'/>" },
            new("Draft", "<sheetData><row r='1'><c t='str'><v>left out</v></c></row></sheetData>") { State = "hidden" },
            new("Notes", "<sheetData><row><c t='inlineStr'><is><t>Prices are those of 2024 and hold until the council decides otherwise, which it does each spring.</t></is></c></row><row><c t='str'><v>Ask at the pier.</v></c></row></sheetData>"),
        ],
        SharedStrings,
        Styles);

    /// <summary>A workbook of these sheets.</summary>
    public static byte[] Of(IReadOnlyList<XlsxSheetXml> sheets, string sharedStrings = "", string styles = "", string properties = "")
    {
        var parts = new List<(string Name, string Xml)>();
        var (names, links) = (new StringBuilder(), new StringBuilder());
        foreach (var (i, sheet) in sheets.Index())
        {
            names.Append($"<sheet name='{sheet.Name}' sheetId='{i + 1}' state='{sheet.State}' r:id='rId{i + 1}'/>");
            links.Append($"<Relationship Id='rId{i + 1}' Type='{Types}/worksheet' Target='worksheets/sheet{i + 1}.xml'/>");
            parts.Add(($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns='{Main}'>{sheet.Xml}</worksheet>"));
            var own = new StringBuilder();
            foreach (var (type, xml) in new[] { ("comments", sheet.Comments), ("table", sheet.Table) })
            {
                if (xml is not null)
                {
                    own.Append($"<Relationship Id='{type}' Type='{Types}/{type}' Target='../{type}{i + 1}.xml'/>");
                    parts.Add(($"xl/{type}{i + 1}.xml", xml));
                }
            }

            parts.Add(($"xl/worksheets/_rels/sheet{i + 1}.xml.rels", DocxFiles.Relationships(own.ToString())));
        }

        parts.Insert(0, ("xl/workbook.xml", $"<workbook xmlns='{Main}' xmlns:r='{Types}'><workbookPr {properties}/><sheets>{names}</sheets></workbook>"));
        parts.Add(("xl/_rels/workbook.xml.rels", DocxFiles.Relationships($"{links}<Relationship Id='s' Type='{Types}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='t' Type='{Types}/styles' Target='/xl/styles.xml'/>")));
        parts.Add(("xl/sharedStrings.xml", $"<sst xmlns='{Main}'>{sharedStrings}</sst>"));
        parts.Add(("xl/styles.xml", $"<styleSheet xmlns='{Main}'>{styles}</styleSheet>"));
        parts.Add(("_rels/.rels", DocxFiles.Relationships($"<Relationship Id='r1' Type='{Types}/officeDocument' Target='xl/workbook.xml'/>")));
        return DocxFiles.Zip([.. parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Xml)))]);
    }

    /// <summary>A sheet of texts.</summary>
    public static string Grid(IEnumerable<IEnumerable<string>> rows) =>
        $"<sheetData>{string.Concat(rows.Select(row => $"<row>{string.Concat(row.Select(cell => cell.Length == 0 ? "<c/>" : double.TryParse(cell, out _) ? $"<c><v>{cell}</v></c>" : $"<c t='inlineStr'><is><t>{cell}</t></is></c>"))}</row>"))}</sheetData>";

    public const string Styles = """
        <numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;€&quot;"/><numFmt numFmtId="165" formatCode="[$-409]d\-mmm\-yy;@"/></numFmts>
        <cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="165"/></cellXfs>
        """;

    private const string SharedStrings = """
        <si><t>Ticket</t></si><si><r><t>Val</t></r><r><rPr><b/></rPr><t>id from</t></r><rPh sb="0" eb="1"><t>never read</t></rPh></si><si><t>Price</t></si><si><t xml:space="preserve"> Share | part </t></si>
        """;

    private const string Prices = """
        <sheetData>
        <row r="1"><c r="A1" t="str"><v>What the ferry costs</v></c></row>
        <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c><c r="D3" t="s"><v>3</v></c><c r="E3" t="str"><v>Sold</v></c></row>
        <row r="4"><c r="A4" t="str"><v>Adult</v></c><c r="B4" s="1"><v>45352</v></c><c r="C4" s="2"><v>1234.5</v></c><c r="D4" s="3"><v>0.125</v></c><c r="E4" t="b"><v>1</v></c></row>
        <row r="5"><c r="A5" s="1"/><c r="B5" s="4"><v>45353.5</v></c><c r="C5" s="2"><f>SUM(C4)*2</f><v>-2469</v></c><c r="D5"><v>0.30000000000000004</v></c><c r="E5" t="e"><v>#N/A</v></c></row>
        <row r="6"><c r="A6" t="str"><v>Child</v></c><c r="C6"><v>7</v></c></row>
        <row r="8"><c r="A8" t="str"><v>Pier</v></c><c r="B8" t="str"><v>Boats</v></c><c r="D8" t="str"><v>Captain</v></c><c r="E8" t="str"><v>Since</v></c></row>
        <row r="9"><c r="A9" t="str"><v>North</v></c><c r="B9"><v>2</v></c><c r="D9" t="str"><v>Ada</v></c><c r="E9"><v>1999</v></c></row>
        <row r="11"><c r="A11" t="str"><v>Total</v></c><c r="B11"><v>3</v></c></row>
        </sheetData><mergeCells><mergeCell ref="A4:A5"/><mergeCell ref="A1:E1"/></mergeCells>
        """;

    private const string Comments = "<comments xmlns='" + Main + "'><commentList><comment ref='C4'><text><r><t>Without </t></r><r><t>the bicycle.</t></r></text></comment></commentList></comments>";
}

/// <summary>A sheet for the tests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Xml">What is in it.</param>
internal sealed record XlsxSheetXml(string Name, string Xml)
{
    public string State { get; init; } = "visible";

    public string? Comments { get; init; }

    public string? Table { get; init; }
}
