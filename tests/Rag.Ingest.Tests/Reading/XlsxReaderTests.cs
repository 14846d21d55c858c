using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class XlsxReaderTests : DocumentReaderContract
{
    private const string Unused = "<sheetData/>";

    [Fact]
    public async Task A_workbook_is_read_with_its_sheets_and_tables()
    {
        var document = await ReadAsync(XlsxFiles.Sample());

        Golden.Check("sample.xlsx.txt", Golden.Describe(document));
        Assert.Equal(["Hidden sheets were not read: Draft. Unhide those that belong to the document."], document.Warnings);
    }

    [Fact]
    public async Task Dates_count_from_1904_where_the_workbook_says_so()
    {
        var sheet = "<sheetData><row><c s='1'><v>1</v></c><c s='1'><v>43889</v></c></row></sheetData>";

        Assert.EndsWith("1904-01-02 | 2024-02-29", (await ReadAsync(XlsxFiles.Of([new("A", sheet)], styles: XlsxFiles.Styles, properties: "date1904='1'"))).Text, StringComparison.Ordinal);
        Assert.EndsWith("1900-01-01 | 2020-02-28", (await ReadAsync(XlsxFiles.Of([new("A", sheet)], styles: XlsxFiles.Styles))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_table_is_cut_between_rows_and_each_part_has_the_header()
    {
        var rows = Enumerable.Range(1, 200).Select(i => new[] { $"product number {i}", "1.5", "in stock" });
        var document = await ReadAsync(XlsxFiles.Of([new("Stock", XlsxFiles.Grid([["Product", "Price", "State"], .. rows]))]));

        var chunks = new StructureChunker().Split(document);

        Assert.True(chunks.Count > 5);
        Assert.All(chunks, chunk => Assert.Contains("| Product | Price | State |", chunk.Context + chunk.Text, StringComparison.Ordinal));
        Assert.All(chunks, chunk => Assert.EndsWith(" |", chunk.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_cell_of_a_random_sheet_stands_in_the_text_once(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            var (height, width, filled) = (random.Next(1, 30), random.Next(1, 30), random.NextDouble());
            var cells = Enumerable.Range(0, height).Select(row => Enumerable.Range(0, width).Select(column => random.NextDouble() < filled ? $"r{row}c{column}x" : "").ToArray()).ToArray();

            var document = await ReadAsync(XlsxFiles.Of([new("Sheet", XlsxFiles.Grid(cells))]));

            var words = document.Text.Split([' ', '|', '\n', '-'], StringSplitOptions.RemoveEmptyEntries).Skip(1).Order(StringComparer.Ordinal);
            Assert.Equal(cells.SelectMany(row => row).Where(cell => cell.Length > 0).Order(StringComparer.Ordinal), words);
        }
    }

    [Fact]
    public async Task Rows_that_go_on_after_an_empty_one_belong_to_the_table()
    {
        var document = await ReadAsync(XlsxFiles.Of([new("A", XlsxFiles.Grid([["Name", "Size"], ["a", "1"], [], ["b", "2"], [], ["Other", "Table"], ["c", "3"]]))]));

        Assert.Equal(["| Name | Size |\n| --- | --- |\n| a | 1 |\n| b | 2 |", "| Other | Table |\n| --- | --- |\n| c | 3 |"], document.Blocks.Skip(1).Select(block => block.Span.Of(document.Text)));
    }

    [Fact]
    public async Task Cells_far_apart_do_not_make_a_long_text()
    {
        var sheet = "<sheetData><row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>2</v></c></row><row r='1048576'><c r='XFD1048576'><v>3</v></c></row></sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>";
        var column = string.Concat(Enumerable.Range(1, 5_000).Select(i => $"<row r='{i}'><c r='A{i}'><v>{i}</v></c><c r='B{i}'/></row>"));
        var wide = $"<sheetData>{column}</sheetData><mergeCells><mergeCell ref='A5000:XFD5000'/></mergeCells>";

        var document = await ReadAsync(XlsxFiles.Of([new("A", sheet), new("B", wide)]));

        Assert.InRange(document.Text.Length, 1, 100_000);
    }

    [Fact]
    public async Task A_sheet_that_is_named_twice_is_read_once_and_a_missing_one_is_left_out()
    {
        var good = XlsxFiles.Of([new("A", XlsxFiles.Grid([["only"]]))]);
        var workbook = $"<workbook xmlns='{XlsxFiles.Main}' xmlns:r='x'><sheets><sheet name='A' r:id='rId1'/><sheet name='B' r:id='rId1'/><sheet name='C' r:id='gone'/></sheets></workbook>";

        var document = await ReadAsync(DocxFiles.Replace(good, "xl/workbook.xml", workbook));

        Assert.Equal("A\n\nonly", document.Text);
    }

    [Fact]
    public async Task Words_of_text_boxes_and_charts_follow_the_table_of_their_sheet()
    {
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var box = "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='2' {0}/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{1}</a:t></a:r></a:p><a:p><a:r><a:t>line</a:t></a:r></a:p></xdr:txBody></xdr:sp>";
        var drawing = $"<xdr:wsDr xmlns:xdr='d' xmlns:a='a' xmlns:c='c' xmlns:r='{Office}' xmlns:mc='m'>"
            + $"<xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>1</xdr:row></xdr:from><mc:AlternateContent><mc:Choice>{string.Format(null, box, "", "First")}</mc:Choice><mc:Fallback>{string.Format(null, box, "", "never")}</mc:Fallback></mc:AlternateContent></xdr:twoCellAnchor>"
            + $"<xdr:oneCellAnchor><xdr:from><xdr:col>99999999999</xdr:col><xdr:row>x</xdr:row></xdr:from>{string.Format(null, box, "hidden='1'", "never")}<xdr:grpSp>{string.Format(null, box, "", "Grouped")}</xdr:grpSp></xdr:oneCellAnchor>"
            + "<xdr:absoluteAnchor><xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id='one'/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id='one'/></a:graphicData></a:graphic></xdr:graphicFrame></xdr:absoluteAnchor></xdr:wsDr>";
        var chart = "<c><chart><title><tx><strRef><strCache><pt idx='0'><v>Passengers</v></pt></strCache></strRef></tx></title><plotArea><barChart><ser><tx><v>2003</v></tx><val><pt idx='0'><v>7</v></pt></val></ser><ser><tx><v>2004</v></tx></ser></barChart></plotArea></chart></c>";
        var file = XlsxFiles.Of([new("A", XlsxFiles.Grid([["Name", "Size"], ["a", "1"]])), new("B", XlsxFiles.Grid([["x"]]))]);
        foreach (var sheet in new[] { 1, 2 }) // the second points to the same part, which belongs to the first
        {
            file = DocxFiles.Replace(file, $"xl/worksheets/_rels/sheet{sheet}.xml.rels", DocxFiles.Relationships($"<Relationship Id='d' Type='{Office}/drawing' Target='../drawing.xml'/>"));
        }

        file = DocxFiles.Replace(DocxFiles.Replace(file, "xl/drawing.xml", drawing), "xl/chart.xml", chart);
        file = DocxFiles.Replace(file, "xl/_rels/drawing.xml.rels", DocxFiles.Relationships($"<Relationship Id='one' Type='{Office}/chart' Target='chart.xml'/>"));

        var document = await ReadAsync(file);

        Assert.Equal("A\n\n| Name | Size |\n| --- | --- |\n| a | 1 |\n\nText box: First\nline\n\nText box: Grouped\nline\n\nChart: Passengers; series 2003, 2004\n\nB\n\nx", document.Text);
        Assert.Equal("A!D2", document.Lines!.NameAt(document.Blocks[2].Span.Start));
    }

    public static TheoryData<string, byte[], string> Broken { get; } = new()
    {
        { "an OLE file", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "password" },
        { "another zip", DocxFiles.Zip(("a.txt", "x"u8.ToArray())), "no workbook part" },
        { "an entity", DocxFiles.Replace(XlsxFiles.Of([new("A", Unused)]), "xl/worksheets/sheet1.xml", "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet>&a;</worksheet>"), "damaged" },
        { "a cut sheet", DocxFiles.Replace(XlsxFiles.Of([new("A", Unused)]), "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row"), "damaged" },
        { "a text repeated without end", XlsxFiles.Of([new("A", $"<sheetData>{string.Concat(Enumerable.Repeat("<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>", 2_000))}</sheetData>")], $"<si><t>{new string('a', 30_000)}</t></si>"), "longer than" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_is_no_workbook_is_refused_with_a_sentence(string name, byte[] bytes, string expected)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(bytes));

        Assert.True(error.Message.Contains(expected, StringComparison.Ordinal), $"{name}: {error.Message}");
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new XlsxReader(limits);

    protected override byte[] Sample() => XlsxFiles.Sample();

    private static Task<Document> ReadAsync(byte[] bytes) => new XlsxReader().ReadAsync(new MemoryStream(bytes), "folder/sample.xlsx");
}
