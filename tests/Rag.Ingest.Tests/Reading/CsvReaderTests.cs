using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class CsvReaderTests : DocumentReaderContract
{
    [Theory]
    [InlineData("a,b\n1,2\n", "| a | b |\n| --- | --- |\n| 1 | 2 |")]
    [InlineData("a;b\r\n1,5;2,5\r\n", "| a | b |\n| --- | --- |\n| 1,5 | 2,5 |")]
    [InlineData("a\tb\r1\t2", "| a | b |\n| --- | --- |\n| 1 | 2 |")]
    [InlineData("a|b\n1|\"x|y\"", "| a | b |\n| --- | --- |\n| 1 | x\\|y |")]
    [InlineData("a\nx\n\ny\n", "| a |\n| --- |\n| x |\n| y |")]
    [InlineData("a,b\n\"say \"\"hi\"\", twice\",\"two\nlines\"\n", "| a | b |\n| --- | --- |\n| say \"hi\", twice | two lines |")]
    [InlineData("a,b\n \"x\" ,5\" pipe\n", "| a | b |\n| --- | --- |\n| x | 5\" pipe |")]
    [InlineData("a,b\n\"never closed,1\n2,3", "| a | b |\n| --- | --- |\n| never closed,1 2,3 |")]
    [InlineData("a,b\n\"x\"tail,1", "| a | b |\n| --- | --- |\n| xtail | 1 |")]
    [InlineData("a,b,c\n1\n1,2,3,4\n,,\n5,,\n", "| a | b | c |\n| --- | --- | --- |\n| 1 |\n| 1 | 2 | 3 | 4 |\n| 5 |  |  |")]
    [InlineData("name;remark\nAda;one, two, three\nBob;four, five\n", "| name | remark |\n| --- | --- |\n| Ada | one, two, three |\n| Bob | four, five |")]
    [InlineData("", "")]
    [InlineData("\n,,,\n", "")]
    public async Task Records_are_rows_and_the_delimiter_is_found(string text, string table) => Assert.Equal(table, (await ReadAsync(Encoding.UTF8.GetBytes(text))).Text);

    [Fact]
    public async Task Lines_are_those_of_the_file()
    {
        var document = await ReadAsync("a,b\r\n\r\n1,\"x\r\ny\"\n2,z\n"u8.ToArray());

        Assert.Equal([1, 3, 5], new[] { "a", "1", "2" }.Select(value => document.Lines!.At(document.Text.IndexOf($"| {value} ", StringComparison.Ordinal) + 2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_is_written_by_the_rules_is_read_back(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var delimiter = ",;\t|"[random.Next(4)];
            var columns = random.Next(2, 6);
            var rows = Enumerable.Range(0, random.Next(2, 30)).Select(row => Enumerable.Range(0, columns).Select(column => Value(random, row, column)).ToArray()).ToArray();
            var file = string.Join("\r\n", rows.Select(row => string.Join(delimiter, row.Select(value => value.All(c => char.IsLetterOrDigit(c)) ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

            var document = await ReadAsync(Encoding.UTF8.GetBytes(file));

            var expected = rows.Select(row => $"| {string.Join(" | ", row.Select(value => value.Replace('\n', ' ').Replace('\t', ' ').Replace("|", "\\|", StringComparison.Ordinal)))} |");
            Assert.Equal(expected, document.Text.Split('\n').Where((_, line) => line != 1));
        }
    }

    [Fact]
    public async Task Japanese_from_Excel_is_a_table()
    {
        var document = await ReadAsync(await File.ReadAllBytesAsync(SharedData.Require("office-markitdown/test_mskanji.csv")));

        Assert.StartsWith("| 名前 | 年齢 | 住所 |\n| --- | --- | --- |\n| 佐藤太郎 | 30 | 東京 |\n| 三木英子 | 25 | 大阪 |\n| 髙橋淳 | 35 | 名古屋 |", document.Text, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new CsvReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes("name,remark,price\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"\"row {i}, of many\",\"a \"\"quoted\"\"\nremark\",{i}.5\n")));

    private static string Value(Random random, int row, int column)
    {
        var value = $"r{row}c{column}";
        return random.Next(4) switch { 0 => value + " x, y; z", 1 => $"{value} \"q\" w", 2 => $"{value}\nnext | part", _ => value };
    }

    private static Task<Document> ReadAsync(byte[] bytes) => new CsvReader().ReadAsync(new MemoryStream(bytes), "sample.csv");
}
