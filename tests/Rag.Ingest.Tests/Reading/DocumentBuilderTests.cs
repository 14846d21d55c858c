using Rag.Ingest.Reading;

namespace Rag.Ingest.Tests.Reading;

public sealed class DocumentBuilderTests
{
    [Fact]
    public void Add_separates_blocks_by_a_blank_line_and_list_items_by_a_line_break()
    {
        var builder = new DocumentBuilder("docs/a.md");
        builder.Add(BlockKind.Heading, "Title", 1);
        builder.Add(BlockKind.ListItem, "- one", 1);
        builder.Add(BlockKind.ListItem, "- two", 1);
        builder.Add(BlockKind.Paragraph, "  \n ");
        builder.Add(BlockKind.Paragraph, " end ");

        var document = builder.ToDocument(null, "text/markdown");

        Assert.Equal("Title\n\n- one\n- two\n\nend", document.Text);
        Assert.Equal(["Title", "- one", "- two", "end"], document.Blocks.Select(b => b.Span.Of(document.Text)));
        Assert.Equal("a.md", document.Title);
        Assert.Null(document.Lines);
        Assert.Null(document.Pages);
    }

    [Fact]
    public void Append_drops_control_characters_and_replaces_unpaired_surrogates()
    {
        var builder = new DocumentBuilder("a");
        builder.Add(BlockKind.Paragraph, "\uFEFFa\0b\r\nc\rd\ud800e\udc00 \ud83d\ude00\tf\u0007\fg");

        Assert.Equal("ab\nc\nd\uFFFDe\uFFFD \ud83d\ude00\tf g", builder.ToDocument(null, "text/plain").Text);
    }

    [Fact]
    public void Pages_and_lines_may_have_names_and_empty_ones_keep_theirs()
    {
        var builder = new DocumentBuilder("a");
        builder.StartPage("Prices\n of 2024");
        builder.StartLine(1, "A1:B1");
        builder.Add(BlockKind.Paragraph, "one");
        builder.StartPage("Empty");
        builder.StartLine(2, "A2:B2");
        builder.StartPage();
        builder.StartLine(3);
        builder.Add(BlockKind.Paragraph, "two");

        var document = builder.ToDocument(null, "text/plain");

        Assert.Equal(["Prices of 2024", "Empty", ""], document.Pages!.Names);
        Assert.Equal(["A1:B1", "A2:B2", ""], document.Lines!.Names);
        Assert.Equal("A1:B1", document.Lines.NameAt(0));
        Assert.Null(document.Lines.NameAt(document.Text.Length - 1));
    }

    [Fact]
    public void Code_keeps_the_indentation_of_its_first_line()
    {
        var builder = new DocumentBuilder("a");
        builder.Add(BlockKind.Code, "\n\n    if (x)\n        y();\n\n");

        Assert.Equal("    if (x)\n        y();", builder.ToDocument(null, "text/plain").Text);
    }

    [Fact]
    public void StartLine_gives_each_line_its_place_and_lets_skipped_lines_be_empty()
    {
        var builder = new DocumentBuilder("a");
        builder.StartLine(2);
        builder.Add(BlockKind.Heading, "Title", 1);
        builder.StartLine(4);
        builder.Begin(BlockKind.Paragraph);
        builder.Append("soft");
        builder.Append(" ");
        builder.StartLine(5);
        builder.Append("break");
        builder.StartLine(6);
        builder.Append("  ");
        builder.End();
        builder.StartLine(9);

        var document = builder.ToDocument(null, "text/plain");

        Assert.Equal("Title\n\nsoft break", document.Text);
        Assert.Equal(9, document.Lines!.Count);
        Assert.Equal([2, 4, 5], new[] { 0, 7, 12 }.Select(document.Lines.At));
    }

    [Fact]
    public void StartPage_numbers_pages_and_blocks()
    {
        var builder = new DocumentBuilder("a");
        builder.StartPage();
        builder.Add(BlockKind.Paragraph, "one");
        builder.StartPage();
        builder.StartPage();
        builder.Begin(BlockKind.Paragraph);
        builder.Append("three");
        builder.StartPage();
        builder.Append(" four");
        builder.End();

        var document = builder.ToDocument(null, "text/plain");

        Assert.Equal([0, 5, 5, 10], document.Pages!.Starts);
        Assert.Equal([1, 3], document.Blocks.Select(b => b.Page!.Value));
    }

    [Fact]
    public void Append_refuses_more_than_the_limit_with_a_sentence()
    {
        var builder = new DocumentBuilder("a", new() { MaxCharacters = 10 });

        var error = Assert.Throws<DocumentFormatException>(() => builder.Add(BlockKind.Paragraph, "12345678901"));

        Assert.Equal("'a' cannot be read: its text is longer than 10 characters. Split it, or raise ReaderLimits.MaxCharacters.", error.Message);
    }

    [Fact]
    public void Begin_checks_levels_order_and_cancellation()
    {
        var builder = new DocumentBuilder("a", null, new CancellationToken(true));

        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Begin(BlockKind.Heading, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Begin(BlockKind.Paragraph, 1));
        Assert.Throws<InvalidOperationException>(() => builder.Append("x"));
        Assert.Throws<OperationCanceledException>(() => builder.Begin(BlockKind.Paragraph));
    }

    [Fact]
    public void Title_is_one_clean_line()
    {
        Assert.Equal("A b", new DocumentBuilder("x/y").ToDocument(" A\r\n\0 b ", "text/plain").Title);
    }
}
