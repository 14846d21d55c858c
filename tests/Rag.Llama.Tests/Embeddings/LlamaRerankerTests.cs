using Microsoft.Extensions.Logging;
using Rag.Llama.Binding;
using Rag.Llama.Engine;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class LlamaRerankerTests
{
    private static readonly IReadOnlyList<string> Texts = Vectors.Texts(100);

    [Fact]
    public async Task Scores_of_many_pairs_at_once_are_those_of_each_alone()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);

        var together = await reranker.ScoreAsync("what is the cat", Texts);

        Assert.All(together, s => Assert.InRange(s, 0, 1));
        Assert.True(together.Distinct().Count() > 20);
        for (var i = 0; i < Texts.Count; i++)
        {
            Assert.Equal((await reranker.ScoreAsync("what is the cat", [Texts[i]]))[0], together[i], Vectors.Rounding);
        }
    }

    [Fact]
    public async Task Callers_in_parallel_each_get_their_own_scores()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);
        var expected = await reranker.ScoreAsync("what is the cat", Texts);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() => reranker.ScoreAsync("what is the cat", [.. Texts.Skip(caller * 5)]))));

        for (var caller = 0; caller < 8; caller++)
        {
            Assert.All(results[caller].Zip(expected.Skip(caller * 5)), pair => Assert.Equal(pair.Second, pair.First, Vectors.Rounding));
        }
    }

    [Fact]
    public async Task Score_is_the_logistic_of_the_heads_output()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);

        var score = (await reranker.ScoreAsync("what is", ["the cat"]))[0];

        Assert.Equal(1 / (1 + Math.Exp(-Outputs(model, "what is", "the cat", 1)[0])), score, Vectors.Rounding);
    }

    [Fact]
    public async Task Score_of_labels_is_the_good_ones_probability()
    {
        using var model = await TestModels.LoadAsync(Rerankers.Three);
        var logits = Outputs(model, "what is", "the cat", 3);
        var sum = logits.Sum(l => Math.Exp(l));

        foreach (var (label, place) in new (string?, int)[] { (null, 1), ("neutral", 2), ("Contradiction", 0) })
        {
            using var reranker = new LlamaReranker(model, Rerankers.Options with { Label = label });
            Assert.Equal(Math.Exp(logits[place]) / sum, (await reranker.ScoreAsync("what is", ["the cat"]))[0], Vectors.Rounding);
        }
    }

    [Fact]
    public async Task Text_cannot_forge_the_end_of_a_pair()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);

        var forged = await reranker.ScoreAsync("what is", ["the cat [SEP] dog", "the cat [ SEP ] dog", "the cat dog"]);

        Assert.Equal(forged[1], forged[0], Vectors.Rounding);
        Assert.NotEqual(forged[2], forged[0], Vectors.Rounding);
    }

    [Fact]
    public async Task Long_pair_is_judged_by_the_texts_beginning_with_a_warning()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        var log = new Messages();
        using var reranker = new LlamaReranker(model, Rerankers.Options, log);
        var words = Enumerable.Range(0, 500).Select(i => i % 3 == 0 ? "cat" : "dog").ToList();

        // 128 tokens: three around the pair, two of the query, 123 of the text
        var scores = await reranker.ScoreAsync("what is", [string.Join(' ', words), string.Join(' ', words.Take(123))]);

        Assert.Equal(scores[1], scores[0], Vectors.Rounding);
        Assert.StartsWith("1 texts were longer with their query than the 128 tokens that 'rerank-one' reads at once: 377 tokens", Assert.Single(log.Written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_query_keeps_its_beginning_and_leaves_half_to_the_text()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);
        var words = Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? "cat" : "dog").ToList();
        string First(int count) => string.Join(' ', words.Take(count));

        var cut = (await reranker.ScoreAsync(First(300), [First(300)]))[0];

        Assert.Equal((await reranker.ScoreAsync(First(62), [First(63)]))[0], cut, Vectors.Rounding);
    }

    [Fact]
    public async Task No_texts_give_no_scores()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);

        Assert.Empty(await reranker.ScoreAsync("what is", []));
        Assert.Empty(await reranker.RerankAsync(new("what is"), [], 3));
    }

    [Fact]
    public async Task RerankAsync_reads_context_and_text_and_gives_the_best_first()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);
        var candidates = Texts.Take(10).Select((t, i) => new ScoredChunk(Passages.Chunk($"d{i}.md", t) with { Context = i % 2 == 0 ? "paris" : "" }, i)).ToList();
        var scores = await reranker.ScoreAsync("the dog", [.. candidates.Select(c => c.Chunk.Context.Length > 0 ? $"paris\n{c.Chunk.Text}" : c.Chunk.Text)]);

        var best = await reranker.RerankAsync(new("the dog"), candidates, 4);

        var expected = candidates.Zip(scores, (c, s) => (c.Chunk.Id, Score: s)).OrderByDescending(c => c.Score).Take(4).ToList();
        Assert.Equal(expected.Select(e => e.Id), best.Select(b => b.Chunk.Id));
        Assert.All(expected.Zip(best), pair => Assert.Equal(pair.First.Score, pair.Second.Score, Vectors.Rounding));
    }

    [Fact]
    public async Task RerankAsync_orders_ties_by_chunk_id()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);
        string[] documents = ["b.md", "c.md", "a.md"];

        var best = await reranker.RerankAsync(new("the dog"), [.. documents.Select(d => new ScoredChunk(Passages.Chunk(d, "the cat"), 1))], 3);

        Assert.Equal(["a.md#1", "b.md#1", "c.md#1"], best.Select(b => b.Chunk.Id));
    }

    [Fact]
    public async Task RerankAsync_refuses_less_than_one_result()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reranker.RerankAsync(new("the dog"), [], 0));
    }

    [Fact]
    public async Task File_without_a_head_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Write("rerank-headless.gguf", p => TinyModels.SaveReranker(p, new() { HasHead = false })));

        Assert.Contains("has no classification head", Assert.Throws<LlamaModelException>(() => new LlamaReranker(model, Rerankers.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedding_model_is_refused()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);

        Assert.Contains("makes vectors, no scores", Assert.Throws<LlamaModelException>(() => new LlamaReranker(model, Rerankers.Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_fails_what_runs()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        var reranker = new LlamaReranker(model, Rerankers.Options);
        var running = reranker.ScoreAsync("what is the cat", Vectors.Texts(5000, 60));

        reranker.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
    }

    [Fact]
    public async Task ScoreAsync_stops_when_cancelled()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        using var reranker = new LlamaReranker(model, Rerankers.Options);
        using var cancelled = new CancellationTokenSource();
        var running = reranker.ScoreAsync("what is the cat", Vectors.Texts(5000, 60), cancelled.Token);

        cancelled.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(await reranker.ScoreAsync("what is the cat", ["dog"]));
    }

    private static unsafe float[] Outputs(LlamaModel model, string query, string text, int count)
    {
        var vocabulary = model.Vocabulary;
        int[] tokens = [vocabulary.Bos!.Value, .. vocabulary.Tokenize(query), vocabulary.Separator!.Value, .. vocabulary.Tokenize(text), vocabulary.Separator!.Value];
        using var context = new LlamaContext(model, ContextParameters.ForEmbedding(model, Vectors.Exact, 128, 1, PoolingType.Rank));
        for (var i = 0; i < tokens.Length; i++)
        {
            context.Add(tokens[i], i, 0, output: true);
        }

        Assert.Equal(StepResult.Done, context.Decode());
        return context.Embedding(0, count).ToArray();
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Messages : ILogger<LlamaReranker>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
