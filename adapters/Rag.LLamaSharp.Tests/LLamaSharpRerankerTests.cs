using System.Text;
using LLama.Native;
using Rag.Retrieval;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.LLamaSharp.Tests;

public sealed class LLamaSharpRerankerContractTests : RerankerContract, IDisposable
{
    private readonly LLamaSharpReranker _reranker = new(TestWeights.Reranker, TestWeights.Parameters);

    public void Dispose() => _reranker.Dispose();

    protected override IReranker Create() => _reranker;
}

public sealed class LLamaSharpRerankerTests
{
    [Fact]
    public async Task Score_is_the_logistic_of_the_heads_output_for_the_pair()
    {
        using var reranker = new LLamaSharpReranker(TestWeights.Reranker, TestWeights.Parameters with { BatchSize = 128 });
        var texts = TestWeights.Texts(40);

        var found = await reranker.RerankAsync(new("what is the capital of france"), [.. texts.Select(t => Candidate(t))], 100, TestContext.Current.CancellationToken);

        Assert.Equal(texts.Count, found.Count);
        Assert.All(found, f => Assert.Equal(Score([2, .. Tokens("what is the capital of france"), 3, .. Tokens(f.Chunk.Text), 3]), f.Score, 5e-5)); // other pairs of the batch change the rounding
        Assert.True(found[0].Score - found[^1].Score > 1e-3, "the model tells the texts apart");
    }

    [Fact]
    public async Task Librarys_own_reranker_still_begins_the_text_with_another_start_token()
    {
        using var theirs = new LLama.LLamaReranker(TestWeights.Reranker, TestWeights.Parameters with { PoolingType = LLamaPoolingType.Rank });

        var (score, tokens) = await theirs.GetRelevanceScoreWithTokenCount("cat", "dog", normalize: true, TestContext.Current.CancellationToken);

        // once this fails, the library's may do
        Assert.Equal(6, tokens);
        Assert.Equal(Score([2, .. Tokens("cat"), 3, 2, .. Tokens("dog"), 3]), score, 1e-5);
        Assert.NotEqual(Score([2, .. Tokens("cat"), 3, .. Tokens("dog"), 3]), score, 1e-4);
    }

    [Fact]
    public async Task Librarys_own_reranker_still_fails_where_texts_are_more_than_a_batch()
    {
        using var theirs = new LLama.LLamaReranker(TestWeights.Reranker, TestWeights.Parameters with { PoolingType = LLamaPoolingType.Rank });

        await Assert.ThrowsAsync<ArgumentException>(() => theirs.GetRelevanceScores("cat", TestWeights.Texts(40), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Context_of_a_chunk_is_read_before_its_text()
    {
        using var reranker = new LLamaSharpReranker(TestWeights.Reranker, TestWeights.Parameters);

        var found = await reranker.RerankAsync(new("cat"), [Candidate("dog") with { Chunk = Candidate("dog").Chunk with { Context = "paris" } }], 1, TestContext.Current.CancellationToken);

        Assert.Equal(Score([2, .. Tokens("cat"), 3, .. Tokens("paris"), .. Tokens("dog"), 3]), found[0].Score, 1e-5);
    }

    [Fact]
    public async Task Long_pair_loses_the_texts_end_and_a_query_of_more_than_half_its_own()
    {
        using var reranker = new LLamaSharpReranker(TestWeights.Reranker, TestWeights.Parameters with { BatchSize = 23 });
        var cats = Enumerable.Repeat(Tokens("cat")[0], 30).ToArray();
        var dogs = Enumerable.Repeat(Tokens("dog")[0], 30).ToArray();
        async Task<double> ScoreAsync(int ofCats, int ofDogs) =>
            (await reranker.RerankAsync(new(Repeat("cat", ofCats)), [Candidate(Repeat("dog", ofDogs))], 1, TestContext.Current.CancellationToken))[0].Score;

        Assert.Equal(Score([2, .. cats[..5], 3, .. dogs[..15], 3]), await ScoreAsync(5, 30), 1e-5);
        Assert.Equal(Score([2, .. cats[..10], 3, .. dogs[..10], 3]), await ScoreAsync(30, 30), 1e-5);
        Assert.Equal(Score([2, .. cats[..18], 3, .. dogs[..2], 3]), await ScoreAsync(30, 2), 1e-5);
    }

    [Fact]
    public void What_gives_no_single_score_is_refused()
    {
        using var labelled = TestWeights.Load(TestWeights.Write("labels.gguf", p => TinyModels.SaveReranker(p, new() { Labels = ["no", "yes"] })));

        Assert.Contains("is no re-ranker", Assert.Throws<NotSupportedException>(() => new LLamaSharpReranker(TestWeights.Embedding, TestWeights.Parameters)).Message, StringComparison.Ordinal);
        Assert.Contains("is no re-ranker", Assert.Throws<NotSupportedException>(() => new LLamaSharpReranker(TestWeights.Chat, TestWeights.Parameters)).Message, StringComparison.Ordinal);
        Assert.Contains("gives 2 outputs", Assert.Throws<NotSupportedException>(() => new LLamaSharpReranker(labelled, TestWeights.Parameters)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LLamaSharpReranker(TestWeights.Reranker, TestWeights.Parameters with { BatchSize = 5 }));
    }

    private static string Repeat(string word, int count) => string.Join(' ', Enumerable.Repeat(word, count));

    private static ScoredChunk Candidate(string text) => new(new($"{text}#0", text, text, new(0, text.Length)), 0);

    private static LLamaToken[] Tokens(string text) => TestWeights.Reranker.Tokenize(text, false, false, Encoding.UTF8);

    // One pair in a context of its own.
    private static double Score(LLamaToken[] pair)
    {
        using var context = TestWeights.Reranker.CreateContext(TestWeights.Parameters with { Embeddings = true, PoolingType = LLamaPoolingType.Rank, SeqMax = 1 });
        var batch = new LLamaBatch();
        batch.AddRange(pair, 0, LLamaSeqId.Zero, logitsLast: true);
        Assert.Equal(DecodeResult.Ok, context.Decode(batch));
        return 1 / (1 + Math.Exp(-context.NativeHandle.GetEmbeddingsSeq(LLamaSeqId.Zero)[0]));
    }
}
