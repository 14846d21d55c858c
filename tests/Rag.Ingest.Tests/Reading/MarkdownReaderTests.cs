using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed partial class MarkdownReaderTests : DocumentReaderContract
{
    [Theory]
    [InlineData("# Head *it* #\n\ntext", "Head it\n\ntext")]
    [InlineData("Head\n====\nsoft\nbreak  \nhard", "Head\n\nsoft break\nhard")]
    [InlineData("a **b** _c_ ~~d~~ `e  f` \\* &amp; &copy;", "a b c d e  f * & ©")]
    [InlineData("[text](http://x \"t\") [ref][r] ![alt *t*](i.png) <http://y>\n\n[r]: http://z", "text ref alt t http://y")]
    [InlineData("- a\n- b\n  c\n\n  d\n  1) e\n  2) f\n\nz", "- a\n- b c\n\nd\n\n1) e\n2) f\n\nz")]
    [InlineData("3. x\n4. y\n\n- [ ] t\n- [x] u", "3. x\n4. y\n- [ ] t\n- [x] u")]
    [InlineData("> q *r*\n> s\n\nt", "q r s\n\nt")]
    [InlineData("> [!NOTE]\n> Mind *this*.\n>\n> And that.", "Note: Mind this.\n\nAnd that.")]
    [InlineData("p\n\n```csharp\n  int x;\n\n  y();\n```\n\n    indented\n", "p\n\n  int x;\n\n  y();\n\nindented")]
    [InlineData("|a|b `x|y`|\n|-|:-:|\n|1 \\| 2|**3**|\n|4|\n\nz", "| a | b x\\|y |\n| --- | --- |\n| 1 \\| 2 | 3 |\n| 4 |\n\nz")]
    [InlineData("text\na | b\n- | -\n1 | 2\n> q", "text\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\nq")]
    [InlineData("+---+---+\n| a | b |\n| c | d |\n+===+===+\n| e | f |\n+---+---+\n", "| a c | b d |\n| --- | --- |\n| e | f |")]
    [InlineData("one[^1] two[^n]\n\n[^n]: Note n\n[^1]: Note *1*\n    goes on\n[^u]: unused\n\nend", "one two\n\nNote n\n\nNote 1 goes on\n\nunused\n\nend")]
    [InlineData("term\n: def one\n: def two\n\nz", "term\n\ndef one\n\ndef two\n\nz")]
    [InlineData("a<br>b <span class='x'>c</span> List<T> <!-- no --> d", "a b c List<T>  d")]
    [InlineData("<div>\n <p>a &lt; b</p> <!-- x\n y --> c\n</div>\n<script>\nno()\n</script>\n\nz", "a < b\nc\n\nz")]
    [InlineData("see <xref:A.B.C*>, [](xref:A.L`1.Add(System.Int32)?x=y), [text](xref:core/x)", "see C, Add, text")]
    [InlineData("a\n\n[!code-csharp[Main](a/b.cs?name=X)]\n\n[!INCLUDE [inc](inc.md)] b\n:::code language=\"x\" :::\nc", "a\n\nb\n\nc")]
    [InlineData("- [!INCLUDE [inc](inc.md)]\n- c\n-\n\n> [!TIP]\n> [!INCLUDE [inc](inc.md)]", "- c")]
    [InlineData("a\n\n***\n\nb", "a\n\nb")]
    public async Task Markup_becomes_readable_text(string markdown, string text)
    {
        var document = await ReadAsync(markdown);

        Assert.Equal(text, document.Text);
        DocumentPromises.Check(document);
    }

    [Theory]
    [InlineData("guide.md")]
    [InlineData("nested.md")]
    public async Task Whole_files_read_as_reviewed(string file)
    {
        Golden.Check($"{file}.txt", Golden.Describe(await new MarkdownReader().ReadAsync(File.OpenRead(InGolden(file)), file)));
    }

    [Fact]
    public async Task Blocks_have_their_kinds_and_levels()
    {
        var document = await ReadAsync("# h\n\np\n\n- a\n  - b\n\n    more\n\n> q\n\n```\nc\n```\n\na|b\n-|-\n\n[^1]\n\n[^1]: f\n");

        Assert.Equal(
            ["Heading 1 h", "Paragraph 0 p", "ListItem 1 - a", "ListItem 2 - b", "Paragraph 0 more", "Quote 0 q", "Code 0 c", "Table 0 | a | b |\n| --- | --- |", "Footnote 0 f"],
            document.Blocks.Select(b => $"{b.Kind} {b.Level} {b.Span.Of(document.Text)}"));
    }

    [Theory]
    [InlineData("---\ntitle: \"A: b\"\n---\n# c", "A: b")]
    [InlineData("---\nuid: x\n---\n\n## no\n\n# The *one*", "The one")]
    [InlineData("---\ntitle: >\n  folded\n---\ntext", "name.md")]
    [InlineData("text", "name.md")]
    public async Task Title_comes_from_front_matter_then_heading_then_id(string markdown, string title)
    {
        Assert.Equal(title, (await ReadAsync(markdown)).Title);
    }

    [Fact]
    public async Task Words_of_every_demo_document_stand_on_their_lines()
    {
        var files = new[] { "demo-efcore-docs", "demo-csharpstandard" }
            .SelectMany(folder => Directory.GetFiles(SharedData.Require(folder), "*.md", SearchOption.AllDirectories)).ToList();
        Assert.True(files.Count >= 149, $"{files.Count} files");

        var wrong = new List<string>();
        foreach (var file in files)
        {
            var source = await File.ReadAllTextAsync(file);
            var document = await new MarkdownReader().ReadAsync(File.OpenRead(file), "a");
            DocumentPromises.Check(document);
            wrong.AddRange(MisplacedWords(document, source).Select(w => $"{Path.GetFileName(file)}: {w}"));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} words:\n{string.Join('\n', wrong.Take(20))}");
    }

    [Fact]
    public async Task Lines_are_exact_inside_quotes_lists_code_and_spans()
    {
        const string Markdown = "# One\r\n\r\n> two *three\r\n> four* `five\r\n> six seven` <b\r\n> class=''>eight</b>\r\n\r\n1. nine\r\n   ten\r\n\r\n   ```\r\n   eleven\r\n\r\n   twelve\r\n   ```\r\n- [thirteen\r\n  fourteen](x)\r\n\r\na | fifteen\r\n--|--\r\nb | sixteen\r\n\r\n<p>\r\nseventeen</p>\r\n";
        var document = await ReadAsync(Markdown);

        Assert.Empty(MisplacedWords(document, Markdown));
        Assert.Equal([3, 4, 4, 5, 5, 6, 12, 14, 17, 21], new[] { "three", "four", "five", "six", "seven", "eight", "eleven", "twelve", "fourteen", "sixteen" }
            .Select(w => document.Lines!.At(document.Text.IndexOf(w, StringComparison.Ordinal))));
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new MarkdownReader(limits);

    protected override byte[] Sample() => File.ReadAllBytes(InGolden("guide.md"));

    private static string InGolden(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", file);

    private static Task<Document> ReadAsync(string markdown) => new MarkdownReader().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(markdown)), "dir/name.md");

    [GeneratedRegex(@"[*_`\\]|</?(nobr|em|sup)>")]
    private static partial Regex Markup();

    // a word here is letters and digits only, so that escapes, entities and references (xref) do not matter
    private static IEnumerable<string> MisplacedWords(Document document, string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n').Select(l => Markup().Replace(l, "")).ToList();
        for (var at = 0; at < document.Text.Length; at++)
        {
            var start = at;
            while (at < document.Text.Length && char.IsLetterOrDigit(document.Text[at]))
            {
                at++;
            }

            var line = lines[document.Lines!.At(start) - 1];
            if (at > start && !line.Contains(document.Text[start..at], StringComparison.OrdinalIgnoreCase))
            {
                yield return $"'{document.Text[start..at]}' is not on line {document.Lines.At(start)}: {line}";
            }
        }
    }
}
