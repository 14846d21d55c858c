using System.Globalization;
using System.Text;
using System.Text.Json;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class JsonReaderTests : DocumentReaderContract
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    private static readonly string _words = string.Join(' ', Enumerable.Range(0, 150).Select(i => $"word{i}"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_objects_are_divided_and_know_the_path_of_their_keys(bool indented)
    {
        var file = JsonSerializer.Serialize(new { name = "net", servers = new object[] { new { host = "a" }, new { host = "b" }, new { host = "c", tls = new { key = _words, more = "m" } } }, last = 1 }, indented ? _indented : JsonSerializerOptions.Default);

        var document = await OutlineTexts.ReadAsync(file, "a.json");

        Assert.Equal("servers[2] > tls", OutlineTexts.ContextOf(document, "word7"));
        Assert.Equal("servers[1]", OutlineTexts.ContextOf(document, "\"b\""));
        Assert.Null(OutlineTexts.ContextOf(document, "last"));
        Assert.Equal(file.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""), document.Text.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.True(!indented || file.Split('\n')[document.Lines!.At(document.Text.IndexOf("tls", StringComparison.Ordinal)) - 1].Contains("tls", StringComparison.Ordinal));
        Assert.Equal("servers[2] > tls", OutlineTexts.ChunkContextOf(document, "word140"));
        Assert.Empty(document.Warnings);
    }

    [Fact]
    public async Task Each_record_is_a_block()
    {
        var lines = Enumerable.Range(0, 40).Select(i => $$"""{"id": {{i}}, "text": "a \"}] b"}""").ToList();

        var ofLines = await OutlineTexts.ReadAsync(string.Join('\n', lines), "a.jsonl");
        var ofArray = await OutlineTexts.ReadAsync($"[\n{string.Join(",\n", lines)}\n]", "a.json");

        Assert.Equal(lines, ofLines.Blocks.Select(block => block.Span.Of(ofLines.Text)));
        Assert.Equal(Enumerable.Range(1, 40), ofLines.Blocks.Select(block => ofLines.Lines!.At(block.Span.Start)));
        Assert.Equal(lines.Count, ofArray.Blocks.Count);
        Assert.Equal("[17]", ofArray.Blocks[17].Context);
    }

    [Theory]
    [InlineData("{\"a\": 1,\n\n \"b\": }", "It is not valid JSON (")]
    [InlineData("{\"a\": 1", "It is not valid JSON (")]
    public async Task What_is_not_valid_is_read_as_lines_with_a_warning(string file, string warning)
    {
        var document = await OutlineTexts.ReadAsync(file, "a.json");

        OutlineTexts.CheckVerbatim(document, file);
        Assert.StartsWith(warning, Assert.Single(document.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_and_depth_are_borne()
    {
        var jsonc = $"// settings\n{{\n  /* \"x\": {{ */\n  \"a\": [1, 2,], // }}\n  \"b\": \"{_words}\",\n}}";
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 5_000));

        Assert.Empty((await OutlineTexts.ReadAsync(jsonc, "a.json")).Warnings);
        Assert.Single((await OutlineTexts.ReadAsync(deep, "a.json")).Warnings);
        OutlineTexts.CheckVerbatim(await OutlineTexts.ReadAsync(jsonc, "a.json"), jsonc);
    }

    [Fact]
    public async Task Random_values_are_kept_and_each_number_has_its_path()
    {
        var random = new Random(7);
        for (var round = 0; round < 30; round++)
        {
            var paths = new Dictionary<int, string>();
            var file = new StringBuilder();
            Value(file, random, 0, "", paths);

            var document = await OutlineTexts.ReadAsync(file.ToString(), "a.json");

            foreach (var (number, path) in paths)
            {
                Assert.StartsWith((OutlineTexts.ContextOf(document, number.ToString(CultureInfo.InvariantCulture)) ?? "").Replace(" > ", ".", StringComparison.Ordinal), path, StringComparison.Ordinal);
            }

            DocumentPromises.Check(document);
        }
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new JsonReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Enumerable.Range(0, 20).Select(i => new { id = i, text = _words })));

    private static void Value(StringBuilder file, Random random, int depth, string path, Dictionary<int, string> paths)
    {
        var kind = depth > 5 ? 0 : random.Next(3);
        if (kind == 0)
        {
            var number = 10_000 + paths.Count;
            paths[number] = path;
            file.Append(' ').Append(number.ToString(CultureInfo.InvariantCulture)).Append(' ');
            return;
        }

        file.Append(kind == 1 ? '[' : '{');
        for (var i = random.Next(depth == 0 ? 5 : 0, 8); i >= 0; i--)
        {
            var key = $"k{i}";
            file.Append(kind == 1 ? "" : $"\"{key}\": ");
            Value(file, random, depth + 1, kind == 1 ? $"{path}[0]" : path.Length == 0 ? key : $"{path}.{key}", paths);
            file.Append(i == 0 ? "\n" : ",\n");
            if (kind == 1)
            {
                break; // an array of one, so that its path is known without counting
            }
        }

        file.Append(kind == 1 ? ']' : '}');
    }
}
