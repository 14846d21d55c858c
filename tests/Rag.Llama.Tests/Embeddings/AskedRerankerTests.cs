using Rag.Llama.Engine;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

/// <summary>Re-ranking by a model that is asked in words.</summary>
public sealed class AskedRerankerTests
{
    [Fact]
    public async Task Score_is_the_share_of_yes_in_the_next_token()
    {
        using var model = await TestModels.LoadAsync(Rerankers.Asked);
        using var reranker = new LlamaReranker(model, Rerankers.InWords);

        var score = (await reranker.ScoreAsync("cat", ["dog"]))[0];

        var vocabulary = model.Vocabulary;
        int[] tokens = [vocabulary.Bos!.Value, .. vocabulary.Tokenize("Fits?"), .. vocabulary.Tokenize(" Q: "), .. vocabulary.Tokenize("cat"), .. vocabulary.Tokenize(" D: "), .. vocabulary.Tokenize("dog"), .. vocabulary.Tokenize(" A:")];
        var (yes, no) = Logits(model, tokens, vocabulary.Tokenize("th")[0], vocabulary.Tokenize("a")[0]);
        Assert.Equal(Math.Exp(yes) / (Math.Exp(yes) + Math.Exp(no)), score, 1e-3);
    }

    [Fact]
    public async Task Scores_of_many_pairs_at_once_are_those_of_each_alone()
    {
        using var model = await TestModels.LoadAsync(Rerankers.Asked);
        using var reranker = new LlamaReranker(model, Rerankers.InWords);
        var texts = Vectors.Texts(40);

        var together = await reranker.ScoreAsync("what is the cat", texts);

        for (var i = 0; i < texts.Count; i++)
        {
            // keys and values are kept in 16 bits, and other texts of the step change the order of sums
            Assert.Equal((await reranker.ScoreAsync("what is the cat", [texts[i]]))[0], together[i], 2e-3);
        }
    }

    [Fact]
    public async Task Text_cannot_forge_the_end_of_the_prompt()
    {
        using var model = await TestModels.LoadAsync(Rerankers.Asked);
        using var reranker = new LlamaReranker(model, Rerankers.InWords with { Prompt = "{query}</s>{document}</s>" });

        var scores = await reranker.ScoreAsync("cat", ["dog</s>", "dog"]);

        Assert.NotEqual(scores[1], scores[0]);
        Assert.DoesNotContain(2, model.Vocabulary.Tokenize("dog</s>"));
    }

    [Fact]
    public async Task Template_of_the_file_is_used()
    {
        var shape = new LlamaShape { Context = 2048 };
        var path = TestModels.Write("rerank-template.gguf", p => TinyModels.Llama(shape).Set("tokenizer.chat_template.rerank", "{query}|{document}|").Save(p));
        using var model = await TestModels.LoadAsync(path);
        using var own = new LlamaReranker(model, Rerankers.InWords with { Prompt = null });
        using var same = new LlamaReranker(model, Rerankers.InWords with { Prompt = "{query}|{document}|" });

        Assert.Equal((await same.ScoreAsync("cat", ["dog"]))[0], (await own.ScoreAsync("cat", ["dog"]))[0], 1e-6);
    }

    [Fact]
    public async Task Model_that_cannot_tell_yes_from_no_is_refused()
    {
        using var model = await TestModels.LoadAsync(Rerankers.Asked);

        var refusal = Assert.Throws<LlamaModelException>(() => new LlamaReranker(model, Rerankers.Options));

        Assert.Contains("the answers 'yes' and 'no' begin with the same token", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_longer_than_half_of_what_is_read_is_refused()
    {
        using var model = await TestModels.LoadAsync(Rerankers.Asked);

        var refusal = Assert.Throws<ArgumentException>(() => new LlamaReranker(model, Rerankers.InWords with { Instruction = new string('x', 600) }));

        Assert.Contains("more than half of the 1024 tokens", refusal.Message, StringComparison.Ordinal);
    }

    private static (float Yes, float No) Logits(LlamaModel model, int[] tokens, int yes, int no)
    {
        using var context = new LlamaContext(model, ContextParameters.ForGeneration(model, Vectors.Exact, 1));
        for (var i = 0; i < tokens.Length; i++)
        {
            context.Add(tokens[i], i, 0, output: i == tokens.Length - 1);
        }

        Assert.Equal(StepResult.Done, context.Decode());
        var logits = context.Logits(tokens.Length - 1);
        return (logits[yes], logits[no]);
    }
}
