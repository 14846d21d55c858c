using System.Diagnostics;
using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class HtmlReaderTests : DocumentReaderContract
{
    [Fact]
    public async Task An_article_is_read_without_what_surrounds_it() =>
        Golden.Check("article.html.txt", Golden.Describe(await ReadAsync(HtmlPages.Article)));

    [Fact]
    public async Task A_plain_page_is_read_whole()
    {
        var document = await ReadAsync("<title>Notes</title><h1>Heading</h1><p>Short.</p><ul><li><a href=a>One</a></li><li>Two</li></ul>");

        Assert.Equal("Heading\n\nShort.\n\n- One\n- Two", document.Text);
        Assert.Equal("Heading", document.Title);
    }

    [Fact]
    public async Task A_page_with_nothing_but_a_table_is_that_table()
    {
        var document = await ReadAsync("<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td></td></tr></table>");

        Assert.Equal("| a | b |\n| --- | --- |\n| 1 |  |", document.Text);
        Assert.Equal(BlockKind.Table, Assert.Single(document.Blocks).Kind);
    }

    [Fact]
    public async Task A_table_that_lays_out_a_page_is_unwrapped()
    {
        var cell = string.Concat(Enumerable.Repeat("A sentence that goes on. ", 60));

        var document = await ReadAsync($"<table><tr><td>Menu</td><td><p>{cell}</p><table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>");

        Assert.Contains(document.Blocks, block => block.Kind == BlockKind.Paragraph && block.Span.Of(document.Text) == cell.Trim());
        Assert.Contains("| x | y |\n| --- | --- |\n| 1 | 2 |", document.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>a<br>b", "a\nb")]
    [InlineData("<p>a<br><br>b", "a\n\nb")]
    [InlineData("a<div>b</div>c", "a\n\nb\n\nc")]
    [InlineData("<p>bro<b>ken</b> <i>word</i>s\n\n  and\tspace", "broken words and space")]
    [InlineData("a&amp;b &lt;c&gt; &eacute; &#x1F600; &nbsp; d", "a&b <c> é \ud83d\ude00 d")]
    [InlineData("<p>1<span aria-hidden=true>x</span>2<template>3</template><noscript>4</noscript><svg><text>5</text></svg>", "12")]
    [InlineData("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>字", "漢字")]
    [InlineData("<ol type=a><li>x<li value=27>y</ol><ol reversed><li>p<li>q</ol>", "a. x\naa. y\n2. p\n1. q")]
    [InlineData("<ol type=I start=4><li><p>x</p><p>more</p></ol>", "IV. x\n\nmore")]
    [InlineData("<p>x<frameset><frame src='http://localhost/'>", "x")]
    public async Task Text_is_laid_out_as_a_browser_does(string html, string expected) =>
        Assert.Equal(expected, (await ReadAsync(html)).Text);

    [Theory]
    [InlineData("<title>Page - Site</title><h1>Page</h1>", "Page")]
    [InlineData("<title>Page | Part | Site</title><meta property='og:site_name' content='Site'>", "Page | Part")]
    [InlineData("<title> A  long\n title </title>", "A long title")]
    [InlineData("<h1>One</h1><h1>Two</h1><title>Both</title>", "Both")]
    [InlineData("<p>x", "page.html")]
    public async Task The_title_is_the_page_s_own_without_the_site(string html, string expected) =>
        Assert.Equal(expected, (await ReadAsync(html)).Title);

    [Theory]
    [InlineData("windows-1251", "<meta charset=windows-1251>Привет, мир")]
    [InlineData("shift_jis", "<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>東京タワー")]
    [InlineData("utf-16", "\uFEFF<meta charset=utf-8>Grüße 東京")]
    [InlineData("utf-8", "Grüße 東京")]
    [InlineData("gb18030", "<meta charset=gb2312>汉字和更多的汉字")]
    [InlineData("windows-1252", "Grüße an alle, “schöne” Straße")]
    public async Task The_encoding_is_marked_declared_or_guessed(string encoding, string html)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        var document = await new HtmlReader().ReadAsync(new MemoryStream(bytes.GetBytes(html)), "page.html");

        Assert.Equal(html[(html.LastIndexOf('>') + 1)..].TrimStart('\uFEFF'), document.Text);
    }

    [Fact]
    public async Task Ten_thousand_levels_of_elements_keep_their_text_in_bounded_time()
    {
        var watch = Stopwatch.StartNew();

        var document = await ReadAsync(string.Concat(Enumerable.Repeat("<div>", 10_000)) + "deep" + string.Concat(Enumerable.Repeat("</div>", 10_000)) + "<p>after");

        Assert.Contains("deep", document.Text, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1)); // a hang, not a speed
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<ul><li>")]
    public async Task A_hundred_thousand_levels_are_read_or_refused_in_bounded_time(string tag)
    {
        var watch = Stopwatch.StartNew();

        var error = await Record.ExceptionAsync(() => ReadAsync(string.Concat(Enumerable.Repeat(tag, 100_000)) + "deep"));

        Assert.True(error is null or DocumentFormatException, error?.ToString());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1)); // a hang, not a speed
    }

    [Fact]
    public async Task A_hundred_thousand_siblings_take_linear_time()
    {
        var watch = Stopwatch.StartNew();

        var document = await ReadAsync(string.Concat(Enumerable.Repeat("<p>A sentence of some words that is long enough.", 100_000)));

        Assert.Equal(100_000, document.Blocks.Count);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1)); // a hang, not a speed
    }

    [Fact]
    public async Task Unclosed_elements_that_are_opened_again_in_each_paragraph_stay_few()
    {
        var unclosed = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<b id={i}>"));

        var document = await ReadAsync($"<p>{unclosed}{string.Concat(Enumerable.Repeat("<p>x", 20_000))}");

        Assert.Equal(20_000, document.Blocks.Count);
    }

    [Fact]
    public async Task A_table_that_spans_thousands_of_rows_and_columns_stays_small()
    {
        var rows = string.Concat(Enumerable.Repeat($"<tr><td rowspan=60000 colspan=1000>{new string('x', 500)}</td><td>y</td></tr>", 500));

        var document = await ReadAsync($"<table>{rows}</table>");

        Assert.InRange(document.Text.Length, 1, rows.Length * 10);
    }

    [Fact]
    public async Task Binary_data_is_refused_with_a_sentence()
    {
        var bytes = new byte[5_000];
        new Random(1).NextBytes(bytes);

        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => new HtmlReader().ReadAsync(new MemoryStream(bytes), "page.html"));

        Assert.Contains("not text", error.Message, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new HtmlReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes(HtmlPages.Article);

    private static Task<Document> ReadAsync(string html) => new HtmlReader().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(html)), "page.html");
}
