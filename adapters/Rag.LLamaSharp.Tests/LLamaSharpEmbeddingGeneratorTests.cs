using System.Numerics.Tensors;
using LLama;
using LLama.Common;
using LLama.Native;
using Microsoft.Extensions.AI;
using Rag.Testing.Gguf;

namespace Rag.LLamaSharp.Tests;

public sealed class LLamaSharpEmbeddingGeneratorTests
{
    [Fact]
    public async Task Librarys_own_generator_still_throws()
    {
        using IEmbeddingGenerator<string, Embedding<float>> generator = new LLamaEmbedder(TestWeights.Embedding, TestWeights.Parameters);

        // once this fails, the library's generator may do
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["the cat"], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Vectors_are_those_of_the_librarys_embedder()
    {
        using var first = TestWeights.Load(TestWeights.Write("cls.gguf", p => TinyModels.SaveEmbedding(p, new() { ClsPooling = true })));
        (LLamaWeights Weights, ModelParams Parameters)[] models =
        [
            (TestWeights.Embedding, TestWeights.Parameters),
            (first, TestWeights.Parameters),
            (TestWeights.Chat, TestWeights.Parameters with { PoolingType = LLamaPoolingType.Last }),
            (TestWeights.Chat, TestWeights.Parameters with { PoolingType = LLamaPoolingType.Mean, SeqMax = 1 }),
        ];
        foreach (var (weights, parameters) in models)
        {
            var parametersOfSize = parameters with { BatchSize = 128, UBatchSize = 128 };
            using var generator = new LLamaSharpEmbeddingGenerator(weights, parametersOfSize);
            using var embedder = new LLamaEmbedder(weights, parametersOfSize);
            var texts = TestWeights.Texts(30);

            var vectors = await generator.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(texts.Count, vectors.Count);
            for (var i = 0; i < texts.Count; i++)
            {
                var expected = (await embedder.GetEmbeddings(texts[i], TestContext.Current.CancellationToken))[0];
                Assert.All(expected.Zip(vectors[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
                Assert.Equal(1, TensorPrimitives.Norm(vectors[i].Vector.Span), 1e-5);
            }
        }
    }

    [Fact]
    public async Task Calls_beside_each_other_get_their_own_vectors()
    {
        using var generator = new LLamaSharpEmbeddingGenerator(TestWeights.Embedding, TestWeights.Parameters);
        var texts = Enumerable.Range(0, 8).Select(seed => TestWeights.Texts(6, seed)).ToList();
        var alone = new List<GeneratedEmbeddings<Embedding<float>>>();
        foreach (var call in texts)
        {
            alone.Add(await generator.GenerateAsync(call, cancellationToken: TestContext.Current.CancellationToken));
        }

        var together = await Task.WhenAll(texts.Select(call => generator.GenerateAsync(call, cancellationToken: TestContext.Current.CancellationToken)));

        Assert.Equal(alone.SelectMany(c => c).Select(e => e.Vector.ToArray()), together.SelectMany(c => c).Select(e => e.Vector.ToArray()));
    }

    [Fact]
    public async Task Text_never_becomes_a_control_token()
    {
        using var generator = new LLamaSharpEmbeddingGenerator(TestWeights.Embedding, TestWeights.Parameters);

        var usage = (await generator.GenerateAsync(["cat [SEP] dog"], cancellationToken: TestContext.Current.CancellationToken)).Usage!;

        Assert.Equal(2 + 7, usage.InputTokenCount); // [CLS] cat [ s e p ] dog [SEP]
    }

    [Fact]
    public async Task Empty_text_has_a_vector_and_no_text_has_none()
    {
        using var generator = new LLamaSharpEmbeddingGenerator(TestWeights.Embedding, TestWeights.Parameters);

        Assert.Equal(64, (await generator.GenerateVectorAsync("", cancellationToken: TestContext.Current.CancellationToken)).Length);
        Assert.Empty(await generator.GenerateAsync([], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Text_that_is_not_read_at_once_is_refused_with_the_numbers()
    {
        using var small = new LLamaSharpEmbeddingGenerator(TestWeights.Embedding, TestWeights.Parameters);
        using var large = new LLamaSharpEmbeddingGenerator(TestWeights.Embedding, TestWeights.Parameters with { BatchSize = 512 });

        Assert.Equal((64, 128), (small.MaxTokens, large.MaxTokens)); // the batch, and what the model has positions for
        foreach (var generator in new[] { small, large })
        {
            var text = string.Concat(Enumerable.Repeat("cat ", generator.MaxTokens - 1));
            var error = await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync([text], cancellationToken: TestContext.Current.CancellationToken));
            Assert.StartsWith($"A text has {generator.MaxTokens + 1} tokens, and 1 to {generator.MaxTokens} are read at once.", error.Message, StringComparison.Ordinal);
            Assert.Single(await generator.GenerateAsync([text[4..]], cancellationToken: TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Model_that_makes_no_vectors_is_refused()
    {
        Assert.Contains("its pooling is None", Assert.Throws<NotSupportedException>(() => new LLamaSharpEmbeddingGenerator(TestWeights.Chat, TestWeights.Parameters)).Message, StringComparison.Ordinal);
        Assert.Contains("its pooling is Rank", Assert.Throws<NotSupportedException>(() => new LLamaSharpEmbeddingGenerator(TestWeights.Reranker, TestWeights.Parameters)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_cancellation_and_disposal_are_kept()
    {
        var generator = new LLamaSharpEmbeddingGenerator(TestWeights.Embedding, TestWeights.Parameters);
        var token = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<NotSupportedException>(() => generator.GenerateAsync(["cat"], new() { Dimensions = 8 }, token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["cat"], cancellationToken: new(canceled: true)));
        Assert.Equal(64, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
        generator.Dispose();
        generator.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["cat"], cancellationToken: token));
    }
}
