using Rag.Enrichment;

namespace Rag.Core.Tests.Enrichment;

public sealed class TitleEnricherTests
{
    [Fact]
    public async Task The_first_heading_is_the_title()
    {
        var document = Of("Some words.\n\n1. Intro\n\nThe Plan\nof Work", (BlockKind.Paragraph, 0, 11), (BlockKind.Heading, 13, 21), (BlockKind.Heading, 23, 39));

        var finding = Assert.Single(await FindAsync(document));

        Assert.Equal(("title", "1. Intro", "title-1"), (finding.Name, finding.Value, finding.Source));
        Assert.Equal("1. Intro", Assert.Single(finding.Spans).Of(document.Text));
    }

    [Theory]
    [InlineData("Annual report of the water board\nIt was a dry year.", "Annual report of the water board")]
    [InlineData("Who pays?", "Who pays?")]
    [InlineData("Who pays for this?", "Who pays for this?")]
    [InlineData("Report", null)] // one word
    [InlineData("It was a dry year.", null)] // a sentence
    [InlineData("Dear Ms. Miller,", null)]
    [InlineData("12.5 13.7 2020-01-01 x y", null)]
    public async Task A_first_line_counts_where_it_is_like_a_title(string text, string? title) =>
        Assert.Equal(title, (await FindAsync(Of(text, (BlockKind.Paragraph, 0, text.Length)))).SingleOrDefault()?.Value);

    [Fact]
    public async Task A_title_of_the_reader_stays_and_code_has_none()
    {
        const string Text = "using the System now";
        Assert.Empty(await FindAsync(Of(Text, (BlockKind.Paragraph, 0, Text.Length)) with { Title = "By the reader" }));
        Assert.Empty(await FindAsync(Of(Text, (BlockKind.Code, 0, Text.Length))));
        Assert.Empty(await FindAsync(Of("")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TitleEnricher().FindAsync(Of(Text), new(canceled: true)));
    }

    private static Document Of(string text, params (BlockKind Kind, int Start, int End)[] blocks) =>
        new("docs/a.txt", "a.txt", text, [.. blocks.Select(b => new Block(b.Kind, new(b.Start, b.End)))]);

    private static Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document) => new TitleEnricher().FindAsync(document);
}
