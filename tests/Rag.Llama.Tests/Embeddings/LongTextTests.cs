using Microsoft.Extensions.Logging;
using Rag.Llama.Embeddings;

namespace Rag.Llama.Tests.Embeddings;

public sealed class LongTextTests
{
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? "cat" : "dog"));

    [Fact]
    public async Task Split_text_has_the_weighted_mean_of_its_parts()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);
        var parts = Enumerable.Range(0, 3).Select(i => string.Join(' ', Long.Split(' ').Skip(100 * i).Take(100))).ToList();
        var vectors = await generator.GenerateAsync(parts);

        var whole = await generator.GenerateAsync([Long, "cat"]);

        Vectors.AssertNear(UnitVectors.Mean([.. vectors.Select(v => v.Vector)], [1, 1, 1]), whole[0].Vector);
        Assert.Equal((3 * 102) + 3, whole.Usage!.InputTokenCount);
        Vectors.AssertNear(await generator.VectorAsync("cat"), whole[1].Vector);
    }

    [Fact]
    public async Task Split_text_has_its_prompt_before_every_part()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);

        var encoded = new TextEncoder(model.Vocabulary, 128, LongText.Split).Encode("what is ", Long);

        var prompt = model.Vocabulary.Tokenize("what is");
        Assert.Equal(3, encoded.Parts.Count);
        Assert.All(encoded.Parts, p => Assert.Equal(prompt, p[1..3]));
        Assert.Equal(300, encoded.Parts.Sum(p => p.Length - 4));
        Assert.All(encoded.Parts, p => Assert.InRange(p.Length, 5, 128));
    }

    [Fact]
    public async Task Truncated_text_is_its_beginning_with_a_warning()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        var log = new Messages();
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options with { LongText = LongText.Truncate }, log);
        var beginning = await generator.VectorAsync(string.Join(' ', Long.Split(' ').Take(126)));

        var embedding = (await generator.GenerateAsync([Long, "cat"]));

        Vectors.AssertNear(beginning, embedding[0].Vector);
        Assert.Equal(174, embedding[0].AdditionalProperties![LlamaEmbeddingGenerator.CutTokensKey]);
        Assert.Null(embedding[1].AdditionalProperties);
        Assert.Equal(["Warning: 1 texts were longer than the 128 tokens that 'vectors-mean' reads at once: 174 tokens at their ends are not in their vectors. Cut smaller chunks, or let long texts be split."], log.Written);
    }

    [Fact]
    public async Task Refused_text_says_its_length_and_the_limit()
    {
        using var model = await TestModels.LoadAsync(Vectors.Mean);
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options with { LongText = LongText.Refuse });

        var refusal = await Assert.ThrowsAsync<TextTooLongException>(() => generator.VectorAsync(Long));

        Assert.Equal((302, 128), (refusal.Tokens, refusal.Limit));
        Assert.Equal(64, (await generator.VectorAsync(string.Join(' ', Long.Split(' ').Take(126)))).Length);
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Messages : ILogger<LlamaEmbeddingGenerator>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
