using Rag.Llama.Engine;
using Rag.Llama.Tests.Engine;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests;

public sealed class LlamaAdapterTests
{
    private static readonly string Path = TestModels.Write("adapter.gguf", p => TinyModels.SaveAdapter(p, new LlamaShape { Context = 2048 }, alpha: 64));

    [Fact]
    public async Task Adapter_changes_the_text_and_at_scale_zero_does_not()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var adapter = LlamaAdapter.Load(model, Path);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("the theory of");

        var plain = await engine.RunAsync(request);
        var adapted = await engine.RunAsync(request with { Adapters = [new(adapter)] });
        var silent = await engine.RunAsync(request with { Adapters = [new(adapter, 0)] });

        Assert.NotEqual(plain.Text, adapted.Text);
        Assert.Equal(plain.Text, silent.Text);
    }

    [Fact]
    public async Task Requests_with_different_adapters_run_beside_each_other()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var adapter = LlamaAdapter.Load(model, Path);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("the theory of");
        var variants = new[] { request, request with { Adapters = [new(adapter)] }, request with { Adapters = [new(adapter, 0.5f)] } };
        var alone = new List<string>();
        foreach (var variant in variants)
        {
            alone.Add((await engine.RunAsync(variant)).Text);
        }

        var together = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => engine.RunAsync(variants[i % 3])));

        Assert.Equal(Enumerable.Range(0, 12).Select(i => alone[i % 3]), together.Select(t => t.Text));
    }

    [Fact]
    public async Task What_was_read_with_an_adapter_is_not_used_without_it()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var adapter = LlamaAdapter.Load(model, Path);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("the theory of the relative importance of things in a sentence");

        await engine.RunAsync(request with { Adapters = [new(adapter)] });
        var (_, plain) = await engine.RunAsync(request);
        var (_, again) = await engine.RunAsync(request with { Adapters = [new(adapter)] });

        Assert.Equal(0, plain.CachedTokens);
        Assert.True(again.CachedTokens > 20);
    }

    [Fact]
    public async Task Adapter_that_is_disposed_stays_until_its_request_has_ended_and_takes_no_more()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        var adapter = LlamaAdapter.Load(model, Path);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("the theory of", 200) with { Adapters = [new(adapter)] };
        var expected = (await engine.RunAsync(request)).Text;
        var text = "";

        await foreach (var update in engine.GenerateAsync(request, TestContext.Current.CancellationToken))
        {
            text += (update as GenerationUpdate.Piece)?.Text;
            adapter.Dispose();
        }

        Assert.Equal(expected, text);
        Assert.True(adapter.Handle.IsClosed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.RunAsync(request));
        Assert.Equal(32, (await engine.RunAsync(engine.Request("the theory of"))).Result.Tokens);
    }

    [Fact]
    public async Task Adapter_of_another_model_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var other = await TestModels.LoadAsync(TestModels.Tiny);
        using var foreign = LlamaAdapter.Load(other, Path);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var wide = TestModels.Write("wide-adapter.gguf", p => TinyModels.SaveAdapter(p, new LlamaShape { Width = 128, Layers = 4 }));

        Assert.Throws<ArgumentException>(() => engine.GenerateAsync(engine.Request("the") with { Adapters = [new(foreign)] }));
        Assert.Contains("does not fit this model", Assert.Throws<LlamaException>(() => LlamaAdapter.Load(model, wide)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<LlamaException>(() => LlamaAdapter.Load(model, TestModels.Tiny));
        Assert.Throws<LlamaModelException>(() => LlamaAdapter.Load(model, "/no/adapter.gguf"));
    }
}
