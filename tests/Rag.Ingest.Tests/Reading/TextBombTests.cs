using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

/// <summary>Damaged and hostile files of the text formats give a document or a <see cref="DocumentFormatException"/>, in time that grows as the file does.</summary>
public sealed class TextBombTests
{
    private const int Characters = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] _repeated =
    [
        "[", "{", "{\"a\":[", "[[1],", "\"", "<a>", "<a ", "<rss><item>", "<!--", "`", "``", "*a ", "**", "_", "\\", "\\begin{a}", "\\item ", "\\section{", "\\footnote{", "{$", "\\begin{tabular}{l}", "& \\\\ ", "%\n",
        "footnote:[", "<<", "link:x[", "{a}", "|", "|===\n", "* ", "----\n", "====\n", "- - ", "- a\n", "  - a\n", ".. note::\n", ".. a::\n   ", "::\n\n ", "+--+\n", "== ==\n", "a\n==\n", "|a| ", ":a: b\n",
        "/*", "\"\"\"", "@\"", "<<EOF\n", "<<<'A'\n", "$$", "'", "// a\n", "[a]\n", "}\n", "class A {\n", "def f(\n", "a: \n", "- k: v\n", "'''\n", "\n", "\r", " ", "\t\n",
        "00:00:01,000 --> 00:00:02,000\n", "1\n\n", "<v A>", "2024-01-01 00:00:00 a\n", "12:00:00 ", "May ", "a(", "a = ", "CREATE ",
    ];

    public static TheoryData<string> Names => [.. new[] { "a.cs", "a.js", "a.py", "a.sh", "a.sql", "a.toml", "a.pl", "a.json", "a.xml", "a.yaml", "a.log", "a.ipynb", "a.rss", "a.srt", "a.vtt", "a.rst", "a.adoc", "a.tex" }];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_sign_that_is_repeated_without_end_costs_no_more_than_its_length(string name)
    {
        foreach (var piece in _repeated)
        {
            await CheckAsync($"{name} {piece}", Repeated(piece), name);
        }

        await CheckAsync($"{name} indented", string.Concat(Enumerable.Range(0, 900).Select(i => new string(' ', i) + "- a:\n")), name);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Damaged_files_give_a_document_or_a_format_exception(string name, string sample)
    {
        var index = 0;
        foreach (var bytes in Mutations.Of(Encoding.UTF8.GetBytes(sample), 500, seed: 5))
        {
            await CheckAsync($"{name} {index++}", bytes, name);
        }
    }

    public static TheoryData<string, string> Samples()
    {
        var samples = new TheoryData<string, string>
        {
            { "a.cs", "namespace A\n{\n    // b\n    public class C\n    {\n" + string.Concat(Enumerable.Repeat("        public void F()\n        {\n            var x = @\"y\";\n        }\n\n", 12)) + "    }\n}\n" },
            { "a.json", "{\"servers\": [" + string.Join(",\n", Enumerable.Range(0, 30).Select(i => $"{{\"id\": {i}, \"tls\": {{\"key\": \"a \\\" b\"}}}}")) + "], // c\n \"x\": null}" },
            { "a.xml", "<?xml version='1.0'?><a>" + string.Concat(Enumerable.Repeat("<b id='c'>d &amp; <e/><!-- f --></b>\n", 30)) + "</a>" },
            { "a.yaml", "a:\n  b:\n" + string.Concat(Enumerable.Repeat("    - c: |\n        d\n      e: 'f'\n", 30)) },
            { "a.log", string.Concat(Enumerable.Repeat("2024-05-01 12:00:00 ERROR a\n  at b\n", 30)) },
            { "a.srt", string.Concat(Enumerable.Range(0, 30).Select(i => $"{i}\n00:00:{i:00},000 --> 00:00:{i:00},900\n<v Ada>word {i}</v>\n\n")) },
            { "a.ipynb", "{\"cells\": [" + string.Join(",\n", Enumerable.Repeat("{\"cell_type\": \"markdown\", \"source\": [\"# a\\n\", \"b\"]}, {\"cell_type\": \"code\", \"source\": \"c\", \"outputs\": [{\"text\": [\"d\"]}]}", 10)) + "]}" },
            { "a.rss", "<rss><channel><title>a</title>" + string.Concat(Enumerable.Repeat("<item><title>b</title><description>&lt;p&gt;c&lt;/p&gt;</description></item>\n", 10)) + "</channel></rss>" },
        };
        foreach (var name in new[] { "kiln.rst", "kiln.adoc", "kiln.tex" })
        {
            samples.Add(name, File.ReadAllText(Path.Combine(SourceFolder.Of("Golden"), name)));
        }

        return samples;
    }

    private static byte[] Repeated(string piece) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, Characters / piece.Length)));

    private static async Task CheckAsync(string what, byte[] bytes, string name)
    {
        try
        {
            var type = name.EndsWith(".rss", StringComparison.Ordinal) ? "application/rss+xml" : null;
            DocumentPromises.Check(await Task.Run(() => DocumentReaders.Default.ReadAsync(new MemoryStream(bytes), name, type)).WaitAsync(Patience));
        }
        catch (DocumentFormatException e)
        {
            Assert.Contains("' cannot be read: ", e.Message, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Assert.Fail($"{what}: {e}");
        }
    }

    private static Task CheckAsync(string what, string text, string name) => CheckAsync(what, Encoding.UTF8.GetBytes(text), name);
}
