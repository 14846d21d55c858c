using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Small office files that ask for much: a document or a sentence, within 5 s and 512 MB allocated in all.</summary>
[Collection(nameof(Alone))]
public sealed class OfficeBombTests
{
    private const long MostAllocated = 512L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, Func<byte[]>> Bombs = new()
    {
        ["a long text in each cell of a row"] = () => XlsxFiles.Of([new("A", $"<sheetData><row>{Repeat("<c t='s'><v>0</v></c>", 16_000)}</row></sheetData>")], $"<si><t>{new string('a', 32_000)}</t></si>"),
        ["a long text with blanks around it in many cells"] = () => XlsxFiles.Of([new("A", $"<sheetData>{Repeat("<row><c t='s'><v>0</v></c></row>", 50_000)}</sheetData>")], $"<si><t xml:space='preserve'> {new string('a', 32_000)}</t></si>"),
        ["cells like a chess board"] = () => XlsxFiles.Of([new("A", XlsxFiles.Grid(Enumerable.Range(0, 250).Select(row => Enumerable.Range(0, 250).Select(column => (row + column) % 2 == 0 ? "x" : ""))))]),
        ["cells on a stair"] = () => XlsxFiles.Of([new("A", $"<sheetData>{string.Concat(Enumerable.Range(1, 16_000).Select(i => $"<row><c/>{Cell(i)}</row>"))}</sheetData>")]),
        ["a wide header above a long column"] = () => XlsxFiles.Of([new("A", $"<sheetData><row>{Repeat("<c><v>1</v></c>", 16_000)}</row>{Repeat("<row><c><v>1</v></c></row>", 50_000)}</sheetData>")]),
        ["merged cells without end"] = () => XlsxFiles.Of([new("A", $"<sheetData>{Repeat("<row><c t='str'><v>again</v></c><c/></row>", 20_000)}</sheetData><mergeCells>{Repeat("<mergeCell ref='A1:XFD1048576'/>", 20_000)}</mergeCells>")]),
        ["sheets without end"] = () => XlsxFiles.Of([.. Enumerable.Range(0, 2_000).Select(i => new XlsxSheetXml($"S{i}", "<sheetData><row><c><v>1</v></c></row></sheetData>"))]),
        ["tables in repeated cells"] = () => OdfFiles.Of("text", Nested(20)),
        ["rows and cells repeated"] = () => OdfFiles.Of("spreadsheet", $"<table:table table:name='A'>{Repeat($"<table:table-row table:number-rows-repeated='1000000000'><table:table-cell table:number-columns-repeated='1000000000'><text:p>{new string('a', 1_000)}</text:p></table:table-cell></table:table-row>", 500)}</table:table>"),
        ["spaces without end"] = () => OdfFiles.Of("text", $"<text:p>a{Repeat("<text:s text:c='1000000000'/>", 100_000)}b</text:p>"),
        ["a wide row above a long table"] = () => PptxFiles.Of([PptxFiles.Frame(0, $"<a:tbl><a:tr>{Repeat(PptxFiles.Cell("x"), 5_000)}</a:tr>{Repeat($"<a:tr>{PptxFiles.Cell("x")}</a:tr>", 5_000)}</a:tbl>")]),
        ["a chart of many series with a point each"] = () => DocxFiles.Replace(PptxFiles.Sample(), "ppt/chart.xml", $"<c><chart><plotArea><barChart>{string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<ser><val><pt idx='{i}'><v>1</v></pt></val></ser>"))}</barChart></plotArea></chart></c>"),
        ["a wide row above a long table of a text"] = () => DocxFiles.Of($"<w:tbl><w:tr>{Repeat($"<w:tc>{DocxFiles.P("x")}</w:tc>", 5_000)}</w:tr>{Repeat($"<w:tr><w:tc>{DocxFiles.P("x")}</w:tc></w:tr>", 5_000)}</w:tbl>"),
        ["properties nested without end"] = () => DocxFiles.Of(DocxFiles.P("x"), core: Repeat("<a>", 100_000) + Repeat("</a>", 100_000)),
        ["a quote that is never closed"] = () => Encoding.UTF8.GetBytes("a,b\n\"" + Repeat("x,\n", 1_000_000)),
        ["commas without end"] = () => Encoding.UTF8.GetBytes("a" + new string(',', 3_000_000)),
    };

    public static TheoryData<string> Names => [.. Bombs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_file_that_asks_for_much_is_read_or_refused_within_bounds(string name)
    {
        var bytes = Bombs[name]();
        var before = GC.GetTotalAllocatedBytes();

        try
        {
            DocumentPromises.Check(await Task.Run(() => DocumentReaders.Default.ReadAsync(new MemoryStream(bytes), "bomb.csv")).WaitAsync(Patience));
        }
        catch (DocumentFormatException e)
        {
            Assert.Contains("' cannot be read: ", e.Message, StringComparison.Ordinal);
        }

        Assert.InRange((GC.GetTotalAllocatedBytes() - before) >> 20, 0, MostAllocated >> 20);
    }

    public static TheoryData<string> Kinds => ["docx", "xlsx", "pptx", "odt", "ods", "odp"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_whole_archive_of_damaged_parts_gives_a_document_or_a_sentence(string kind)
    {
        var good = kind switch { "docx" => DocxFiles.Sample(), "xlsx" => XlsxFiles.Sample(), "pptx" => PptxFiles.Sample(), "odt" => OdfFiles.Text(), "ods" => OdfFiles.Sheets(), _ => OdfFiles.Slides() };
        var parts = DocxFiles.Parts(good);
        for (var i = 0; i < parts.Count; i++)
        {
            foreach (var damaged in Mutations.Of(parts[i].Bytes, 60, seed: i))
            {
                var bytes = DocxFiles.Zip([.. parts.Select((part, at) => at == i ? (part.Name, damaged) : part)]);
                try
                {
                    DocumentPromises.Check(await Task.Run(() => DocumentReaders.Default.ReadAsync(new MemoryStream(bytes), "a")).WaitAsync(Patience));
                }
                catch (DocumentFormatException e)
                {
                    Assert.Contains("' cannot be read: ", e.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Cell(int column) => $"<c r='{new Rag.Ingest.Reading.Sheets.CellRange(column, column - 1, column, column - 1)}'><v>1</v></c>";

    private static string Nested(int levels) => levels == 0
        ? $"<text:p>{new string('a', 1_000)}</text:p>"
        : $"<table:table><table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated='1000000'><text:p>x</text:p>{Nested(levels - 1)}</table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>";
}
