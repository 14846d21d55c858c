using System.IO.Compression;
using System.Text;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Word files written for the tests, from the XML of their parts.</summary>
internal static class DocxFiles
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>Uses most of what the reader knows.</summary>
    public static byte[] Sample() => Of(Body, Styles, Numbering, Footnotes, Core);

    /// <summary>A file with that body; the other parts only where given.</summary>
    public static byte[] Of(string body, string? styles = null, string? numbering = null, string? footnotes = null, string? core = null, string? comments = null, string? header = null, string? footer = null)
    {
        var parts = new List<(string Name, string Xml)> { ("word/document.xml", $"<w:document {Namespaces}><w:body>{body}</w:body></w:document>") };
        var links = new StringBuilder();
        foreach (var (type, root, xml) in new[] { ("styles", "styles", styles), ("numbering", "numbering", numbering), ("footnotes", "footnotes", footnotes), ("comments", "comments", comments), ("header", "hdr", header), ("footer", "ftr", footer) })
        {
            if (xml is not null)
            {
                parts.Add(($"word/{type}.xml", $"<w:{root} {Namespaces}>{xml}</w:{root}>"));
                links.Append($"<Relationship Id='{type}' Type='{Types}/{type}' Target='{type}.xml'/>");
            }
        }

        parts.Add(("word/_rels/document.xml.rels", Relationships($"{links}<Relationship Id='bad' Type='{Types}/hyperlink' Target='http://[not a uri' TargetMode='External'/>")));
        parts.Add(("_rels/.rels", Relationships($"<Relationship Id='r1' Type='{Types}/officeDocument' Target='word/document.xml'/>"
            + "<Relationship Id='r2' Type='http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties' Target='docProps/core.xml'/>")));
        if (core is not null)
        {
            parts.Add(("docProps/core.xml", core));
        }

        return Zip([.. parts.Select(part => (part.Name, Encoding.UTF8.GetBytes(part.Xml)))]);
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same bytes each time
                using var target = entry.Open();
                target.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The archive with other bytes for one entry.</summary>
    public static byte[] Replace(byte[] archive, string name, string xml) => Zip([.. Parts(archive).Where(part => part.Name != name), (name, Encoding.UTF8.GetBytes(xml))]);

    /// <summary>The entries of the archive.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Parts(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return [.. zip.Entries.Select(entry => (entry.FullName, Bytes(entry)))];

        static byte[] Bytes(ZipArchiveEntry entry)
        {
            using var source = entry.Open();
            var copy = new MemoryStream();
            source.CopyTo(copy);
            return copy.ToArray();
        }
    }

    public static string P(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>";

    public static string Relationships(string inner) => $"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>";

    public const string Namespaces = $"xmlns:w='{Word}' xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'";

    public const string Styles = """
        <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Abschnitt"><w:name w:val="Our section"/><w:basedOn w:val="berschrift2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Quelltext"><w:name w:val="Source Code"/></w:style>
        <w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
        <w:style w:type="paragraph" w:styleId="A"><w:name w:val="loop a"/><w:basedOn w:val="B"/></w:style>
        <w:style w:type="paragraph" w:styleId="B"><w:name w:val="loop b"/><w:basedOn w:val="A"/></w:style>
        <w:style w:type="character" w:styleId="Geheim"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>
        """;

    public const string Numbering = """
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
        """;

    private const string Footnotes = """
        <w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Written down in 1911.</w:t></w:r></w:p></w:footnote>
        """;

    private const string Core = """
        <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Ignored, for there is a title in the text</dc:title></cp:coreProperties>
        """;

    private static readonly string Body = $"""
        {P("The lake and its ferry", "<w:pStyle w:val='Titel'/>")}
        {P("History", "<w:pStyle w:val='berschrift1'/>")}
        <w:p><w:r><w:t>The ferry ran </w:t></w:r><w:ins><w:r><w:t>daily</w:t></w:r></w:ins><w:del><w:r><w:delText>weekly</w:delText></w:r></w:del><w:r><w:t>, says the chronicle</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>
        <w:p><w:r><w:t>Page </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>never</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>,</w:t><w:tab/><w:t>see </w:t></w:r><w:hyperlink><w:r><w:t>the map</w:t></w:r></w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Geheim"/></w:rPr><w:t> secret</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0E0"/><w:br/><w:t>next line</w:t></w:r></w:p>
        {P("Numbers", "<w:pStyle w:val='Abschnitt'/>")}
        {Item("Piers", 1, 0)}{Item("North", 1, 1)}{Item("Bench", 1, 2)}{Item("Tree", 1, 2)}{Item("South", 1, 1)}{Item("Boats", 1, 0)}{Item("Restarted", 4, 0)}
        {Item("Roman", 3, 0)}{Item("Bullet", 2, 0)}
        {P("ferry --pier north", "<w:pStyle w:val='Quelltext'/>")}{P("  --time 9:00", "<w:pStyle w:val='Quelltext'/>")}
        {P("The lake is never the same twice.", "<w:pStyle w:val='Zitat'/>")}
        <w:tbl><w:tr><w:tc>{P("Pier")}</w:tc><w:tc>{P("Departure")}</w:tc><w:tc>{P("Fare | one way")}</w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{P("North")}</w:tc><w:tc>{P("9:00")}{P("on Sundays")}</w:tc><w:tc>{P("4")}</w:tc></w:tr>
        <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc>{P("15:00")}</w:tc><w:tc>{P("4")}</w:tc></w:tr>
        <w:tr><w:trPr><w:del/></w:trPr><w:tc>{P("deleted")}</w:tc></w:tr>
        <w:tr><w:tc>{P("South")}</w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{P("on request")}<w:tbl><w:tr><w:tc>{P("a")}</w:tc><w:tc>{P("b")}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
        <w:tbl><w:tr><w:tc>{P("A frame around a paragraph.")}</w:tc></w:tr></w:tbl>
        <w:p><w:r><w:t>Beside the box.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{P("In the box.")}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{P("In the box.")}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
        <w:p><w:r><w:br w:type="page"/></w:r></w:p>
        <w:p><w:r><w:lastRenderedPageBreak/><w:t>On the second page, and then on </w:t><w:lastRenderedPageBreak/><w:t>the third.</w:t></w:r></w:p>
        <w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></w:p>
        <w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>{P("In a control.")}</w:sdtContent></w:sdt>
        """;

    public static string Item(string text, int list, int level) => P(text, $"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");
}
