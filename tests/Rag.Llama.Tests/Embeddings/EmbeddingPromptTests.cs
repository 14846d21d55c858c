using Microsoft.Extensions.AI;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class EmbeddingPromptTests
{
    private static readonly EmbeddingPrompts Prompts = new("what is ", "the ");

    [Fact]
    public async Task Prompt_stands_before_documents_and_before_queries()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var plain = new LlamaEmbeddingGenerator(model, Vectors.Options with { Prompts = EmbeddingPrompts.None });
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options with { Prompts = Prompts });

        Vectors.AssertNear(await plain.VectorAsync("the cat"), await generator.VectorAsync("cat"));
        Vectors.AssertNear(await plain.VectorAsync("what is cat"), await generator.ForQueries().VectorAsync("cat"));
    }

    [Fact]
    public async Task Prompt_of_a_known_family_is_taken_from_the_files_name()
    {
        using var model = await TestModels.LoadAsync(TestModels.Write("tiny-e5-small.gguf", p => TinyModels.SaveEmbedding(p)));
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        Assert.Equal(new EmbeddingPrompts("query: ", "passage: "), generator.Prompts);
    }

    [Fact]
    public async Task Queries_share_cache_and_services_and_outlive_their_own_disposal()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        var cache = new EmbeddingCache(10);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options with { Prompts = EmbeddingPrompts.None, Cache = cache });
        await generator.VectorAsync("cat");
        var queries = generator.ForQueries();

        queries.Dispose();
        await queries.VectorAsync("cat");

        Assert.Equal(1, cache.Hits);
        Assert.Same(generator.GetService<EmbeddingGeneratorMetadata>(), queries.GetService<EmbeddingGeneratorMetadata>());
        Assert.Same(queries, queries.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Same(generator, queries.GetService<LlamaEmbeddingGenerator>());
        Assert.Same(model, generator.GetService<LlamaModel>());
        Assert.Null(generator.GetService(typeof(LlamaModel), "key"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Context_without_room_for_a_text_is_refused(int size)
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);

        Assert.Throws<ArgumentException>(() => new LlamaEmbeddingGenerator(model, Vectors.Options with { Context = Vectors.Exact with { Size = size } }));
    }

    [Fact]
    public async Task Prompt_longer_than_half_of_what_is_read_is_refused()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);

        var refusal = Assert.Throws<ArgumentException>(() => new LlamaEmbeddingGenerator(model, Vectors.Options with { Prompts = new("", string.Concat(Enumerable.Repeat("cat ", 70))) }));

        Assert.StartsWith("Of the 128 tokens that 'vectors-mean' reads at once the prompt 'cat cat", refusal.Message, StringComparison.Ordinal);
    }
}
