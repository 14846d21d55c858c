using System.Globalization;
using System.IO.Compression;
using System.Text;
using Rag.Testing;

namespace Rag.Quality.Formats;

/// <summary>A large file of each format: the same rows of seeded words, numbers and dates as a table, or as paragraphs.</summary>
internal static class LargeFiles
{
    private const string Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";

    private static readonly ZipfText Words = new(seed: 1, words: 12);

    public static IEnumerable<LargeFile> All(int rows)
    {
        var texts = Enumerable.Range(0, rows).Select(Words.Text).ToArray();
        yield return Plain("large.csv", Encoding.UTF8.GetBytes("id,remark,price,day\n" + string.Concat(texts.Select((text, i) => Line($"{i},\"{text}\",{i % 997}.25,2024-03-{1 + (i % 28):00}\n")))));
        foreach (var (name, text) in LargeTexts.All(texts))
        {
            yield return Plain(name, Encoding.UTF8.GetBytes(text));
        }

        yield return Zip("large.xlsx", Xlsx(texts));
        yield return Plain("large.xls", Xls(texts[..Math.Min(texts.Length, 65_000)]));
        yield return Zip("large.ods", Ods(texts));
        yield return Zip("large.docx", Docx(texts));
        yield return Zip("large.odt", Odt(texts));
        yield return Zip("large.pptx", Pptx(texts));
        foreach (var file in LargeParcels.All(texts))
        {
            yield return file;
        }
    }

    private static (string, string)[] Xlsx(string[] texts) =>
    [
        ("_rels/.rels", Links(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", $"<workbook {Main} xmlns:r='{Types}'><sheets><sheet name='Large' r:id='r0'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", Links(("worksheet", "sheet.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml"))),
        ("xl/styles.xml", $"<styleSheet {Main}><cellXfs><xf numFmtId='0'/><xf numFmtId='4'/><xf numFmtId='14'/></cellXfs></styleSheet>"),
        ("xl/strings.xml", $"<sst {Main}>{string.Concat(texts.Select(text => $"<si><t>{text}</t></si>"))}</sst>"),
        ("xl/sheet.xml", $"<worksheet {Main}><sheetData>{string.Concat(texts.Select((_, i) => Line($"<row r=\"{i + 1}\" spans=\"1:4\"><c r=\"A{i + 1}\"><v>{i}</v></c><c r=\"B{i + 1}\" t=\"s\"><v>{i}</v></c><c r=\"C{i + 1}\" s=\"1\"><v>{i % 997}.25</v></c><c r=\"D{i + 1}\" s=\"2\"><v>{45352 + (i % 28)}</v></c></row>")))}</sheetData></worksheet>"),
    ];

    private static (string, string)[] Ods(string[] texts) =>
    [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", Odf("spreadsheet", $"<table:table table:name='Large'>{string.Concat(texts.Select((text, i) => Line($"<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"{i}\"><text:p>{i}</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2024-03-{1 + (i % 28):00}\"><text:p>March</text:p></table:table-cell></table:table-row>")))}</table:table>")),
    ];

    private static (string, string)[] Docx(string[] texts) =>
    [
        ("_rels/.rels", Links(("officeDocument", "word/document.xml"))),
        ("word/document.xml", $"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{string.Concat(texts.Select(text => $"<w:p w:rsidR=\"00AB12CD\"><w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:r><w:rPr><w:lang w:val=\"en-US\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"))}</w:body></w:document>"),
    ];

    private static (string, string)[] Odt(string[] texts) =>
    [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", Odf("text", string.Concat(texts.Select(text => $"<text:p text:style-name=\"Text_20_body\"><text:span text:style-name=\"T1\">{text}</text:span></text:p>")))),
    ];

    private static (string, string)[] Pptx(string[] texts)
    {
        const string Namespaces = $"xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:r='{Types}'";
        var slides = texts.Chunk(10).ToArray();
        return
        [
            ("_rels/.rels", Links(("officeDocument", "ppt/presentation.xml"))),
            ("ppt/presentation.xml", $"<p:presentation {Namespaces}><p:sldIdLst>{string.Concat(slides.Select((_, i) => Line($"<p:sldId r:id='r{i}'/>")))}</p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", Links([.. slides.Select((_, i) => ("slide", Line($"slide{i}.xml")))])),
            .. slides.Select((slide, i) => (Line($"ppt/slide{i}.xml"), $"<p:sld {Namespaces}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id='1' name='Body'/><p:nvPr><p:ph idx='1'/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody>{string.Concat(slide.Select(text => $"<a:p><a:r><a:rPr lang=\"en-US\" dirty=\"0\"/><a:t>{text}</a:t></a:r></a:p>"))}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>")),
        ];
    }

    // BIFF8: labels, numbers and integers in short form, one sheet
    private static byte[] Xls(string[] texts)
    {
        var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.Latin1, leaveOpen: true))
        {
            Record(writer, 0x809, () => writer.Write([0, 6, 5, 0, .. new byte[12]]));
            var sheet = (int)stream.Position + 4 + 8 + 5 + 4; // behind the next two records
            Record(writer, 0x85, () => { writer.Write(sheet); writer.Write([0, 0, 5, 0, .. "Large"u8]); });
            Record(writer, 0x0A, () => { });
            Record(writer, 0x809, () => writer.Write([0, 6, 16, 0, .. new byte[12]]));
            for (var i = 0; i < texts.Length; i++)
            {
                var (row, text) = ((ushort)i, Encoding.Latin1.GetBytes(texts[i]));
                Record(writer, 0x27E, () => { Cell(0); writer.Write((i << 2) | 2); });
                Record(writer, 0x204, () => { Cell(1); writer.Write((ushort)text.Length); writer.Write((byte)0); writer.Write(text); });
                Record(writer, 0x203, () => { Cell(2); writer.Write((i % 997) + 0.25); });

                void Cell(ushort column)
                {
                    writer.Write(row);
                    writer.Write(column);
                    writer.Write((ushort)0);
                }
            }

            Record(writer, 0x0A, () => { });
        }

        return CompoundFiles.Of(("Workbook", stream.ToArray()));
    }

    private static void Record(BinaryWriter writer, ushort type, Action body)
    {
        writer.Write(type);
        writer.Write((ushort)0);
        var start = writer.BaseStream.Position;
        body();
        var end = writer.BaseStream.Position;
        writer.BaseStream.Position = start - 2;
        writer.Write((ushort)(end - start));
        writer.BaseStream.Position = end;
    }

    private static string Odf(string kind, string body)
    {
        const string Urn = "urn:oasis:names:tc:opendocument:xmlns:";
        return $"<office:document-content xmlns:office='{Urn}office:1.0' xmlns:table='{Urn}table:1.0' xmlns:text='{Urn}text:1.0'><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>";
    }

    private static string Links(params (string Type, string Target)[] links) =>
        $"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{string.Concat(links.Select((link, i) => Line($"<Relationship Id='r{i}' Type='{Types}/{link.Type}' Target='{link.Target}'/>")))}</Relationships>";

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private static LargeFile Plain(string name, byte[] bytes) => new(name, bytes, bytes.Length);

    private static LargeFile Zip(string name, (string Name, string Xml)[] parts)
    {
        var (stream, unpacked) = (new MemoryStream(), 0L);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (part, xml) in parts)
            {
                var bytes = Encoding.UTF8.GetBytes(xml);
                using var entry = zip.CreateEntry(part, part == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(bytes);
                unpacked += bytes.Length;
            }
        }

        return new(name, stream.ToArray(), unpacked);
    }
}
