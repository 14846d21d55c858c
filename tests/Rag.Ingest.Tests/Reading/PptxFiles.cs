using System.Text;

namespace Rag.Ingest.Tests.Reading;

/// <summary>PowerPoint files written for the tests, from the XML of their parts.</summary>
internal static class PptxFiles
{
    private const string Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Namespaces = $"xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:r='{Types}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram'";

    /// <summary>Uses most of what the reader knows. The slides stand in the file in another order than they are shown in.</summary>
    public static byte[] Sample() => Of(
        [
            $"{Text("ctrTitle", "The ferry")}{Text("subTitle", "A report")}{Text("ftr", "Confidential")}{Text("sldNum", "1")}",
            $"{Box(100, 900, "<a:p><a:r><a:t>below</a:t></a:r></a:p>")}{Box(500, 120, "<a:p><a:r><a:t>right</a:t></a:r></a:p>")}{Box(100, 100, "<a:p><a:r><a:t>left,</a:t></a:r><a:br/><a:r><a:t>two lines</a:t></a:r></a:p>")}{Text("title", "Plans")}"
                + Text("body", null, "<a:p><a:r><a:t>First</a:t></a:r></a:p><a:p><a:pPr lvl='1'><a:buAutoNum type='alphaLcParenR'/></a:pPr><a:r><a:t>one</a:t></a:r></a:p><a:p><a:pPr lvl='1'><a:buAutoNum type='alphaLcParenR'/></a:pPr><a:r><a:t>two</a:t></a:r></a:p><a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>No bullet</a:t></a:r></a:p><a:p/>")
                + $"<p:grpSp><p:grpSpPr><a:xfrm><a:off x='0' y='2000'/><a:ext cx='1' cy='1'/></a:xfrm></p:grpSpPr>{Box(0, 50, "<a:p><a:r><a:t>second of the group</a:t></a:r></a:p>")}{Box(0, 0, "<a:p><a:r><a:t>first of the group</a:t></a:r></a:p>")}</p:grpSp>"
                + "<p:pic><p:nvPicPr><p:cNvPr id='9' name='Picture 9' descr='A map of the lake'/><p:nvPr/></p:nvPicPr><p:spPr><a:xfrm><a:off x='0' y='3000'/><a:ext cx='1' cy='1'/></a:xfrm></p:spPr></p:pic>",
            $"{Text("title", "Secret")}",
            $"{Text("title", "Numbers")}{Frame(100, Table)}{Frame(200, "<c:chart r:id='chart'/>")}{Frame(300, "<dgm:relIds r:dm='data'/>")}",
        ],
        hidden: 3);

    /// <summary>A presentation of these slides, of which one may be hidden; the last has a chart and a diagram, the second has notes.</summary>
    public static byte[] Of(IReadOnlyList<string> slides, int hidden = 0)
    {
        var (parts, ids, links) = (new List<(string Name, string Xml)>(), new StringBuilder(), new StringBuilder());
        foreach (var (i, slide) in slides.Index().Reverse())
        {
            parts.Add(($"ppt/slides/slide{9 - i}.xml", $"<p:sld {Namespaces} show='{(i + 1 == hidden ? 0 : 1)}'><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"));
            parts.Add(($"ppt/slides/_rels/slide{9 - i}.xml.rels", DocxFiles.Relationships(
                $"<Relationship Id='layout' Type='{Types}/slideLayout' Target='../layout.xml'/><Relationship Id='chart' Type='{Types}/chart' Target='../chart.xml'/><Relationship Id='data' Type='{Types}/diagramData' Target='../data.xml'/>"
                + (i == 1 ? $"<Relationship Id='notes' Type='{Types}/notesSlide' Target='../notes.xml'/>" : ""))));
            links.Append($"<Relationship Id='rId{i}' Type='{Types}/slide' Target='slides/slide{9 - i}.xml'/>");
        }

        for (var i = 0; i < slides.Count; i++)
        {
            ids.Append($"<p:sldId id='{256 + i}' r:id='rId{i}'/>");
        }

        parts.Insert(0, ("ppt/presentation.xml", $"<p:presentation {Namespaces}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"));
        parts.Add(("ppt/_rels/presentation.xml.rels", DocxFiles.Relationships(links.ToString())));
        parts.Add(("ppt/layout.xml", $"<p:sldLayout {Namespaces}><p:cSld><p:spTree>{Placed("body", 500)}<p:sp><p:txBody><a:p><a:r><a:t>of the layout</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sldLayout>"));
        parts.Add(("ppt/notes.xml", $"<p:notes {Namespaces}><p:cSld><p:spTree>{Text("body", "Say it slowly.")}{Text("sldNum", "2")}</p:spTree></p:cSld></p:notes>"));
        parts.Add(("ppt/chart.xml", $"<c:chartSpace {Namespaces}>{Chart}</c:chartSpace>"));
        parts.Add(("ppt/data.xml", $"<dgm:dataModel {Namespaces}>{Diagram}</dgm:dataModel>"));
        parts.Add(("_rels/.rels", DocxFiles.Relationships($"<Relationship Id='r1' Type='{Types}/officeDocument' Target='ppt/presentation.xml'/>")));
        return DocxFiles.Zip([.. parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Xml)))]);
    }

    /// <summary>A placeholder with a text.</summary>
    public static string Text(string placeholder, string? text, string? paragraphs = null) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id='1' name=''/><p:nvPr><p:ph type='{placeholder}'/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>{paragraphs ?? $"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"}</p:txBody></p:sp>";

    private static string Placed(string placeholder, int top) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id='1' name=''/><p:nvPr><p:ph type='{placeholder}'/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x='0' y='{top}'/><a:ext cx='1' cy='100'/></a:xfrm></p:spPr></p:sp>";

    private static string Box(int left, int top, string paragraphs) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id='1' name=''/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x='{left}' y='{top}'/><a:ext cx='100' cy='100'/></a:xfrm></p:spPr><p:txBody>{paragraphs}</p:txBody></p:sp>";

    public static string Frame(int top, string graphic) =>
        $"<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='7' name='' descr='not needed'/></p:nvGraphicFramePr><p:xfrm><a:off x='0' y='{top}'/><a:ext cx='1' cy='1'/></p:xfrm><a:graphic><a:graphicData>{graphic}</a:graphicData></a:graphic></p:graphicFrame>";

    public static string Cell(string text, string attributes = "") => $"<a:tc {attributes}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>";

    private static readonly string Table = $"<a:tbl><a:tblGrid/><a:tr>{Cell("Pier")}{Cell("Time")}{Cell("Fare")}</a:tr><a:tr>{Cell("North", "rowSpan='2'")}{Cell("9:00")}{Cell("4")}</a:tr><a:tr>{Cell("", "vMerge='1'")}{Cell("all day", "gridSpan='2'")}{Cell("", "hMerge='1'")}</a:tr></a:tbl>";

    private const string Chart = """
        <c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Passengers</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart>
        <c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>2003</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>May</c:v></c:pt><c:pt idx="1"><c:v>June</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>10</c:v></c:pt><c:pt idx="1"><c:v>20</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
        <c:ser><c:tx><c:v>2004</c:v></c:tx><c:val><c:numRef><c:numCache><c:pt idx="1"><c:v>25</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>
        </c:barChart></c:plotArea></c:chart>
        """;

    private const string Diagram = """
        <dgm:ptLst><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="2"><dgm:t><a:p><a:r><a:t>Build</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId="1"><dgm:t><a:p><a:r><a:t>Plan</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt modelId="3"><dgm:t><a:p><a:r><a:t>Draw</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>
        <dgm:cxnLst><dgm:cxn srcId="0" destId="2" srcOrd="1"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="1" destId="3" srcOrd="0"/><dgm:cxn srcId="3" destId="0" srcOrd="0"/></dgm:cxnLst>
        """;
}
