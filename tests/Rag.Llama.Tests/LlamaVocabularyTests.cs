using System.Globalization;
using Rag.Llama.Decoding;
using Rag.Testing;

namespace Rag.Llama.Tests;

public sealed class LlamaVocabularyTests
{
    public static TheoryData<string> Vectors
    {
        get
        {
            var folder = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "vectors-llamacpp-vocab");
            return folder is null || !Directory.Exists(folder) ? ["ggml-vocab-llama-spm.gguf"] : [.. Directory.EnumerateFiles(folder, "*.gguf").Select(f => Path.GetFileName(f))];
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Tokens_are_those_of_the_published_vectors(string file)
    {
        TestModels.RequireLibrary();
        var path = SharedData.Require($"vectors-llamacpp-vocab/{file}");
        var texts = File.ReadAllText($"{path}.inp").Split("\n__ggml_vocab_test__\n");
        var expected = File.ReadAllLines($"{path}.out");
        using var model = await LlamaModel.LoadAsync(path, new() { GpuLayers = 0, VocabularyOnly = true });

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => int.Parse(t, CultureInfo.InvariantCulture)), model.Vocabulary.Tokenize(texts[i]));
        }
    }

    [Theory]
    [InlineData("the theory of everything")]
    [InlineData("Grüße, 世界 😀👩‍👩‍👧 naïve")]
    [InlineData("line\nbreak\ttab")]
    public async Task Text_survives_tokens_and_pieces(string text)
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        var tokens = model.Vocabulary.Tokenize(text);
        var pieces = new Utf8Pieces();

        var streamed = string.Concat(tokens.Select(t => pieces.Push(model.Vocabulary.PieceOf(t).Span))) + pieces.Flush();

        Assert.Equal(text, model.Vocabulary.Detokenize(tokens).TrimStart());
        Assert.Equal(text, streamed.TrimStart());
    }

    [Fact]
    public async Task Lone_surrogates_become_replacement_characters()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        Assert.Equal(model.Vocabulary.Tokenize("a\uFFFDb"), model.Vocabulary.Tokenize("a\uD800b"));
    }

    [Fact]
    public async Task Control_tokens_come_from_text_only_when_that_is_asked_for()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        Assert.DoesNotContain(model.Vocabulary.Eos!.Value, model.Vocabulary.Tokenize("a</s>b"));
        Assert.Contains(model.Vocabulary.Eos.Value, model.Vocabulary.Tokenize("a</s>b", parseSpecial: true));
    }

    [Fact]
    public async Task Token_that_is_none_is_refused()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        Assert.Throws<ArgumentOutOfRangeException>(() => model.Vocabulary.PieceOf(model.Vocabulary.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Vocabulary.Detokenize([-1]));
    }

    [Fact]
    public async Task Ten_megabytes_of_text_are_tokenised()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        var text = new string('a', 10_000_000);

        Assert.Equal(10_000_000, model.Vocabulary.Tokenize(text).Length);
    }

    [Fact]
    public async Task Disposed_model_tokenises_no_more()
    {
        var model = await TestModels.LoadAsync(TestModels.Tiny);
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Vocabulary.Tokenize("a"));
    }

    [Fact]
    public async Task Counter_counts_the_tokens_of_the_model()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        ITokenCounter counter = model.Vocabulary;

        Assert.Equal((0, model.Vocabulary.Tokenize("the cat").Length), (counter.Count(" \n"), counter.Count("the cat")));
    }
}
