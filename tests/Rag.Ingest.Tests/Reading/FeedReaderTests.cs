using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class FeedReaderTests : DocumentReaderContract
{
    private const string Rss = """
        <?xml version="1.0"?>
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>Kiln &amp;amp; clay</title><link>http://example.org</link>
        <description>News of the &lt;b&gt;kiln&lt;/b&gt;.</description>
        <image><title>no</title></image>
        <item>
        <title>Glaze &lt;i&gt;news&lt;/i&gt;</title>
        <dc:creator>Ada</dc:creator><pubDate>Tue, 19 Nov 2024</pubDate>
        <description>Short.</description>
        <content:encoded><![CDATA[<h2>Blue</h2><p>All of it.<script>no()</script></p><ul><li>one</li></ul>]]></content:encoded>
        </item>
        <item><description>No title.</description></item>
        </channel></rss>
        """;

    private const string Atom = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Kiln</title><author><name>no</name></author>
        <entry><title>One</title><author><name>Ada</name></author><updated>2024-11-19</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words <b>here</b>.</p></div></content></entry>
        </feed>
        """;

    [Fact]
    public async Task Items_of_RSS_are_headings_with_their_content()
    {
        var document = await OutlineTexts.ReadAsync(Rss, "a.xml");

        Assert.Equal(
            ["Heading 1 Kiln & clay", "Paragraph 0 News of the kiln.", "Heading 2 Glaze news", "Paragraph 0 Tue, 19 Nov 2024, Ada", "Heading 4 Blue", "Paragraph 0 All of it.", "ListItem 1 - one", "Paragraph 0 No title."],
            document.Blocks.Select(block => $"{block.Kind} {block.Level} {block.Span.Of(document.Text)}"));
        Assert.Equal(("Kiln & clay", "application/rss+xml"), (document.Title, document.MediaType));
        Assert.Equal([3, 6, 12], new[] { "Kiln", "Blue", "No title" }.Select(words => document.Lines!.At(document.Text.IndexOf(words, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Entries_of_Atom_are_headings_with_their_content()
    {
        var document = await OutlineTexts.ReadAsync(Atom, "a.atom");

        Assert.Equal("Kiln\n\nOne\n\n2024-11-19, Ada\n\nWords here.", document.Text);
        Assert.Equal("application/atom+xml", document.MediaType);
    }

    [Theory]
    [InlineData("<rss><channel>")]
    [InlineData("<!DOCTYPE x [<!ENTITY y 'yy'>]><rss><channel><title>&y;</title></channel></rss>")]
    public async Task What_is_not_well_formed_or_wants_entities_is_refused(string file)
    {
        var error = await Assert.ThrowsAsync<DocumentFormatException>(() => new FeedReader().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), "a"));

        Assert.StartsWith("'a' cannot be read: it is not well-formed XML (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_converter_finds_is_found()
    {
        var document = await DocumentReaders.Default.ReadFileAsync(SharedData.Require("office-markitdown/test_rss.xml"), "a");

        Assert.Equal("The Official Microsoft Blog", document.Title);
        Assert.Contains(document.Blocks, block => block is { Kind: BlockKind.Heading, Level: 2 } && block.Span.Of(document.Text) == "Ignite 2024: Why nearly 70% of the Fortune 500 now use Microsoft 365 Copilot");
        Assert.Contains("In the case of AI, it is absolutely true that the industry is moving incredibly fast", document.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<rss", document.Text, StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new FeedReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes(Rss);
}
