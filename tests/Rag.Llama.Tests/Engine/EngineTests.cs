using Rag.Llama.Decoding;
using Rag.Llama.Engine;
using Rag.Llama.Grammars;

namespace Rag.Llama.Tests.Engine;

public sealed class EngineTests
{
    private static readonly string[] Prompts = ["Once upon a time", "One day, a little girl named", "The dog ran", "Tom had a red ball and", "In the park there was", "Lily and Ben", "She said", "It was a sunny day"];

    [Fact]
    public async Task Greedy_text_is_the_reference_engines()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });

        var (text, result) = await engine.RunAsync(engine.Request("Once upon a time", 64));

        Assert.Equal(", there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big, red ball. She wanted to play with it, but it was too high.\nLily's mom said", text);
        Assert.Equal((FinishCause.Length, 5, 64), (result.Cause, result.PromptTokens, result.Tokens));
    }

    [Fact]
    public async Task Texts_written_together_are_those_written_alone()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        var alone = new List<string>();
        using (var single = new LlamaEngine(model, new() { Context = TestModels.OneThread, Slots = 1, KeptBeginnings = 0 }))
        {
            foreach (var prompt in Prompts)
            {
                alone.Add((await single.RunAsync(single.Request(prompt))).Text);
            }
        }

        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread, Slots = 3 });
        var together = await Task.WhenAll(Prompts.Select(p => engine.RunAsync(engine.Request(p))));

        Assert.Equal(alone, together.Select(t => t.Text));
    }

    [Fact]
    public async Task Seed_repeats_its_text_and_another_seed_gives_another()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("Once upon a time") with { Sampling = new() { Temperature = 1, Seed = 1 } };

        var texts = await Task.WhenAll(Enumerable.Range(1, 4).Select(seed => engine.RunAsync(request with { Sampling = request.Sampling with { Seed = (uint)seed } })));
        var again = await engine.RunAsync(request);

        Assert.Equal(texts[0].Text, again.Text);
        Assert.True(texts.Select(t => t.Text).Distinct().Count() >= 3);
        Assert.Equal(1u, again.Result.Seed);
    }

    [Fact]
    public async Task Seed_that_was_chosen_for_a_request_is_told_and_repeats_it()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("Once upon a time") with { Sampling = new() { Temperature = 1 } };

        var first = await engine.RunAsync(request);
        var again = await engine.RunAsync(request with { Sampling = request.Sampling with { Seed = first.Result.Seed } });

        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task Prompt_longer_than_a_batch_is_read_in_parts_to_the_same_text()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        var prompt = string.Join(' ', Enumerable.Repeat("Once upon a time there was a little dog.", 12));
        using var whole = new LlamaEngine(model, new() { Context = TestModels.OneThread with { BatchSize = 512 } });
        using var parts = new LlamaEngine(model, new() { Context = TestModels.OneThread with { BatchSize = 32 } });

        var expected = await whole.RunAsync(whole.Request(prompt));
        var actual = await parts.RunAsync(parts.Request(prompt));

        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal((1, 5), (expected.Result.StepsToFirstToken, actual.Result.StepsToFirstToken));
    }

    [Fact]
    public async Task Stop_text_ends_the_generation_and_is_left_out()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });

        var (text, result) = await engine.RunAsync(engine.Request("Once upon a time", 64) with { Stop = ["named Lily. She"] });

        Assert.Equal((", there was a little girl ", FinishCause.StopText), (text, result.Cause));
    }

    [Fact]
    public async Task Cancelled_request_throws_and_leaves_the_others_as_they_are()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        using var cancellation = new CancellationTokenSource();
        var other = engine.RunAsync(engine.Request("Once upon a time", 64));

        var cancelled = Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in engine.GenerateAsync(engine.Request("The dog ran", 500), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        await cancelled;
        Assert.StartsWith(", there was a little girl named Lily.", (await other).Text, StringComparison.Ordinal);
        Assert.Equal(0, engine.ActiveCount);
    }

    [Fact]
    public async Task Token_log_probabilities_and_alternatives_come_with_the_text_when_asked_for()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var tokens = new List<SampledToken>();

        await foreach (var update in engine.GenerateAsync(engine.Request("Once upon a time", 20) with { Alternatives = 3 }, TestContext.Current.CancellationToken))
        {
            tokens.AddRange(update is GenerationUpdate.Piece piece ? piece.Tokens : []);
        }

        Assert.Equal(20, tokens.Count);
        Assert.All(tokens, t => Assert.Equal((t.Token, 3), (t.Alternatives[0].Token, t.Alternatives.Count)));
        Assert.All(tokens, t => Assert.InRange(t.LogProbability!.Value, -20, 0));
    }

    [Fact]
    public async Task Grammar_holds_and_the_text_ends_with_it()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var grammar = Grammar.Parse("root ::= \"{\\\"n\\\":\" [1-9] [0-9]{0,3} \"}\"");

        var texts = await Task.WhenAll(Enumerable.Range(0, 6).Select(seed =>
            engine.RunAsync(engine.Request("Once") with { Grammar = new(grammar), Sampling = new() { Temperature = 1, Seed = (uint)seed } })));

        Assert.All(texts, t => Assert.Matches("^\\{\"n\":[1-9][0-9]{0,3}\\}$", t.Text));
        Assert.All(texts, t => Assert.Equal(FinishCause.End, t.Result.Cause));
    }

    [Fact]
    public async Task Grammar_with_a_trigger_holds_behind_it_only()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });

        var (text, _) = await engine.RunAsync(engine.Request("Once upon a time", 40) with { Grammar = new(Grammar.Parse("root ::= \" <\" [0-9]{3} \">\""), "little girl", Repeats: true) });

        Assert.Matches("^, there was a little girl <[0-9]{3}>.+", text);
    }
}
