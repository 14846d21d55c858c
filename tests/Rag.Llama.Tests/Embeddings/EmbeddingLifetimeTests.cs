using System.Diagnostics.Metrics;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class EmbeddingLifetimeTests
{
    [Fact]
    public async Task Cancelled_caller_does_not_disturb_the_others()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);
        using var cancelled = new CancellationTokenSource();
        var texts = Vectors.Texts(5);
        var expected = await generator.GenerateAsync(texts);

        var abandoned = generator.GenerateAsync(Vectors.Texts(3000, 60), cancellationToken: cancelled.Token);
        var kept = generator.GenerateAsync(texts);
        cancelled.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.All((await kept).Zip(expected), pair => Vectors.AssertNear(pair.Second.Vector, pair.First.Vector));
        Assert.Equal(5, (await generator.GenerateAsync(texts)).Count);
    }

    [Fact]
    public async Task GenerateAsync_throws_at_once_when_cancelled_before()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(["cat"], cancellationToken: new(canceled: true)));
    }

    [Fact]
    public async Task Dispose_fails_what_runs()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);
        var running = generator.GenerateAsync(Vectors.Texts(5000, 60));

        generator.Dispose();
        generator.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => generator.GenerateAsync(["cat"]));
    }

    [Fact]
    public async Task Dispose_of_the_model_leaves_the_generator_working()
    {
        var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        model.Dispose();

        Assert.Equal(64, (await generator.VectorAsync("cat")).Length);
    }

    [Fact]
    public async Task Cached_text_is_not_read_again()
    {
        var path = TestModels.Write("vectors-cached.gguf", p => TinyModels.SaveEmbedding(p));
        var steps = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == "rag.llama.steps")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var tag in tags)
            {
                Interlocked.Add(ref steps, tag.Value as string == "vectors-cached" ? count : 0);
            }
        });
        listener.Start();
        using var model = await TestModels.LoadAsync(path);
        var cache = new EmbeddingCache(10);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options with { Cache = cache });
        var first = await generator.GenerateAsync(["the cat", "dog"]);
        Assert.Equal(1, Interlocked.Read(ref steps));

        var second = await generator.GenerateAsync(["dog", "the cat"]);

        Assert.Equal(1, Interlocked.Read(ref steps));
        Assert.Equal((2L, 7L, 7L), (cache.Hits, second.Usage!.InputTokenCount, second.Usage.CachedInputTokenCount));
        Assert.Equal(first[0].Vector.ToArray(), second[1].Vector.ToArray());
        Assert.Equal(first[1].Vector.ToArray(), second[0].Vector.ToArray());
    }

    [Fact]
    public async Task Cache_serves_every_length_of_vector()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        var cache = new EmbeddingCache(10);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options with { Cache = cache });
        var whole = await generator.VectorAsync("the cat");

        var cut = await generator.VectorAsync("the cat", dimensions: 8);

        Assert.Equal((1L, 1), (cache.Hits, cache.Count));
        Assert.Equal(8, cut.Length);
        Assert.Equal(64, whole.Length);
    }
}
