using Rag.Agents.Tools;
using Rag.Retrieval;

namespace Rag.Agents.Tests.Tools;

public sealed class SearchToolTests
{
    private readonly Library _library = new();

    [Fact]
    public async Task Search_numbers_passages_for_citing()
    {
        await _library.AddAsync("Pool", "The pool holds\ntwenty connections.\n\nIt is 3 m deep.", d => d with { Pages = new([0, 20], 4) });
        await _library.AddAsync("Rain", "It rains in the pool.");
        var (run, search) = (Calls.Run(), SearchTool.Create(_library.Retriever, new Query("")));

        var first = await search.CallAsync(run, ("question", "How many connections?"));
        var second = await search.CallAsync(run, ("question", "connections of the pool, deep"));

        Assert.Equal("[1] Pool, p. 4: The pool holds twenty connections.", first);
        Assert.Equal(["[1]", "[2]", "[3]"], second.Split('\n').Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(second.Split('\n').Length, run.Passages.Count);
        await _library.AssertVerbatimAsync(run);
    }

    [Fact]
    public async Task A_long_passage_is_cut_around_its_best_sentence_and_only_that_part_can_be_cited()
    {
        await _library.AddAsync("Pool", string.Join(' ', Enumerable.Range(1, 50).Select(i => $"Sentence {i} speaks of nothing.")) + " The pool holds twenty. " + string.Join(' ', Enumerable.Range(51, 50).Select(i => $"Sentence {i} is no better.")));
        var run = Calls.Run();

        var line = await SearchTool.Create(_library.Retriever, new Query(""), maxLength: 100).CallAsync(run, ("question", "What holds twenty?"));

        var shown = Assert.Single(run.Passages).Chunk.Text;
        Assert.Contains("The pool holds twenty.", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 1, 100);
        Assert.Equal($"[1] Pool: … {shown} …", line);
        await _library.AssertVerbatimAsync(run);
    }

    [Theory]
    [InlineData("zebra")]
    [InlineData(" ")]
    public async Task Search_says_that_nothing_is_found(string question)
    {
        await _library.AddAsync("Pool", "The pool.");

        Assert.StartsWith("Nothing was found for [", await SearchTool.Create(_library.Retriever, new Query("pool")).CallAsync(null, ("question", question)));
    }

    [Fact]
    public async Task Cancellation_throws()
    {
        var cancelled = new CancellationToken(true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await SearchTool.Create(new KeywordRetriever(_library.Store), new Query("")).InvokeAsync(new() { ["question"] = "pool" }, cancelled));
    }

    [Fact]
    public void Limits_are_at_least_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SearchTool.Create(_library.Retriever, new Query(""), top: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SearchTool.Create(_library.Retriever, new Query(""), maxLength: 0));
    }
}
