using Rag.Llama.Embeddings;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class PairFrameTests
{
    private static readonly PairFrame Frame = new([1], [2], [3]);

    [Fact]
    public void Join_puts_query_before_text()
    {
        var (tokens, cut) = Frame.Join([10, 11], [20], longest: 6);

        Assert.Equal([1, 10, 11, 2, 20, 3], tokens);
        Assert.Equal(0, cut);
    }

    [Fact]
    public void Join_cuts_the_texts_end()
    {
        var (tokens, cut) = Frame.Join([10], [20, 21, 22, 23, 24], longest: 7);

        Assert.Equal([1, 10, 2, 20, 21, 22, 3], tokens);
        Assert.Equal(2, cut);
    }

    [Fact]
    public void Join_leaves_half_of_the_room_to_the_text_when_both_are_long()
    {
        var (tokens, cut) = Frame.Join([10, 11, 12, 13, 14, 15], [20, 21, 22, 23], longest: 7);

        Assert.Equal([1, 10, 11, 2, 20, 21, 3], tokens);
        Assert.Equal(6, cut);
    }

    [Fact]
    public void Join_lets_a_long_query_have_what_a_short_text_does_not_need()
    {
        var (tokens, cut) = Frame.Join([10, 11, 12, 13, 14, 15], [20], longest: 7);

        Assert.Equal([1, 10, 11, 12, 2, 20, 3], tokens);
        Assert.Equal(3, cut);
    }

    [Fact]
    public async Task OfSeparators_gives_berts_pair()
    {
        using var model = await TestModels.LoadAsync(Rerankers.One);
        var vocabulary = model.Vocabulary;

        var frame = PairFrame.OfSeparators(model);

        int[] separator = [vocabulary.Separator!.Value];
        Assert.Equal([vocabulary.Bos!.Value], frame.Before);
        Assert.Equal(separator, frame.Between);
        Assert.Equal(separator, frame.After);
    }

    // Token 2, the end of a text, stands for </s>.
    [Theory]
    [InlineData(true, true, new[] { 2, 2 })]
    [InlineData(true, false, new[] { 2 })]
    [InlineData(false, false, new[] { 2 })]
    public async Task OfSeparators_doubles_the_end_where_the_vocabulary_says_so(bool end, bool separator, int[] between)
    {
        var path = TestModels.Write($"pair-{end}-{separator}.gguf", p => TinyModels.Llama(new())
            .Set("tokenizer.ggml.add_eos_token", end)
            .Set("tokenizer.ggml.add_sep_token", separator)
            .Set("tokenizer.ggml.seperator_token_id", 2)
            .Save(p));
        using var model = await TestModels.LoadAsync(path);

        var frame = PairFrame.OfSeparators(model);

        Assert.Equal([1], frame.Before);
        Assert.Equal(between, frame.Between);
        Assert.Equal([2], frame.After);
    }

    [Fact]
    public async Task OfTemplate_reads_control_tokens_in_the_template_only()
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);
        var vocabulary = model.Vocabulary;

        var frame = PairFrame.OfTemplate(vocabulary, "<s>{instruction}:{query}</s>{document}</s>", "</s>");

        Assert.Equal(vocabulary.Bos, frame.Before[0]);
        Assert.DoesNotContain(vocabulary.Eos!.Value, frame.Before);
        Assert.Single(frame.Before, vocabulary.Bos!.Value);
        Assert.Equal([vocabulary.Eos!.Value], frame.Between);
        Assert.Equal([vocabulary.Eos!.Value], frame.After);
    }

    [Theory]
    [InlineData("{query}")]
    [InlineData("{document} {query} so?")]
    [InlineData("{query} {document}")]
    public async Task OfTemplate_refuses_a_template_without_places(string template)
    {
        using var model = await TestModels.LoadAsync(TestModels.Tiny);

        Assert.Contains("'{query}', behind it '{document}'", Assert.Throws<ArgumentException>(() => PairFrame.OfTemplate(model.Vocabulary, template, "")).Message, StringComparison.Ordinal);
    }
}
