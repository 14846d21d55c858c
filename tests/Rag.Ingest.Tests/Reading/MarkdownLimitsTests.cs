using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class MarkdownLimitsTests
{
    // each takes well under a second of processor time; what this guards against takes minutes
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Inputs of about 100 kB each of which takes a backtracking or quadratic parser minutes.</summary>
    public static TheoryData<string, string> Costly { get; } = new()
    {
        { "[", Repeat("[", 50_000) },
        { "[a](", Repeat("[a](", 25_000) },
        { "![[]()", Repeat("![[]()", 15_000) },
        { "nested brackets", Repeat("[", 50_000) + "a" + Repeat("]", 50_000) },
        { "*a", Repeat("*a **a ", 15_000) },
        { "a*", Repeat("a* ", 30_000) },
        { "nested emphasis", Repeat("*a _b ", 10_000) + Repeat("b_ a*", 10_000) },
        { "~~a", Repeat("~~a ", 25_000) },
        { "backticks", string.Concat(Enumerable.Range(1, 450).Select(i => "e" + Repeat("`", i))) },
        { "<![CDATA[", Repeat("a <![CDATA[ ", 10_000) },
        { "<!--", Repeat("<!--", 25_000) },
        { "|", Repeat("|", 100_000) },
        { "rows", "a|b\n-|-\n" + Repeat("| [a](b) | *c* `d` |\n", 5_000) },
        { "columns", Repeat("|a", 10_000) + "\n" + Repeat("|-", 10_000) + "\n" + Repeat("|b", 10_000) },
        { "link definitions", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"[{i}]: x\n")) },
        { "footnotes", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"[^{i}]\n\n[^{i}]: x\n\n")) },
        { "includes", Repeat("[!a[", 25_000) },
        { "html", Repeat("<div>\n", 15_000) },
    };

    [Theory]
    [MemberData(nameof(Costly))]
    public async Task Costly_inlines_and_tables_are_read_in_time(string name, string markdown)
    {
        var document = await ReadAsync(markdown).WaitAsync(Patience);

        Assert.True(document.Text.Length > 0 || name is "html" or "<!--" or "link definitions", name);
        DocumentPromises.Check(document);
    }

    [Theory]
    [InlineData("> ")]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("1. ")]
    public async Task Ten_thousand_levels_are_refused_with_a_sentence(string level)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(Repeat(level, 10_000) + "a").WaitAsync(Patience));

        Assert.StartsWith("'a' cannot be read: its Markdown cannot be parsed (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("). Simplify it, or read it as text/plain.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_indented_a_thousand_levels_is_refused()
    {
        var markdown = string.Concat(Enumerable.Range(0, 1_000).Select(i => Repeat(" ", 2 * i) + "- a\n"));

        await Assert.ThrowsAsync<DocumentFormatException>(() => ReadAsync(markdown).WaitAsync(Patience));
    }

    [Fact]
    public async Task Sixty_levels_are_read()
    {
        var document = await ReadAsync(Repeat("> ", 40) + Repeat("- ", 20) + "deep");

        Assert.Equal("- deep", document.Text);
        Assert.Equal(20, document.Blocks[0].Level);
    }

    [Fact]
    public async Task A_paragraph_of_nine_hundred_lines_becomes_two_with_exact_lines()
    {
        var document = await ReadAsync(string.Concat(Enumerable.Range(1, 900).Select(i => $"line {i}\n")));

        Assert.Equal(2, document.Blocks.Count);
        Assert.Equal([1, 499, 500, 501, 900], new[] { "1 ", "499", "500", "501", "900" }.Select(n => document.Lines!.At(document.Text.IndexOf(n, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_paragraph_with_too_many_delimiters_is_kept_as_it_stands()
    {
        var document = await ReadAsync("# *h*\n\n" + Repeat("*a* [b\n", 600) + "\n*c*");

        Assert.StartsWith("h\n\n*a* [b *a* [b", document.Text, StringComparison.Ordinal);
        Assert.EndsWith("\n\nc", document.Text, StringComparison.Ordinal);
        Assert.Equal(4, document.Lines!.At(document.Text.IndexOf("*a*", 8, StringComparison.Ordinal)));
    }

    private static Task<Document> ReadAsync(string markdown) =>
        Task.Run(() => new MarkdownReader().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(markdown)), "a"));

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
