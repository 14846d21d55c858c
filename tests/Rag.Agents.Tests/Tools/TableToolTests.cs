using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;

namespace Rag.Agents.Tests.Tools;

public sealed class TableToolTests
{
    private const string Cities = "city,country,people,founded\nParis,France,\"2,103,000\",0250-01-01\n\"Lyon, old\",France,522000,-\nBerlin,Germany,3755000,1237-10-28\nBonn,Germany,,0011-01-01\nRoma,Italy,$2749000,\n";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Library _library = new();

    private IReadOnlyList<AIFunction> Tools => TableTool.Create(_library.Store, _library.Retriever, new Query(""));

    [Fact]
    public async Task Tables_of_a_csv_file_and_of_a_text_are_listed()
    {
        await AddCitiesAsync();
        await ReadAsync("rivers.md", "# Rivers\n\nLong ones of each city.\n\n| river | km |\n| --- | --- |\n| Seine | 777 |\n| Spree \\| Havel | 400 |\n\nShort ones.\n\n| river | km |\n| --- | --- |\n| Ill | 72 |\n");

        var tables = await Tools.Named("list_tables").CallAsync(null, ("about", "city"));

        Assert.Equal(["Cities: 5 rows of city, country, people, founded", "Rivers #1 (Rivers): 2 rows of river, km", "Rivers #2 (Rivers): 1 rows of river, km"], tables.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("Rivers #1: 1 of 2 rows match.\nriver\n[1] Spree | Havel", await QueryAsync(Calls.Run(), "Rivers #1", "columns=[\"river\"]", "where=[{\"column\":\"km\",\"op\":\"<\",\"value\":500}]"));
    }

    [Fact]
    public async Task Rows_are_selected_ordered_and_cited_where_they_stand()
    {
        await AddCitiesAsync();
        var run = Calls.Run();

        var rows = await QueryAsync(run, "cities", "columns=[\"city\",\"people\"]", "where=[{\"column\":\"People\",\"op\":\">\",\"value\":600000}]", "order_by=\"people\"", "descending=true", "limit=2");

        Assert.Equal("Cities: 3 of 5 rows match; the first 2 of 3 are shown.\ncity | people\n[1] Berlin | 3755000\n[2] Roma | $2749000", rows);
        Assert.Equal(["| Berlin | Germany | 3755000 | 1237-10-28 |", "| Roma | Italy | $2749000 |  |"], run.Passages.Select(p => p.Chunk.Text));
        await _library.AssertVerbatimAsync(run);
    }

    [Theory]
    [InlineData("aggregate=[{\"function\":\"sum\",\"column\":\"people\"}]", "Cities: 5 of 5 rows match.\nsum(people)\n9129000")]
    [InlineData("aggregate=[{\"function\":\"avg\",\"column\":\"people\"},{\"function\":\"count\"},{\"function\":\"count\",\"column\":\"people\"}]", "Cities: 5 of 5 rows match.\navg(people) | count | count(people)\n2282250 | 5 | 4")]
    [InlineData("group_by=[\"country\"]", "Cities: 5 of 5 rows match.\ncountry | count\nFrance | 2\nGermany | 2\nItaly | 1")]
    [InlineData("where=[{\"column\":\"country\",\"op\":\"!=\",\"value\":\"italy\"}]|group_by=[\"country\"]|aggregate=[{\"function\":\"max\",\"column\":\"people\"}]|order_by=\"max(people)\"|descending=true",
        "Cities: 4 of 5 rows match.\ncountry | max(people)\nGermany | 3755000\nFrance | 2,103,000")]
    [InlineData("where=[{\"column\":\"country\",\"op\":\"=\",\"value\":\"Italy\"},{\"column\":\"city\",\"op\":\"contains\",\"value\":\"BON\"}]|match=\"any\"|columns=[\"city\"]", "Cities: 2 of 5 rows match.\ncity\n[1] Bonn\n[2] Roma")]
    [InlineData("where=[{\"column\":\"country\",\"op\":\"=\",\"value\":\"Italy\"},{\"column\":\"city\",\"op\":\"contains\",\"value\":\"BON\"}]", "Cities: 0 of 5 rows match.\ncity | country | people | founded")]
    [InlineData("aggregate=[{\"function\":\"avg\",\"column\":\"founded\"}]", "'0250-01-01' in column 'founded' is no number, so there is no avg. Leave such rows out with where.")]
    [InlineData("columns=[\"mayor\"]", "'Cities' has no column 'mayor'. Its columns: city, country, people, founded.")]
    [InlineData("where=[{\"column\":\"city\",\"op\":\"like\",\"value\":\"x\"}]", "There is no comparison 'like'. Use = != < <= > >= or contains.")]
    [InlineData("aggregate=[{\"function\":\"median\",\"column\":\"people\"}]", "There is no function 'median'. Use count, sum, avg, min, max.")]
    [InlineData("aggregate=[{\"function\":\"sum\"}]", "sum needs a column. Columns of 'Cities': city, country, people, founded.")]
    [InlineData("group_by=[\"country\"]|order_by=\"people\"", "The result has no column 'people' to order by. Its columns: country, count.")]
    [InlineData("order_by=\"people\"|columns=[\"city\"]|limit=1", "Cities: 5 of 5 rows match; the first 1 of 5 are shown.\ncity\n[1] Bonn")]
    public async Task A_table_is_asked(string arguments, string answer)
    {
        await AddCitiesAsync();

        Assert.Equal(answer, await QueryAsync(Calls.Run(), "Cities", arguments.Split('|')));
    }

    [Fact]
    public async Task A_workbook_is_asked_and_its_rows_are_cited_by_their_cells()
    {
        await ReadAsync("budget.xlsx", Workbook());
        var run = Calls.Run();

        Assert.Equal("Budget #1 (Budget): 3 rows of post, planned, spent\nBudget #2 (By month): 2 rows of month, spent", await Tools.Named("list_tables").CallAsync(null, ("about", "budget spent")));
        Assert.Equal("Budget #1: 3 of 3 rows match.\nsum(planned) | max(spent)\n17551 | 9,800", await QueryAsync(run, "Budget #1", "aggregate=[{\"function\":\"sum\",\"column\":\"planned\"},{\"function\":\"max\",\"column\":\"spent\"}]"));
        Assert.Equal("Budget #1: 1 of 3 rows match.\npost | spent\n[1] Boats | 9,800", await QueryAsync(run, "Budget #1", "columns=[\"post\",\"spent\"]", "where=[{\"column\":\"spent\",\"op\":\">\",\"value\":5000}]"));
        Assert.Equal("Budget #2: 1 of 2 rows match.\nmonth | spent\n[2] 2024-04-01 | 3", await QueryAsync(run, "Budget #2", "where=[{\"column\":\"month\",\"op\":\">\",\"value\":\"2024-03-15\"}]"));
        Assert.Equal(["| Boats | 12,000 | 9,800 |", "| 2024-04-01 | 3 |"], run.Passages.Select(p => p.Chunk.Text));
        Assert.Equal(["Budget!A3:C3", "'By month'!A3:B3"], run.Passages.Select(p => p.Chunk.Lines!.NameAt(p.Chunk.Span.Start)));
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task Records_of_json_are_a_table_whose_rows_are_cited_where_they_stand()
    {
        await ReadAsync("ships.json", "{\"port\": \"Köln\", \"ships\": [\r\n  {\"name\": \"Ada | \\\"A\\\"\", \"tons\": 1.2e3, \"fast\": true},\r\n  // sold\r\n  {\"name\": \"Bö \\ud83d\\ude00\", \"crew\": null, \"tons\": 90},\r\n], \"tags\": [1, 2],\r\n \"crew\": [{\"a\": 1, \"b\": [{\"c\": 1}, {\"c\": 2}]}, {\"a\": 2}]}");
        var run = Calls.Run();

        Assert.Equal("Ships: 2 rows of name, tons, fast, crew", await Tools.Named("list_tables").CallAsync(null, ("about", "ships")));
        Assert.Equal("Ships: 2 of 2 rows match.\nname | tons | fast | crew\n[1] Bö 😀 | 90 |  | \n[2] Ada | \"A\" | 1200 | true |", await QueryAsync(run, "Ships", "order_by=\"tons\""));
        Assert.Equal(["{\"name\": \"Bö \\ud83d\\ude00\", \"crew\": null, \"tons\": 90}", "{\"name\": \"Ada | \\\"A\\\"\", \"tons\": 1.2e3, \"fast\": true}"], run.Passages.Select(p => p.Chunk.Text));
        Assert.Equal([4, 2], run.Passages.Select(p => p.Chunk.Lines!.At(p.Chunk.Span.Start)));
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task Lines_of_json_with_the_same_keys_are_a_table()
    {
        await ReadAsync("events.jsonl", string.Concat(Enumerable.Range(1, 300).Select(i => $"{{\"id\": {i}, \"kind\": \"{(i % 3 == 0 ? "stop" : "start")}\"}}\n")));
        var run = Calls.Run();

        Assert.Equal("Events: 100 of 300 rows match.\nkind | sum(id)\nstop | 15150", await QueryAsync(null, "Events", "where=[{\"column\":\"kind\",\"op\":\"=\",\"value\":\"stop\"}]", "group_by=[\"kind\"]", "aggregate=[{\"function\":\"sum\",\"column\":\"id\"}]"));
        Assert.Equal("Events: 1 of 300 rows match.\nid | kind\n[1] 217 | start", await QueryAsync(run, "Events", "where=[{\"column\":\"id\",\"op\":\"=\",\"value\":217}]"));
        Assert.Equal(217, Assert.Single(run.Passages).Chunk.Lines!.At(run.Passages[0].Chunk.Span.Start));
        await _library.AssertVerbatimAsync(run);
    }

    [Theory]
    [InlineData("{\"name\": \"ships\", \"port\": 1}")]
    [InlineData("[{\"ships\": 1}]")]
    [InlineData("[{\"ships\": 1}, {\"ships\": [1]}]")]
    [InlineData("[{\"ships\": 1}, 2]")]
    [InlineData("[{\"ships\": 1}, [{\"ships\": 1}, {\"ships\": 2}]]")]
    [InlineData("[{\"ships\": 1}, {\"b\": 1}, {\"c\": 1}]")]
    [InlineData("{\"ships\": 1}\n{\"b\": 1}\n{\"c\": {}}\n")]
    [InlineData("[{\"ships\": 1}, {\"ships\": 2}")]
    public async Task Other_json_is_no_table(string json)
    {
        await ReadAsync("ships.json", json);

        Assert.Equal("No table was found for [ships]. Try list_tables with other words.", await QueryAsync(null, "ships"));
    }

    [Fact]
    public async Task Records_of_json_are_found_where_they_stand_whatever_their_words()
    {
        var random = new Random(7);
        var words = Enumerable.Range(0, 120).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => "aé|\"\\\n,{}[]:/ 中"[random.Next(14)])])).ToArray();
        await ReadAsync("words.json", JsonSerializer.Serialize(new { words = words.Select((word, i) => new { i, word }) }, Indented));
        for (var i = 0; i < words.Length; i += 11)
        {
            var run = Calls.Run();

            await QueryAsync(run, "Words", $"where=[{{\"column\":\"i\",\"op\":\"=\",\"value\":{i}}}]");

            using var record = JsonDocument.Parse(Assert.Single(run.Passages).Chunk.Text);
            Assert.Equal(words[i], record.RootElement.GetProperty("word").GetString());
        }
    }

    [Fact]
    public async Task Random_queries_agree_with_a_plain_loop()
    {
        var random = new Random(11);
        var rows = Enumerable.Range(0, 200).Select(i => (Group: $"g{random.Next(5)}", Value: random.Next(-50, 50))).ToArray();
        await ReadAsync("numbers.csv", "group;value\n" + string.Join('\n', rows.Select(r => $"{r.Group};{r.Value}")));
        for (var i = 0; i < 50; i++)
        {
            var least = random.Next(-60, 60);
            var expected = rows.Where(r => r.Value >= least).GroupBy(r => r.Group).OrderByDescending(g => g.Sum(r => r.Value)).Select(g => g.Sum(r => r.Value).ToString(CultureInfo.InvariantCulture)).ToArray();

            var answer = await QueryAsync(null, "numbers", $"where=[{{\"column\":\"value\",\"op\":\">=\",\"value\":{least}}}]", "group_by=[\"group\"]", "aggregate=[{\"function\":\"sum\",\"column\":\"value\"}]", "order_by=\"sum(value)\"", "descending=true");

            Assert.Equal(expected, answer.Split('\n').Skip(2).Select(line => line.Split(" | ")[1]));
        }
    }

    [Fact]
    public async Task Tables_that_the_scope_hides_are_not_there()
    {
        await ReadAsync("salaries.csv", Cities, d => d with { Groups = ["board"] });

        Assert.Equal("No table was found for [salaries]. Try list_tables with other words.", await QueryAsync(null, "salaries"));
        Assert.Equal("No table was found for [city]. Try list_tables with other words.", await Tools.Named("list_tables").CallAsync(null, ("about", "city")));
    }

    // Two sheets with a table each, the numbers with thousands separators and the months as dates.
    private static byte[] Workbook()
    {
        const string Main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Links = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>";
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "_rels/.rels", $"{Links}<Relationship Id='r' Type='{Office}/officeDocument' Target='xl/workbook.xml'/></Relationships>");
            Add(zip, "xl/workbook.xml", $"<workbook {Main} xmlns:r='{Office}'><sheets><sheet name='Budget' r:id='a'/><sheet name='By month' r:id='b'/></sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"{Links}<Relationship Id='a' Type='{Office}/worksheet' Target='a.xml'/><Relationship Id='b' Type='{Office}/worksheet' Target='b.xml'/><Relationship Id='s' Type='{Office}/styles' Target='s.xml'/></Relationships>");
            Add(zip, "xl/s.xml", $"<styleSheet {Main}><cellXfs><xf numFmtId='0'/><xf numFmtId='3'/><xf numFmtId='14'/></cellXfs></styleSheet>");
            Add(zip, "xl/a.xml", $"<worksheet {Main}><sheetData>{Row("post", "planned", "spent")}{Row("Crew", "5500.5", "4900")}{Row("Boats", "12000", "9800")}{Row("Paint", "50", "")}</sheetData></worksheet>");
            Add(zip, "xl/b.xml", $"<worksheet {Main}><sheetData>{Row("month", "spent")}{Row("45352", "2", style: 2)}{Row("45383", "3", style: 2)}</sheetData></worksheet>");
        }

        return stream.ToArray();

        string Row(string first, string second, string? third = null, int style = 0) => $"<row>{Cell(first, style)}{Cell(second, third is null ? 0 : 1)}{(third is null ? "" : Cell(third, 1))}</row>";
        string Cell(string value, int style) => double.TryParse(value, out _) ? $"<c s='{style}'><v>{value}</v></c>" : $"<c t='str'><v>{value}</v></c>";
        void Add(ZipArchive zip, string name, string xml)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(xml));
        }
    }

    private Task AddCitiesAsync() => ReadAsync("cities.csv", Cities);

    private Task ReadAsync(string name, string text, Func<Document, Document>? change = null) => ReadAsync(name, Encoding.UTF8.GetBytes(text), change);

    // As the ingestion reads and cuts it.
    private async Task ReadAsync(string name, byte[] bytes, Func<Document, Document>? change = null)
    {
        using var stream = new MemoryStream(bytes);
        var read = await DocumentReaders.Default.ReadAsync(stream, name, MediaTypes.Detect(bytes, name));
        var document = read with { Title = char.ToUpperInvariant(name[0]) + name[1..name.IndexOf('.', StringComparison.Ordinal)] };
        document = change?.Invoke(document) ?? document;
        await _library.Store.ReplaceDocumentAsync(document, [.. new StructureChunker().Split(document).Select(chunk => new EmbeddedChunk(chunk))]);
    }

    private Task<string> QueryAsync(AgentContext? run, string table, params string[] arguments) => Tools.Named("query_table").CallAsync(
        run, [("table", table), .. arguments.Select(a => a.Split('=', 2)).Select(a => (a[0], (object?)JsonDocument.Parse(a[1]).RootElement))]);
}
