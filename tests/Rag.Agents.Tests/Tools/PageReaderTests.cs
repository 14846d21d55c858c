using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Ingest.Chunking;

namespace Rag.Agents.Tests.Tools;

public sealed class PageReaderTests
{
    private readonly Library _library = new();

    private AIFunction Tool => PageReader.Create(_library.Store, _library.Retriever, new Query(""));

    [Theory]
    [InlineData("Annual Report")]
    [InlineData("annual report")]
    [InlineData("annual-report.md")]
    public async Task Reads_the_page_of_a_document_by_title_or_id(string name)
    {
        await _library.AddAsync("Annual Report", "Cover.\n\nSales rose.\nCosts fell.\n\nThe end.", d => d with { Pages = new([0, 8]) });
        var run = Calls.Run();

        Assert.Equal("Annual Report, page 2 of 2:\n[1] Sales rose.\nCosts fell.\n[2] The end.", await Tool.CallAsync(run, ("document", name), ("page", 2)));
        Assert.Equal("Annual Report, page 1 of 2:\n[3] Cover.", await Tool.CallAsync(run, ("document", name)));
        Assert.Equal("Annual Report has no page 3. Ask for one from 1 to 2.", await Tool.CallAsync(run, ("document", name), ("page", 3)));
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task Parts_of_a_document_without_pages_hold_all_of_it()
    {
        var paragraphs = Enumerable.Range(0, 40).Select(i => $"Paragraph {i}. " + new string('x', 700)).ToArray();
        await _library.AddAsync("Book", string.Join("\n\n", paragraphs));
        var run = Calls.Run();

        var parts = new List<string>();
        for (var i = 1; i <= 5; i++)
        {
            parts.Add(await Tool.CallAsync(run, ("document", "Book"), ("page", i)));
        }

        Assert.All(parts, (part, i) => Assert.StartsWith($"Book, part {i + 1} of 5:", part));
        Assert.Equal(paragraphs, run.Passages.Select(p => p.Chunk.Text));
        Assert.All(paragraphs, (text, i) => Assert.Contains($"[{i + 1}] {text}", parts[i / 8], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_page_is_cut_and_only_what_is_shown_can_be_cited()
    {
        await _library.AddAsync("Log", string.Concat(Enumerable.Repeat("word ", 5000)), d => d with { Pages = new([0]) });
        var run = Calls.Run();

        var page = await Tool.CallAsync(run, ("document", "Log"));

        Assert.EndsWith("The page goes on; search for the rest of it.", page);
        Assert.InRange(Assert.Single(run.Passages).Chunk.Text.Length, 5000, 6000);
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task What_stands_in_two_chunks_is_shown_once()
    {
        var text = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"word{i}"));
        var document = new Document("d", "Words", text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Language = "en" };
        await _library.Store.ReplaceDocumentAsync(document, [.. new FixedSizeChunker(tokens: 40, overlap: 10).Split(document).Select(chunk => new EmbeddedChunk(chunk))]);
        var run = Calls.Run();

        var page = await Tool.CallAsync(run, ("document", "d"));

        Assert.Equal(text.Split(' '), page.Split([' ', '\n']).Where(word => word.StartsWith("word", StringComparison.Ordinal)));
        Assert.True(run.Passages.Count > 3);
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task Hidden_documents_are_as_if_they_were_not_there()
    {
        await _library.AddAsync("Plan", "The plan.", d => d with { Groups = ["board"] });

        Assert.Equal("There is no document [plan.md]. Use search to find one.", await Tool.CallAsync(null, ("document", "plan.md")));
        Assert.Equal("There is no document [Plan]. Use search to find one.", await Tool.CallAsync(null, ("document", "Plan")));
    }

    [Fact]
    public async Task Similar_titles_are_named()
    {
        await _library.AddAsync("The great plan", "A plan.");

        Assert.Equal("There is no document [Great plans]. Similar: The great plan.", await Tool.CallAsync(null, ("document", "Great plans")));
    }
}
