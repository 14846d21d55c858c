using Rag.Llama.Engine;

namespace Rag.Llama.Tests.Engine;

public sealed class SchedulingTests
{
    [Fact]
    public async Task Short_request_is_answered_within_three_steps_while_long_prompts_are_read()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 4096, BatchSize = 128 }, KeptBeginnings = 0 });
        var random = new Random(7);
        var longOnes = Enumerable.Range(0, 7)
            .Select(_ => engine.RunAsync(new(Enumerable.Range(0, 480).Select(_ => random.Next(259, 500)).ToArray()) { MaxTokens = 4 }))
            .ToList();

        var (_, result) = await engine.RunAsync(engine.Request("Once upon a time", 8));

        Assert.InRange(result.StepsToFirstToken, 1, 3);
        Assert.All(await Task.WhenAll(longOnes), r => Assert.InRange(r.Result.Tokens, 1, 4));
    }

    [Fact]
    public async Task Requests_that_do_not_fit_together_wait_for_each_other_and_lose_nothing()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var roomy = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 2048 } });
        using var tight = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 } });
        string[] prompts = ["Once upon a time", "The dog ran", "Lily and Ben", "Tom had a red ball and"];

        var expected = await Task.WhenAll(prompts.Select(p => roomy.RunAsync(roomy.Request(p, 120))));
        var actual = await Task.WhenAll(prompts.Select(p => tight.RunAsync(tight.Request(p, 120))));

        Assert.Equal(expected.Select(e => e.Text), actual.Select(a => a.Text));
    }

    [Fact]
    public async Task Full_context_ends_the_text_with_length()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 } });

        var (_, result) = await engine.RunAsync(Endless(engine, 1000));

        Assert.Equal((FinishCause.Length, 256), (result.Cause, result.PromptTokens + result.Tokens - 1));
    }

    [Fact]
    public async Task Sliding_context_goes_on_beyond_its_size()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 } });

        var (_, result) = await engine.RunAsync(Endless(engine, 1000) with { Overflow = ContextOverflow.Slide });

        Assert.Equal((FinishCause.Length, 1000), (result.Cause, result.Tokens));
    }

    [Fact]
    public async Task Request_beyond_the_queue_limit_is_refused_and_the_others_are_served()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread, Slots = 2, QueueLimit = 10 });
        var results = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async _ =>
        {
            try
            {
                await engine.RunAsync(engine.Request("the", 4));
                return 1;
            }
            catch (LlamaBusyException e)
            {
                Assert.Equal(10, e.QueueLimit);
                return 0;
            }
        }));

        Assert.InRange(results.Sum(), 12, 9_999);
        Assert.Equal((0, 0), (engine.ActiveCount, engine.WaitingCount));
    }

    [Fact]
    public async Task Prompt_longer_than_the_context_is_refused_with_both_lengths()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256 } });

        var refusal = Assert.Throws<PromptTooLongException>(() => engine.GenerateAsync(new(new int[300])));

        Assert.Equal((300, 256), (refusal.PromptTokens, refusal.ContextSize));
    }

    [Fact]
    public async Task Engine_that_is_disposed_fails_its_requests_and_takes_no_more()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var running = engine.RunAsync(Endless(engine, 900));

        await engine.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        Assert.Throws<ObjectDisposedException>(() => engine.GenerateAsync(engine.Request("the")));
    }

    [Fact]
    public async Task Model_that_is_disposed_stays_until_its_engine_is()
    {
        var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("the");
        model.Dispose();

        Assert.Equal(32, (await engine.RunAsync(request)).Result.Tokens);
    }

    [Fact]
    public async Task Context_larger_than_the_machines_memory_is_refused_with_both_sizes()
    {
        using var model = await TestModels.LoadAsync(TestModels.Write("large-heads.gguf", p => Rag.Testing.Gguf.TinyModels.SaveLlama(p, new() { Width = 1024, Heads = 4, KeyValueHeads = 4, Layers = 4, FeedForward = 64 })));

        var refusal = Assert.Throws<LlamaException>(() => new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 1_000_000_000 } }));

        Assert.Contains("MiB", refusal.Message, StringComparison.Ordinal);
    }

    private static GenerationRequest Endless(LlamaEngine engine, int tokens) =>
        engine.Request("the theory of", tokens) with { Sampling = new() { Temperature = 0, LogitBias = engine.Model.Vocabulary.EndTokens.ToDictionary(t => t, _ => float.NegativeInfinity) } };
}
