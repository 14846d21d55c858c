using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class PassagePackerTests
{
    [Theory]
    [InlineData(PassageOrder.BestFirst, 5, "12345")]
    [InlineData(PassageOrder.BestAtEnds, 5, "13542")]
    [InlineData(PassageOrder.BestAtEnds, 4, "1342")]
    [InlineData(PassageOrder.BestAtEnds, 1, "1")]
    [InlineData(PassageOrder.BestAtEnds, 0, "")]
    public void Passages_are_numbered_in_the_order_they_are_given(PassageOrder order, int count, string expected)
    {
        ScoredChunk[] chunks = [.. Enumerable.Range(1, count).Select(i => new ScoredChunk(new($"d{i}#0", $"d{i}", $"{i}", new(0, 1)), 10 - i))];

        var passages = PassagePacker.Pack(chunks, new ApproximateTokenCounter(), 100, order);

        Assert.Equal(expected, string.Concat(passages.Select(p => p.Chunk.Text)));
        Assert.Equal(Enumerable.Range(1, count), passages.Select(p => p.Number));
    }

    [Fact]
    public async Task Citations_fit_the_order()
    {
        var found = ScriptedRetriever.Finding(Passages.Of("The ferry leaves at noon.", "It carries 40 cars.", "The crane is yellow."));

        var answer = await new RagPipeline(found, ScriptedAnswerGenerator.Saying("It carries 40 cars. [3]"), options: new() { Order = PassageOrder.BestAtEnds }).AskAsync("How many cars?");

        AnswerContract.Check(answer);
        Assert.Equal(("doc2.md", "It carries 40 cars."), (answer.Citations[0].Chunk.DocumentId, answer.Citations[0].Quote));
    }

    [Fact]
    public void Known_passages_keep_their_numbers_and_the_others_go_on_behind_them()
    {
        ScoredChunk[] found = [.. Enumerable.Range(1, 4).Select(i => new ScoredChunk(new($"d{i}#0", $"d{i}", $"{i}", new(0, 1)), 10 - i)), new(new("d1#0", "d1", "1", new(0, 1)), 1)];
        Passage[] known = [new(7, found[2].Chunk, 1), new(5, found[0].Chunk, 1), new(7, found[2].Chunk, 2), new(3, new("d2#0", "d2", "of before", new(0, 9)), 1)];

        var passages = PassagePacker.Pack(found, new ApproximateTokenCounter(), 100, known: known);

        Assert.Equal([5, 8, 7, 9, 10], passages.Select(p => p.Number)); // no number twice, though the retriever found one twice
    }
}
