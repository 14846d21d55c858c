using Rag.Retrieval;
using Rag.Retrieval.Selection;
using Rag.Testing;

namespace Rag.Core.Tests.Retrieval.Selection;

public sealed class DeduplicatingRetrieverTests
{
    private const string Ferry = "The ferry to the island leaves the old harbour at noon on every day of the week.";

    [Theory]
    [InlineData("THE FERRY to the island leaves the old harbour, at noon, on every day of the week", true)]
    [InlineData("The ferry to the island leaves the old harbour at noon on each day of the week.", true)]
    [InlineData("The ferry to the mainland leaves the new harbour at dawn on each day of the week.", false)]
    [InlineData("The ferry to the island leaves the old harbour at noon on every day of the week in 2021.", false)]
    [InlineData("", false)]
    public async Task What_says_almost_the_same_is_left_out(string other, bool left)
    {
        var found = await new DeduplicatingRetriever(new ScriptedRetriever(Hit("a", Ferry, 3), Hit("b", other, 2), Hit("c", "Cranes lift cargo.", 1))).RetrieveAsync(new("q"), 9);

        Assert.Equal(left ? [("a#0", 3d), ("c#0", 1d)] : [("a#0", 3d), ("b#0", 2d), ("c#0", 1d)], found.Select(f => (f.Chunk.Id, f.Score)));
    }

    [Fact]
    public async Task As_much_is_fetched_as_there_are_copies()
    {
        ScoredChunk[] hits = [.. Enumerable.Range(0, 100).Select(i => Hit($"d{i:000}", Ferry, 100 - i)), Hit("last", "Cranes lift cargo.", 0)];

        Assert.Equal(["d000#0", "last#0"], (await new DeduplicatingRetriever(new ScriptedRetriever(hits)).RetrieveAsync(new("q"), 2)).Select(f => f.Chunk.Id));
    }

    [Fact]
    public async Task Likeness_is_the_share_of_common_runs_of_three_words()
    {
        // Runs of "a b c d e" and "a b c d f": abc, bcd and one more each, so 2 of 4.
        IRetriever inner = new ScriptedRetriever(Hit("a", "a b c d e", 2), Hit("b", "a b c d f", 1));

        Assert.Single(await new DeduplicatingRetriever(inner, 0.5).RetrieveAsync(new("q"), 9));
        Assert.Equal(2, (await new DeduplicatingRetriever(inner, 0.51).RetrieveAsync(new("q"), 9)).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    public void Bad_arguments_are_refused(double likeness) => Assert.Throws<ArgumentOutOfRangeException>(() => new DeduplicatingRetriever(new ScriptedRetriever(), likeness));

    private static ScoredChunk Hit(string document, string text, double score) => new(new($"{document}#0", document, text, new(0, text.Length)), score);
}
