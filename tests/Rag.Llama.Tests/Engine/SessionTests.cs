namespace Rag.Llama.Tests.Engine;

public sealed class SessionTests
{
    private const string Document = "Once upon a time there was a big dog. He was very happy. He liked to run in the park with his friend Tom.";

    [Fact]
    public async Task Saved_beginning_is_not_read_again_by_another_engine_and_the_text_is_the_same()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        var path = TestModels.Write("beginning.kv", _ => { });
        var tokens = model.Vocabulary.Tokenize(Document, addSpecial: true);
        string expected;
        using (var first = new LlamaEngine(model, new() { Context = TestModels.OneThread }))
        {
            expected = (await first.RunAsync(first.Request($"{Document} One day"))).Text;
            await first.SaveBeginningAsync(tokens, path, TestContext.Current.CancellationToken);
        }

        using var second = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var loaded = await second.LoadBeginningAsync(path, TestContext.Current.CancellationToken);
        var (text, result) = await second.RunAsync(second.Request($"{Document} One day"));

        Assert.Equal(tokens, loaded.ToArray());
        Assert.Equal(expected, text);
        Assert.InRange(result.CachedTokens, tokens.Length - 1, tokens.Length);
    }

    [Fact]
    public async Task Damaged_or_foreign_file_is_refused_with_its_reason()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var path = TestModels.Write("damaged.kv", _ => { });
        await engine.SaveBeginningAsync(model.Vocabulary.Tokenize("the theory of everything and of nothing"), path, TestContext.Current.CancellationToken);
        var bytes = File.ReadAllBytes(path);
        var foreign = await TestModels.LoadAsync(TestModels.Write("foreign.gguf", p => Rag.Testing.Gguf.TinyModels.SaveLlama(p, new() { Seed = 9 })));
        using var other = new LlamaEngine(foreign, new() { Context = TestModels.OneThread });

        Assert.Contains("another model", await RefusalAsync(other, bytes), StringComparison.Ordinal);
        Assert.Contains("no saved beginning", await RefusalAsync(engine, bytes[..40]), StringComparison.Ordinal);
        foreach (var at in new[] { 60, bytes.Length / 2, bytes.Length - 1 })
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            Assert.Contains("damaged", await RefusalAsync(engine, changed), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Beginning_larger_than_the_context_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var large = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        using var small = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 } });
        var path = TestModels.Write("large.kv", _ => { });
        await large.SaveBeginningAsync(Enumerable.Repeat(260, 600).ToArray(), path, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<LlamaException>(() => small.LoadBeginningAsync(path, TestContext.Current.CancellationToken));

        Assert.Contains("600 tokens", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CacheType.Q8)]
    [InlineData(CacheType.Q4)]
    public async Task Quantised_cache_generates(CacheType type)
    {
        using var model = await TestModels.LoadAsync(TestModels.Write("wide.gguf", p => Rag.Testing.Gguf.TinyModels.SaveLlama(p, new() { Width = 128, Heads = 2, KeyValueHeads = 2, Context = 512 })));
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 512, Cache = type, FlashAttention = true } });

        Assert.Equal(16, (await engine.RunAsync(engine.Request("the theory", 16))).Result.Tokens);
    }

    private static async Task<string> RefusalAsync(LlamaEngine engine, byte[] bytes)
    {
        var path = TestModels.Write("refused.kv", p => File.WriteAllBytes(p, bytes));
        return (await Assert.ThrowsAsync<LlamaException>(() => engine.LoadBeginningAsync(path, TestContext.Current.CancellationToken))).Message;
    }
}
