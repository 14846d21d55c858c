using Rag.Llama.Binding;
using Rag.Llama.Embeddings;
using Rag.Llama.Engine;
using Rag.Llama.Gguf;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class LlamaEmbeddingGeneratorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vectors_of_100_texts_at_once_are_those_of_each_alone(bool mean)
    {
        using var model = await TestModels.LoadAsync(mean ? Vectors.Mean : Vectors.Cls);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);
        var texts = Vectors.Texts(100);

        var together = await generator.GenerateAsync(texts);

        Assert.Equal(100, together.Count);
        for (var i = 0; i < 100; i++)
        {
            Vectors.AssertNear(await generator.VectorAsync(texts[i]), together[i].Vector);
            Assert.Equal(1, Vectors.Length(together[i].Vector), 1e-5);
        }
    }

    [Fact]
    public async Task Callers_in_parallel_each_get_their_own_vectors_in_order()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);
        var texts = Vectors.Texts(20, seed: 6);
        var expected = await generator.GenerateAsync(texts);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() => generator.GenerateAsync(texts.Skip(caller)))));

        for (var caller = 0; caller < 8; caller++)
        {
            Assert.Equal(20 - caller, results[caller].Count);
            Assert.All(results[caller].Zip(expected.Skip(caller)), pair => Vectors.AssertNear(pair.Second.Vector, pair.First.Vector));
        }
    }

    [Fact]
    public async Task Mean_vector_is_the_mean_of_the_tokens_vectors()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        Vectors.AssertNear(UnitVectors.Of(TokenVectors(model, "what is the capital of france").Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)])), await generator.VectorAsync("what is the capital of france"));
    }

    [Fact]
    public async Task Cls_vector_is_the_first_tokens()
    {
        using var model = await TestModels.LoadAsync(Vectors.Cls);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        Vectors.AssertNear(UnitVectors.Of(TokenVectors(model, "the cat")[0]), await generator.VectorAsync("the cat"));
    }

    [Theory]
    [InlineData(GgufPooling.Last)]
    [InlineData(GgufPooling.Mean)]
    public async Task Generation_model_makes_vectors_by_the_pooling_that_is_named(GgufPooling pooling)
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Pooled(pooling));
        var texts = Vectors.Texts(30);

        var together = await generator.GenerateAsync(texts);

        for (var i = 0; i < texts.Count; i++)
        {
            // keys and values are kept in 16 bits, and other texts of the step change the order of sums
            Vectors.AssertNear(await generator.VectorAsync(texts[i]), together[i].Vector, 2e-3);
        }
    }

    [Fact]
    public async Task Last_vector_is_the_last_tokens()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Pooled(GgufPooling.Last));

        Vectors.AssertNear(UnitVectors.Of(TokenVectors(model, "the cat")[^1]), await generator.VectorAsync("the cat"), 2e-3);
    }

    [Fact]
    public async Task Size_is_chosen_by_what_the_model_was_trained_for_and_the_logits_that_it_would_make()
    {
        using var bert = await TestModels.LoadAsync(Vectors.Mean);
        using var llama = await TestModels.LoadAsync(TestModels.Write("vectors-vocabulary.gguf", p => TinyModels.SaveLlama(p, new() { Context = 4096, Width = 16, Heads = 2, ExtraVocabulary = 130_000 })));
        using var small = new LlamaEmbeddingGenerator(bert, new() { Context = new() { Threads = 1 } });
        using var large = new LlamaEmbeddingGenerator(llama, new() { Context = new() { Threads = 1 }, Pooling = GgufPooling.Last });

        Assert.Equal(128, small.MaxTokens);
        Assert.Equal((1 << 27) / llama.Vocabulary.Count, large.MaxTokens);
    }

    [Fact]
    public async Task Empty_text_has_a_vector_of_its_own()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        var vectors = await generator.GenerateAsync(["", "cat"]);

        Assert.Equal(1, Vectors.Length(vectors[0].Vector), 1e-5);
        Assert.True(Vectors.Distance(vectors[0].Vector, vectors[1].Vector) > 0.01);
    }

    [Fact]
    public async Task No_texts_give_no_vectors()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        Assert.Empty(await generator.GenerateAsync([]));
    }

    [Fact]
    public async Task Dimensions_are_the_first_numbers_at_unit_length()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);
        var whole = await generator.VectorAsync("the cat");

        var cut = await generator.VectorAsync("the cat", dimensions: 16);

        Vectors.AssertNear(UnitVectors.Of(whole.AsSpan(0, 16)), cut);
    }

    [Fact]
    public async Task Dimensions_beyond_the_models_are_refused()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => generator.VectorAsync("the cat", dimensions: 65));
        Assert.Contains("have 64", Assert.Throws<ArgumentException>(() => new LlamaEmbeddingGenerator(model, Vectors.Options with { Dimensions = 65 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_counts_the_tokens_with_those_around_each_text()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        var vectors = await generator.GenerateAsync(["the cat", "dog"]);

        Assert.Equal((7L, 7L), (vectors.Usage!.InputTokenCount, vectors.Usage.TotalTokenCount));
    }

    [Theory]
    [InlineData("[SEP]")]
    [InlineData("[CLS]")]
    [InlineData("the [MASK] cat [SEP] dog")]
    public async Task Text_cannot_forge_control_tokens(string text)
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);

        var tokens = new TextEncoder(model.Vocabulary, 128, LongText.Refuse).Encode("", text).Parts[0];

        Assert.Equal((model.Vocabulary.Bos, model.Vocabulary.Separator), (tokens[0], tokens[^1]));
        Assert.DoesNotContain(tokens[1..^1], t => model.Vocabulary.SpecialTokens.Values.Contains(t) && t != model.Vocabulary.SpecialTokens["[UNK]"]);
    }

    [Fact]
    public async Task Llama_text_cannot_forge_control_tokens()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        var tokens = new TextEncoder(model.Vocabulary, 128, LongText.Refuse).Encode("", "<s></s><unk>").Parts[0];

        Assert.Equal(model.Vocabulary.Bos, tokens[0]);
        Assert.DoesNotContain(tokens[1..], t => t < 3);
    }

    private static unsafe List<float[]> TokenVectors(LlamaModel model, string text)
    {
        var tokens = model.Vocabulary.Tokenize(text, addSpecial: true);
        using var context = new LlamaContext(model, ContextParameters.ForEmbedding(model, Vectors.Exact, 128, 1, PoolingType.None));
        for (var i = 0; i < tokens.Length; i++)
        {
            context.Add(tokens[i], i, 0, output: true);
        }

        Assert.Equal(StepResult.Done, context.Decode());
        return [.. Enumerable.Range(0, tokens.Length).Select(i => context.RowEmbedding(i, model.EmbeddingLength).ToArray())];
    }
}
