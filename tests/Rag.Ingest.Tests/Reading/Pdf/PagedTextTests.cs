using Rag.Ingest.Reading;
using Rag.Ingest.Reading.Pdf;
using Rag.Pdf;
using Rag.Testing;

namespace Rag.Ingest.Tests.Reading.Pdf;

public sealed class PagedTextTests
{
    [Fact]
    public void Pages_are_parted_by_a_blank_line_and_blank_ones_keep_their_numbers()
    {
        var document = Join(Page(1, "First page."), Page(2, ""), Page(3, "  "), Page(4, "Fourth page."), Page(5, ""));

        Assert.Equal("First page.\n\nFourth page.", document.Text);
        Assert.Equal([1, 4], document.Blocks.Select(b => b.Page!.Value));
        Assert.Equal(5, document.Pages!.Count);
        Assert.Equal([1, 4], document.Boxes!.Select(w => w.Box.Page).Distinct());
    }

    [Fact]
    public void A_paragraph_that_a_page_break_divides_is_one_block_with_boxes_on_both_pages()
    {
        var document = Join(Page(1, "Heading\n\nThe sentence goes"), Page(2, "on here.\n\nAnother.") with { ContinuesParagraph = true });

        Assert.Equal(["Heading", "The sentence goes on here.", "Another."], document.Blocks.Select(b => b.Span.Of(document.Text)));
        Assert.Equal([1, 1, 2], document.Blocks.Select(b => b.Page!.Value));
        Assert.Equal([1, 2], document.Boxes!.Within(document.Blocks[1].Span).Select(b => b.Page));
        Assert.Equal(2, document.Pages!.At(document.Text.IndexOf("on here", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_first_page_that_says_it_continues_begins_the_text() => Assert.Equal("alone", Join(Page(1, "alone") with { ContinuesParagraph = true }).Text);

    [Fact]
    public void Characters_that_have_no_place_in_a_text_leave_the_offsets_as_they_are()
    {
        var document = Join(Page(1, "a\u0001b \ud83d c\r\nd \ud83d\ude00 end"));

        Assert.Equal("a b \uFFFD c \nd \ud83d\ude00 end", document.Text);
        Assert.Equal("end", document.Boxes![^1].Span.Of(document.Text));
    }

    [Fact]
    public void Every_word_keeps_its_box_through_any_run_of_pages()
    {
        var random = new Random(21);
        for (var round = 0; round < 100; round++)
        {
            var pages = Enumerable.Range(1, random.Next(1, 9)).Select(n => Page(n, Text(random)) with { ContinuesParagraph = random.Next(3) == 0 }).ToArray();

            var document = Join(pages);

            var expected = pages.SelectMany(p => p.Words.Select(w => (p.Number, p.Text.Substring(w.Start, w.Length), w.Box.X0)));
            Assert.Equal(expected, document.Boxes!.Select(w => (w.Box.Page, w.Span.Of(document.Text), (float)w.Box.X0)));
            Assert.All(document.Boxes!, w => Assert.Equal(w.Box.Page, document.Pages!.At(w.Span.Start)));
        }
    }

    [Fact]
    public void A_text_beyond_the_limit_is_refused()
    {
        var text = new PagedText("a", 20);
        text.Add(Page(1, "ten of them"));

        var error = Assert.Throws<DocumentFormatException>(() => text.Add(Page(2, "ten of them")));

        Assert.Contains("ReaderLimits.MaxCharacters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recognized_page_takes_its_place_with_paragraphs_and_boxes()
    {
        var text = new PagedText("a", 1000);
        text.Add(Page(1, "Printed."));
        text.Add(2, new("Two words\n\nthird", [new(new(0, 3), new(99, 1, 1, 2, 2)), new(new(4, 9), new(99, 3, 1, 4, 2)), new(new(11, 16), new(99, 1, 5, 2, 6))]));
        text.Add(Page(3, "Printed again."));

        var document = text.ToDocument(null);

        DocumentPromises.Check(document);
        Assert.Equal(["Printed.", "Two words", "third", "Printed again."], document.Blocks.Select(b => b.Span.Of(document.Text)));
        Assert.Equal([new(2, 1, 1, 4, 2)], document.Boxes!.Within(document.Blocks[1].Span));
    }

    [Theory]
    [InlineData("Annual report 2023", "Annual report 2023")]
    [InlineData("  Two \n lines ", "Two lines")]
    [InlineData("Document management in hospitals", "Document management in hospitals")]
    [InlineData("Title IX and its history", "Title IX and its history")]
    [InlineData(null, "Heading")]
    [InlineData("", "Heading")]
    [InlineData("- 12 -", "Heading")]
    [InlineData("untitled", "Heading")]
    [InlineData("Untitled-2", "Heading")]
    [InlineData("Document1", "Heading")]
    [InlineData("Microsoft Word - Minutes of May.doc", "Heading")]
    [InlineData("Microsoft PowerPoint - talk", "Heading")]
    [InlineData("PowerPoint Presentation", "Heading")]
    [InlineData("report_final.indd", "Heading")]
    [InlineData("Minutes of May.docx", "Heading")]
    [InlineData("x:\\jobs\\d12345.dvi", "Heading")]
    public void Title_is_the_files_own_where_a_person_wrote_it(string? own, string expected) => Assert.Equal(expected, PdfTitle.Of(own, "Heading"));

    [Theory]
    [InlineData("", new int[0])]
    [InlineData("Page 3 is", new[] { 3 })]
    [InlineData("Pages 3-5, 9 are", new[] { 3, 4, 5, 9 })]
    [InlineData("Pages 1, 3, 5-6 are", new[] { 1, 3, 5, 6 })]
    public void Scanned_pages_are_listed_in_one_warning(string expected, int[] pages) =>
        Assert.StartsWith(expected, ScannedPages.Warning(pages).SingleOrDefault() ?? "", StringComparison.Ordinal);

    private static Document Join(params PdfPage[] pages)
    {
        var text = new PagedText("folder/a.pdf", 1_000_000);
        foreach (var page in pages)
        {
            text.Add(page);
        }

        var document = text.ToDocument(null);
        DocumentPromises.Check(document);
        return document;
    }

    /// <summary>A page whose blocks are its paragraphs, with a box for each word that tells which one it is.</summary>
    private static PdfPage Page(int number, string text)
    {
        var blocks = Rag.Ingest.Chunking.TextLines.Paragraphs(text, new(0, text.Length)).Select(s => new PdfBlock(PdfBlockKind.Paragraph, s.Start, s.Length, 0, new(10, 10, 20, 20)));
        var words = Rag.Ingest.Chunking.TextLines.Words(text, new(0, text.Length)).Select((s, i) => new PdfWord(s.Start, s.Length, new(i, 10, i + 1, 20)));
        return new(number, $"{number}", 612, 792, text, [.. blocks], [.. words]);
    }

    private static string Text(Random random) =>
        string.Join("\n\n", Enumerable.Range(0, random.Next(4)).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(i => $"w{i}"))));
}
