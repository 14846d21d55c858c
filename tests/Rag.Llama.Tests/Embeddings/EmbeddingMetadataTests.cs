using Microsoft.Extensions.AI;
using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class EmbeddingMetadataTests
{
    [Fact]
    public async Task Metadata_name_provider_model_and_dimensions()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;

        Assert.Equal(("llama.cpp", "vectors-mean (mean, split at 128)", 64), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Equal(metadata.DefaultModelId, (await generator.GenerateAsync(["cat"]))[0].ModelId);
    }

    [Fact]
    public async Task Name_tells_apart_what_makes_other_vectors()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        LlamaEmbeddingOptions[] all =
        [
            Vectors.Options,
            Vectors.Options with { Pooling = GgufPooling.Cls },
            Vectors.Options with { LongText = LongText.Truncate },
            Vectors.Options with { Prompts = new("", "a: ") },
            Vectors.Options with { Context = Vectors.Exact with { Size = 64 } },
            Vectors.Options with { Dimensions = 32 },
        ];

        var names = all.Select(options =>
        {
            using var generator = new LlamaEmbeddingGenerator(model, options);
            var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
            return $"{metadata.DefaultModelId} {metadata.DefaultModelDimensions}";
        });

        Assert.Equal(all.Length, names.Distinct().Count());
    }

    [Fact]
    public async Task Generation_model_without_pooling_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        var refusal = Assert.Throws<LlamaModelException>(() => new LlamaEmbeddingGenerator(model, Vectors.Options));

        Assert.Contains("name the pooling that this one was trained with in LlamaEmbeddingOptions.Pooling: Mean, Cls, Last.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reranker_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Write("vectors-rank.gguf", p => TinyModels.SaveReranker(p)));

        var refusal = Assert.Throws<LlamaModelException>(() => new LlamaEmbeddingGenerator(model, Vectors.Pooled(GgufPooling.Mean)));

        Assert.Contains("is a re-ranker", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GgufPooling.None)]
    [InlineData(GgufPooling.Rank)]
    public void Pooling_that_makes_no_vector_is_refused(GgufPooling pooling) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LlamaEmbeddingOptions { Pooling = pooling });

    [Fact]
    public void Dimensions_are_at_least_one() => Assert.Throws<ArgumentOutOfRangeException>(() => new LlamaEmbeddingOptions { Dimensions = 0 });
}
