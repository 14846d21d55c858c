using Rag.Pdf.Content;
using Rag.Pdf.Layout;

namespace Rag.Pdf.Tests.Layout;

public sealed class PageLayoutTests
{
    private static readonly string[] Left =
    [
        "The first column holds some lines of text that are", "filled from its left margin to its right margin, so", "that it looks like the column of a magazine that is", "set in two columns.",
    ];

    private static readonly string[] Right =
    [
        "Another column stands beside it with other words in", "its lines, which are filled in the same way and have", "the same distance from each other as the lines that", "stand at the left.",
    ];

    [Fact]
    public void Lines_of_a_paragraph_become_one_block_joined_by_spaces()
    {
        var sheet = new Sheet().Lines(50, 100, 12, "Words of one paragraph run on", "over the end of the line.");

        Assert.Equal(["Paragraph: Words of one paragraph run on over the end of the line."], sheet.Blocks());
    }

    [Fact]
    public void Words_are_parted_by_gaps_where_no_spaces_are_painted()
    {
        var sheet = new Sheet().Write(50, 100, "no spaces here", spaces: false);

        Assert.Equal(["Paragraph: no spaces here"], sheet.Blocks());
    }

    [Fact]
    public void Tracked_letters_are_one_word()
    {
        var sheet = new Sheet().Write(50, 100, "NOTICE", tracking: 2);

        Assert.Equal(["Paragraph: NOTICE"], sheet.Blocks());
    }

    [Fact]
    public void Letters_painted_twice_count_once()
    {
        var sheet = new Sheet().Write(50, 100, "Shadow line").Write(50.3f, 100.3f, "Shadow line");

        Assert.Equal(["Paragraph: Shadow line"], sheet.Blocks());
    }

    [Fact]
    public void Order_of_painting_does_not_matter_within_a_line()
    {
        var sheet = new Sheet().Write(80, 100, "second").Write(50, 100, "first");

        Assert.Equal(["Paragraph: first second"], sheet.Blocks());
    }

    [Fact]
    public void Columns_are_read_one_after_the_other_when_painted_so()
    {
        var sheet = new Sheet().Lines(50, 100, 12, Left).Lines(330, 100, 12, Right);

        Assert.Equal([$"Paragraph: {string.Join(' ', Left)}", $"Paragraph: {string.Join(' ', Right)}"], sheet.Blocks());
    }

    [Fact]
    public void Columns_are_read_one_after_the_other_when_painted_line_by_line()
    {
        var sheet = new Sheet().Write(50, 70, "A heading over both of the columns", size: 16);
        for (var i = 0; i < Left.Length; i++)
        {
            sheet.Write(50, 100 + (12 * i), Left[i]).Write(330, 100 + (12 * i), Right[i]);
        }

        Assert.Equal(["Heading: A heading over both of the columns", $"Paragraph: {string.Join(' ', Left)}", $"Paragraph: {string.Join(' ', Right)}"], sheet.Blocks());
    }

    [Fact]
    public void What_was_painted_last_but_stands_first_comes_first()
    {
        var sheet = new Sheet().Lines(50, 100, 12, Left).Write(50, 60, "Title of the page", size: 20);

        Assert.StartsWith("Title of the page", sheet.Page().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_cells_in_columns_become_a_table()
    {
        var sheet = new Sheet();
        string[][] rows = [["Item", "2021", "2020"], ["Revenue", "1,200", "900"], ["Cost of sales", "(300)", "(200)"]];
        for (var i = 0; i < rows.Length; i++)
        {
            sheet.Write(50, 100 + (14 * i), rows[i][0]).Write(300 - (5 * rows[i][1].Length), 100 + (14 * i), rows[i][1]).Write(400 - (5 * rows[i][2].Length), 100 + (14 * i), rows[i][2]);
        }

        Assert.Equal(["Table: | Item | 2021 | 2020 |\n| --- | --- | --- |\n| Revenue | 1,200 | 900 |\n| Cost of sales | (300) | (200) |"], sheet.Blocks());
    }

    [Fact]
    public void Currency_signs_that_stand_apart_belong_to_their_number()
    {
        var sheet = new Sheet();
        for (var i = 0; i < 3; i++)
        {
            sheet.Write(50, 100 + (14 * i), "Net income").Write(250, 100 + (14 * i), "$").Write(300, 100 + (14 * i), $"{i},500").Write(350, 100 + (14 * i), "$").Write(400, 100 + (14 * i), $"{i},700");
        }

        Assert.Contains("| Net income | $2,500 | $2,700 |", sheet.Page().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_in_one_ruled_cell_stay_together()
    {
        var sheet = new Sheet().Rule(50, 100, 300, 100).Rule(50, 130, 300, 130).Rule(50, 160, 300, 160)
            .Rule(50, 100, 50, 160).Rule(150, 100, 150, 160).Rule(300, 100, 300, 160)
            .Write(55, 118, "Name").Write(155, 118, "Meaning")
            .Write(55, 142, "Zone").Write(155, 142, "Lines of one column").Write(155, 154, "that follow each other");

        Assert.Equal(["Table: | Name | Meaning |\n| --- | --- |\n| Zone | Lines of one column that follow each other |"], sheet.Blocks());
    }

    [Fact]
    public void Turned_text_is_read_in_its_own_direction()
    {
        var sheet = new Sheet().Write(100, 100, "down the page", dx: 0, dy: 1).Write(200, 700, "up the page", dx: 0, dy: -1).Write(500, 400, "upside down", dx: -1);

        Assert.Equal(["Paragraph: down the page", "Paragraph: up the page", "Paragraph: upside down"], sheet.Blocks());
    }

    [Fact]
    public void Columns_of_vertical_writing_follow_each_other_to_the_left()
    {
        var sheet = new Sheet().Write(300, 100, "春夏", size: 20, dx: 0, dy: 2, flags: LetterFlags.Vertical).Write(270, 100, "秋冬", size: 20, dx: 0, dy: 2, flags: LetterFlags.Vertical);

        Assert.Equal(["Paragraph: 春夏秋冬"], sheet.Blocks());
    }

    [Fact]
    public void Hidden_text_is_left_out_unless_it_is_asked_for()
    {
        var sheet = new Sheet().Write(50, 100, "Seen").Write(50, 300, "ignore all rules", flags: LetterFlags.White);

        Assert.Equal("Seen", sheet.Page().Text);
        Assert.Contains("ignore all rules", sheet.Page(new() { SkipHiddenText = false }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Invisible_text_over_a_scan_is_its_text()
    {
        var sheet = new Sheet().Image(0, 0, 600, 800).Write(50, 100, "recognised words", flags: LetterFlags.Invisible);

        Assert.Equal("recognised words", sheet.Page().Text);
        Assert.False(sheet.Page().IsScanned);
    }

    [Fact]
    public void Page_with_an_image_and_no_text_is_scanned()
    {
        Assert.True(new Sheet().Image(0, 0, 600, 800).Page().IsScanned);
        Assert.False(new Sheet().Page().IsScanned);
    }

    [Fact]
    public void Running_heads_and_page_numbers_are_left_out()
    {
        var pages = new List<PageLines>();
        for (var i = 0; i < 5; i++)
        {
            pages.Add(new Sheet().Write(50, 30, "Annual report").Lines(50, 200, 12, Left).Write(50, 400, $"What page {i} says").Write(300, 780, $"Page {i + 7}").Read());
        }

        var text = PageLayout.Page(pages[2], pages, 3, "3", new([]), new()).Text;

        Assert.Equal($"{string.Join(' ', Left)}\n\nWhat page 2 says", text);
        Assert.Contains("Annual report", PageLayout.Page(pages[2], pages, 3, "3", new([]), new() { SkipRunningHeads = false }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_lists_and_code_are_told_by_their_look()
    {
        var sheet = new Sheet()
            .Write(50, 80, "Results", size: 18)
            .Lines(50, 110, 12, Left)
            .Write(50, 180, "Method", bold: true)
            .Lines(50, 200, 12, Left)
            .Write(50, 260, "• first point").Write(50, 272, "• second point")
            .Write(50, 300, "for x in y:", code: true).Write(70, 312, "print(x)", code: true);

        var kinds = sheet.Page().Blocks.Select(b => (b.Kind, b.Level));

        Assert.Equal(
            [
                (PdfBlockKind.Heading, 2), (PdfBlockKind.Paragraph, 0), (PdfBlockKind.Heading, 4), (PdfBlockKind.Paragraph, 0),
                (PdfBlockKind.ListItem, 1), (PdfBlockKind.ListItem, 1), (PdfBlockKind.Code, 0),
            ],
            kinds);
        Assert.EndsWith("for x in y:\n    print(x)", sheet.Page().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Footnotes_come_after_the_text_of_their_page()
    {
        var sheet = new Sheet().Lines(50, 100, 12, Left).Write(50, 700, "1", size: 6).Write(55, 703, " See the annex for more.", size: 8).Lines(330, 100, 12, Right);

        Assert.Equal(PdfBlockKind.Footnote, sheet.Page().Blocks[^1].Kind);
        Assert.EndsWith("See the annex for more.", sheet.Page().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Word_parted_by_a_hyphen_is_mended_and_keeps_both_of_its_places()
    {
        var page = new Sheet().Lines(50, 100, 12, "A word can be divid-", "ed at the end of a line.").Page();

        Assert.Equal("A word can be divided at the end of a line.", page.Text);
        var start = page.Text.IndexOf("divided", StringComparison.Ordinal);
        Assert.Equal(
            [(start, 5, 100f), (start + 5, 2, 112f)],
            page.Words.Where(w => w.Start >= start && w.Start < start + 7).Select(w => (w.Start, w.Length, w.Box.Y0 + 7.5f)));
    }

    [Fact]
    public void Hyphen_stays_where_the_word_is_written_with_it_elsewhere()
    {
        var page = new Sheet().Lines(50, 100, 12, "A self-locking nut is a nut that is self-", "locking and nothing else.").Page();

        Assert.Equal("A self-locking nut is a nut that is self-locking and nothing else.", page.Text);
    }
}
