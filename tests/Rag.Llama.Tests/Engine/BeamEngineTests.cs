using Rag.Llama.Decoding;
using Rag.Llama.Engine;

namespace Rag.Llama.Tests.Engine;

public sealed class BeamEngineTests
{
    [Fact]
    public async Task Beams_are_those_of_a_search_that_reads_every_text_anew()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var options = new BeamSearchOptions { Width = 3, Best = 3, MaxTokens = 16 };
        var prompt = model.Vocabulary.Tokenize("Once upon a time", addSpecial: true);
        using var source = new EngineLogits(model);

        var (text, result) = await engine.RunAsync(new(prompt) { Beams = options });
        var expected = new Decoder(source, model.Vocabulary.EndTokens.Contains).Search(prompt, options);

        Assert.Equal(expected.Select(h => Text(model, h)), result.Best.Select(b => b.Text));
        Assert.Equal(expected[0].LogProbability, result.Best[0].LogProbability, 0.02);
        Assert.Equal(result.Best[0].Text, text);
    }

    [Fact]
    public async Task Beam_of_width_one_is_greedy()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var request = engine.Request("The dog ran", 24);

        var beam = await engine.RunAsync(request with { Beams = new() { Width = 1 } });
        var greedy = await engine.RunAsync(request);

        Assert.Equal(greedy.Text, beam.Text);
        Assert.Equal(greedy.Result.Tokens, beam.Result.Tokens);
    }

    [Fact]
    public async Task Beam_search_beside_sampled_texts_disturbs_neither()
    {
        using var model = await TestModels.LoadAsync(TestModels.Stories());
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread });
        var beams = engine.Request("One day, a little girl named", 20) with { Beams = new() { Width = 4 } };
        var sampled = engine.Request("Once upon a time", 40);
        var alone = (Beam: (await engine.RunAsync(beams)).Text, Sampled: (await engine.RunAsync(sampled)).Text);

        var together = await Task.WhenAll(engine.RunAsync(beams), engine.RunAsync(sampled), engine.RunAsync(beams));

        Assert.Equal([alone.Beam, alone.Sampled, alone.Beam], together.Select(t => t.Text));
    }

    [Fact]
    public async Task Beam_searches_whose_prompts_do_not_fit_together_wait_for_each_other()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread with { Size = 256, BatchSize = 64 } });
        var requests = Enumerable.Range(0, 3)
            .Select(i => new GenerationRequest(Enumerable.Range(0, 180).Select(t => 259 + ((t + i) % 90)).ToArray()) { Beams = new() { Width = 2, MaxTokens = 8 } })
            .ToList();
        var alone = new List<string>();
        foreach (var request in requests)
        {
            alone.Add((await engine.RunAsync(request)).Text);
        }

        var together = await Task.WhenAll(requests.Select(r => engine.RunAsync(r)));

        Assert.Equal(alone, together.Select(t => t.Text));
    }

    [Fact]
    public async Task Beams_wider_than_the_engines_sequences_are_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var engine = new LlamaEngine(model, new() { Context = TestModels.OneThread, Slots = 2, KeptBeginnings = 2 });

        var refusal = Assert.Throws<ArgumentException>(() => engine.GenerateAsync(engine.Request("the") with { Beams = new() { Width = 3 } }));

        Assert.Contains("needs 6 sequences, and the engine has 4", refusal.Message, StringComparison.Ordinal);
    }

    private static string Text(LlamaModel model, Hypothesis hypothesis) =>
        System.Text.Encoding.UTF8.GetString([.. hypothesis.Tokens.Where(t => !model.Vocabulary.EndTokens.Contains(t)).SelectMany(t => model.Vocabulary.PieceOf(t).ToArray())]);

    /// <summary>The obvious slow way: the whole text is read for each next token.</summary>
    private sealed class EngineLogits(LlamaModel model) : ILogitsSource, IDisposable
    {
        private readonly LlamaContext _context = new(model, ContextParameters.ForGeneration(model, TestModels.OneThread with { BatchSize = 512 }, 1));

        public int VocabularySize => model.Vocabulary.Count;

        public void Next(ReadOnlySpan<int> tokens, Span<float> logits)
        {
            _context.Clear();
            _context.Batch.Clear();
            for (var i = 0; i < tokens.Length; i++)
            {
                _context.Add(tokens[i], i, 0, i == tokens.Length - 1);
            }

            Assert.Equal(StepResult.Done, _context.Decode());
            _context.Logits(tokens.Length - 1).CopyTo(logits);
        }

        public void Dispose() => _context.Dispose();
    }
}
