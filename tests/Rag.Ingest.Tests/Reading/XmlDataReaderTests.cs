using System.Text;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading;

public sealed class XmlDataReaderTests : DocumentReaderContract
{
    private static readonly string _items = string.Concat(Enumerable.Range(0, 40).Select(i => $"    <item id=\"i{i}\">word{i} <b>more</b></item>\n"));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public async Task Elements_are_divided_and_know_what_encloses_them(string newline)
    {
        var file = $"<?xml version=\"1.0\"?>\n<!-- words -->\n<shop>\n  <name>Ada &amp; Co</name>\n  <list name='first'>\n{_items}  </list>\n  <end/>\n</shop>\n".ReplaceLineEndings(newline);

        var document = await OutlineTexts.ReadAsync(file, "a.xml");

        Assert.Empty(document.Warnings);
        Assert.Equal("shop > list first", OutlineTexts.ContextOf(document, "word20"));
        Assert.Equal("shop", OutlineTexts.ContextOf(document, "<end/>"));
        Assert.All(document.Blocks, block => Assert.InRange(block.Span.Length, 1, 1_000));
        if (newline.Length > 0)
        {
            OutlineTexts.CheckVerbatim(document, file);
        }
    }

    [Theory]
    [InlineData("<a>\n\n<b></a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;\">]>\n<a>&y;</a>")]
    public async Task What_is_not_well_formed_or_wants_entities_is_read_as_lines_with_a_warning(string file)
    {
        var document = await OutlineTexts.ReadAsync(file, "a.xml");

        OutlineTexts.CheckVerbatim(document, file);
        Assert.StartsWith("It is not well-formed XML (", Assert.Single(document.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_is_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 20_000)) + string.Concat(Enumerable.Repeat("</a>", 20_000));

        Assert.Contains("256", Assert.Single((await OutlineTexts.ReadAsync(deep, "a.xml")).Warnings), StringComparison.Ordinal);
    }

    protected override IDocumentReader Create(ReaderLimits? limits = null) => new XmlDataReader(limits);

    protected override byte[] Sample() => Encoding.UTF8.GetBytes($"<shop>\n<list>\n{_items}</list>\n</shop>");
}
