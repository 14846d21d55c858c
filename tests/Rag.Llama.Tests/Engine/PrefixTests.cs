namespace Rag.Llama.Tests.Engine;

public sealed class PrefixTests
{
    private const string Document = "Once upon a time there was a big dog. He was very happy. He liked to run in the park with his friend Tom. One day, they saw a red ball and they played with it all day long.";

    [Fact]
    public async Task Beginning_that_was_read_is_not_read_again_and_the_text_is_the_same()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        using var fresh = new LlamaEngine(model, new() { Context = TestModels.OneThread, KeptBeginnings = 0 });

        await engine.RunAsync(engine.Request($"{Document} Tom said"));
        var (text, result) = await engine.RunAsync(engine.Request($"{Document} The dog was"));
        var expected = await fresh.RunAsync(fresh.Request($"{Document} The dog was"));

        Assert.Equal(expected.Text, text);
        Assert.Equal(0, expected.Result.CachedTokens);
        Assert.InRange(result.PromptTokens - result.CachedTokens, 1, 10);
    }

    [Fact]
    public async Task Conversation_is_continued_where_it_ended()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var first = await engine.RunAsync(engine.Request(Document, 20));

        var (_, result) = await engine.RunAsync(engine.Request($"{Document}{first.Text}"));

        Assert.InRange(result.PromptTokens - result.CachedTokens, 1, 3);
    }

    [Fact]
    public async Task Requests_that_come_together_read_their_common_beginning_once()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { BatchSize = 16 }, Slots = 4 });

        var results = await Task.WhenAll(new[] { " Tom", " The", " Lily", " One" }.Select(end => engine.RunAsync(engine.Request(Document + end))));

        var read = results.Sum(r => r.Result.PromptTokens - r.Result.CachedTokens);
        Assert.InRange(read, results[0].Result.PromptTokens, results[0].Result.PromptTokens + 40);
    }

    [Fact]
    public async Task Beginnings_are_given_up_when_there_are_too_many()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread, KeptBeginnings = 1, Slots = 1 });

        await engine.RunAsync(engine.Request(Document));
        await engine.RunAsync(engine.Request("A cat sat on the mat and it looked at the little bird in the tree."));
        var (_, result) = await engine.RunAsync(engine.Request(Document));

        Assert.InRange(result.CachedTokens, 0, 2);
    }

    [Fact]
    public async Task Beginnings_are_given_up_when_their_room_is_needed()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 } });
        using var fresh = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 }, KeptBeginnings = 0 });
        for (var i = 0; i < 6; i++)
        {
            await engine.RunAsync(engine.Request($"{i} {Document}", 8));
        }

        var (text, result) = await engine.RunAsync(engine.Request("Once upon a time", 200));

        Assert.Equal((await fresh.RunAsync(fresh.Request("Once upon a time", 200))).Text, text);
        Assert.Equal(200, result.Tokens);
    }
}
