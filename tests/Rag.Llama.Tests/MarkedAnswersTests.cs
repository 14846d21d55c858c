using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Llama.Grammars;
using Rag.Llama.Tests.Grammars;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests;

public sealed class MarkedAnswersTests
{
    [Theory]
    [InlineData("At noon. [1]", true)]
    [InlineData("At noon [2].", false)]
    [InlineData("At noon. [1][2] It carries 40 cars. [2]", true)]
    [InlineData("At noon.\n", false)]
    [InlineData("At noon.", false)]
    [InlineData("At noon. [3]", false)]
    [InlineData("At noon. [0]", false)]
    [InlineData("At noon. [12]", false)]
    [InlineData("At noon. [1", false)]
    [InlineData("[1]", false)]
    [InlineData("", false)]
    [InlineData("Put [Key] on it. [1]", true)]
    [InlineData("Read items[0]. [1]", false)]
    [InlineData("At noon. It carries 40 cars. [1]", false)]
    [InlineData("Mr. Crane waits, e.g. at 3.5 knots! [1]", true)]
    [InlineData("\u6e21\u8239\u4e2d\u5348\u51fa\u53d1\u3002[1]", true)]
    [InlineData("\u6e21\u8239\u3002\u5348\u51fa\u53d1\u3002[1]", false)]
    [InlineData("UNANSWERABLE", true)]
    [InlineData("UNANSWERABLE [1]", true)]
    public void Grammar_of_two_passages_takes_marked_sentences_alone(string text, bool taken) => Assert.Equal(taken, Texts.Matches(MarkedAnswers.GrammarFor(2), text));

    [Fact]
    public void Grammar_takes_every_number_up_to_the_passages()
    {
        Assert.All(Enumerable.Range(1, 12), n => Assert.True(Texts.Matches(MarkedAnswers.GrammarFor(12), $"Yes. [{n}]")));
        Assert.False(Texts.Matches(MarkedAnswers.GrammarFor(12), "Yes. [13]"));
        Assert.Throws<ArgumentOutOfRangeException>(() => MarkedAnswers.GrammarFor(0));
    }

    [Fact]
    public void Constrain_keeps_what_the_request_asks_for_and_changes_nothing_given()
    {
        var asked = new ChatOptions { Temperature = 0.5f, RawRepresentationFactory = _ => new LlamaChatOptions { BestOf = 3 } };

        var constrained = MarkedAnswers.Constrain(asked, 2);

        var own = Assert.IsType<LlamaChatOptions>(constrained.RawRepresentationFactory!(null!));
        Assert.Equal((0.5f, 3, MarkedAnswers.GrammarFor(2)), (constrained.Temperature, own.BestOf, own.Grammar));
        Assert.Null(Assert.IsType<LlamaChatOptions>(asked.RawRepresentationFactory!(null!)).Grammar);
        var grammar = Grammar.Parse("root ::= \"x\"");
        Assert.Same(grammar, Assert.IsType<LlamaChatOptions>(MarkedAnswers.Constrain(new() { RawRepresentationFactory = _ => new LlamaChatOptions { Grammar = grammar } }, 2).RawRepresentationFactory!(null!)).Grammar);
    }

    [Fact]
    public async Task Whatever_a_model_writes_is_marked_or_cut_off()
    {
        using var client = await LlamaChatClient.LoadAsync(TestModels.Stories(), new() { GpuLayers = TestModels.GpuLayers }, new() { Context = TestModels.OneThread with { Size = 512 } });
        var window = client.GetService<IContextWindow>()!;
        for (var seed = 0; seed < 5; seed++)
        {
            ChatMessage[] messages = [new(ChatRole.User, "Once upon a time")];
            var options = MarkedAnswers.Constrain(new() { Seed = seed, Temperature = 1, MaxOutputTokens = 100 }, 3);

            var response = await client.GetResponseAsync(messages, options);

            Assert.Equal(response.Usage!.InputTokenCount, window.Count(messages, options));
            Assert.True(
                response.FinishReason == ChatFinishReason.Length ? Texts.IsPrefix(MarkedAnswers.GrammarFor(3), System.Text.Encoding.UTF8.GetBytes(response.Text)) : Texts.Matches(MarkedAnswers.GrammarFor(3), response.Text),
                response.Text);
            Assert.Matches(@"\[[123]\]", response.Text); // no story of a hundred tokens is one sentence
        }
    }

    [Fact]
    public async Task Adapters_that_a_question_asks_for_act_on_its_answer()
    {
        TestModels.RequireLibrary();
        var shape = new LlamaShape { Context = 2048 };
        using var client = await LlamaChatClient.LoadAsync(TestModels.Tiny, new() { GpuLayers = TestModels.GpuLayers }, new() { Context = TestModels.OneThread });
        using var adapter = LlamaAdapter.Load(client.Engine.Model, TestModels.Write("answer-adapter.gguf", p => TinyModels.SaveAdapter(p, shape, alpha: 64)));
        var generator = new ChatAnswerGenerator(client, new() { Constrain = MarkedAnswers.Constrain, MaxTokens = 16 });
        async Task<string> WriteAsync(AskOptions asking) => string.Concat((await generator.GenerateAsync("When?", Passages.Of("At noon."), asking).ToListAsync()).Select(update => update.ToString()));
        AskOptions With(float scale) => new() { Chat = new() { RawRepresentationFactory = _ => new LlamaChatOptions { Adapters = [new(adapter, scale)] } } };

        var (plain, silent, adapted) = (await WriteAsync(new()), await WriteAsync(With(0)), await WriteAsync(With(1)));

        Assert.Equal(plain, silent);
        Assert.NotEqual(plain, adapted);
    }

    [Fact]
    public async Task Answers_of_a_model_with_a_small_context_fit_it_or_say_why_not()
    {
        foreach (var size in (int[])[256, 1024])
        {
            using var client = await LlamaChatClient.LoadAsync(TestModels.Stories(), new() { GpuLayers = TestModels.GpuLayers }, new() { Context = TestModels.OneThread with { Size = size } });
            var passages = Passages.Of(string.Join(' ', Enumerable.Repeat("The ferry leaves at noon.", 300)));
            var pipeline = new RagPipeline(ScriptedRetriever.Finding(passages), new ChatAnswerGenerator(client, new() { Constrain = MarkedAnswers.Constrain, MaxTokens = 32 }), tokens: client.Engine.Model.Vocabulary);

            var answer = await pipeline.AskAsync("When does the ferry leave?");

            AnswerContract.Check(answer);
            Assert.True(answer.Abstained || answer.Usage.PromptTokens + answer.Usage.CompletionTokens <= size, $"{answer.Usage} in {size}");
            if (size == 256)
            {
                Assert.Contains("the context holds 256 with 32 of them for the answer", answer.Reason, StringComparison.Ordinal);
            }
        }
    }
}
