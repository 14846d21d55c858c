using Microsoft.Extensions.AI;
using Rag.Generation;
using Rag.Testing;

namespace Rag.Core.Tests.Generation;

public sealed class RagPipelineTests
{
    private static readonly IReadOnlyList<Passage> Found = Passages.Of("The ferry leaves at noon. It carries 40 cars.", "The harbour has two cranes.");

    [Fact]
    public async Task AskStreamingAsync_gives_passages_then_words_then_the_answer()
    {
        var generator = new ScriptedAnswerGenerator(new AnswerUpdate.Words("The ferry leaves "), new AnswerUpdate.Words("at noon. [1]"), new AnswerUpdate.Used(new(7, 5)));

        var updates = await Pipeline(generator).AskStreamingAsync("When does the ferry leave?").ToListAsync();

        Assert.Collection(
            updates,
            u => Assert.Equal(2, Assert.IsType<AnswerUpdate.Retrieved>(u).Passages.Count),
            u => Assert.Equal(new AnswerUpdate.Words("The ferry leaves"), u),
            u => Assert.Equal(new AnswerUpdate.Words(" at noon."), u),
            u => Assert.Equal(new AnswerUpdate.Words(" [1]"), u),
            u => Assert.Equal("The ferry leaves at noon. [1]", Assert.IsType<AnswerUpdate.Completed>(u).Answer.Text));
    }

    [Fact]
    public async Task AskAsync_gives_the_checked_answer_with_passages_and_usage()
    {
        var generator = new ScriptedAnswerGenerator(new AnswerUpdate.Words("It carries 40 cars. [1]"), new AnswerUpdate.Used(new(7, 5)));

        var answer = await Pipeline(generator).AskAsync("How many cars?");

        AnswerContract.Check(answer);
        Assert.Equal(("How many cars?", "It carries 40 cars. [1]", 2, new TokenUsage(7, 5)), (answer.Question, answer.Text, answer.Passages.Count, answer.Usage));
    }

    [Fact]
    public async Task AskAsync_measures_each_stage()
    {
        var time = new ManualTime();
        Task Tick(CancellationToken _)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        }

        var retriever = new ScriptedRetriever([.. Found.Select(p => new ScoredChunk(p.Chunk, p.Score))]) { Before = Tick };
        var generator = new ScriptedAnswerGenerator(new AnswerUpdate.Used(new()), new AnswerUpdate.Words("It carries 40 cars. [1]")) { Before = Tick };

        var answer = await new RagPipeline(retriever, generator, time: time).AskAsync("How many cars?");

        Assert.Equal(new AnswerTimings(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.Zero), answer.Timings);
    }

    [Fact]
    public async Task AskStreamingAsync_passes_an_abstention_on()
    {
        var updates = await Pipeline(new ScriptedAnswerGenerator(new AnswerUpdate.Abstention("Nothing fits."))).AskStreamingAsync("Why?").ToListAsync();

        Assert.Equal(new AnswerUpdate.Abstention("Nothing fits."), updates[1]);
        var answer = Assert.IsType<AnswerUpdate.Completed>(updates[2]).Answer;
        AnswerContract.Check(answer);
        Assert.Equal("Nothing fits.", answer.Reason);
    }

    [Fact]
    public async Task AskAsync_abstains_without_asking_the_generator_when_nothing_is_found()
    {
        var generator = new ScriptedAnswerGenerator { Before = _ => throw new InvalidOperationException("asked") };

        var answer = await new RagPipeline(new ScriptedRetriever(), generator).AskAsync("Why?");

        AnswerContract.Check(answer);
        Assert.True(answer.Abstained);
    }

    [Fact]
    public async Task AskAsync_gives_the_generator_what_fits_the_budget_numbered_from_one()
    {
        var generator = ScriptedAnswerGenerator.Saying("The harbour has two cranes. [1]");
        var retriever = ScriptedRetriever.Finding(Passages.Of(string.Concat(Enumerable.Repeat("far too long ", 500)), "The harbour has two cranes."));

        var answer = await new RagPipeline(retriever, generator, options: new() { Budget = new() { MaxPassageTokens = 50 } }).AskAsync("How many cranes?");

        Assert.Equal((1, "doc2.md"), (Assert.Single(generator.Passages).Number, generator.Passages[0].Chunk.DocumentId));
        Assert.Equal("doc2.md", Assert.Single(answer.Citations).Chunk.DocumentId);
    }

    [Fact]
    public async Task AskAsync_says_so_when_no_passage_fits_the_budget()
    {
        var answer = await new RagPipeline(ScriptedRetriever.Finding(Found), ScriptedAnswerGenerator.Saying("x"), options: new() { Budget = new() { MaxPassageTokens = 1 } }).AskAsync("Why?");

        Assert.Contains("budget of 1 tokens", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_takes_the_budget_and_the_way_of_writing_that_a_question_asks_for()
    {
        var client = new ScriptedChatClient("The harbour has two cranes. [1]");
        var raw = new object();
        var pipeline = new RagPipeline(ScriptedRetriever.Finding(Found), new ChatAnswerGenerator(client));
        var chat = new ChatOptions { Temperature = 0.7f, Seed = 3, RawRepresentationFactory = _ => raw };

        var answer = await pipeline.AskAsync(new Query("How many cranes?"), new AskOptions { Budget = new() { MaxPassageTokens = 1 } });
        await pipeline.AskAsync(new Query("How many cranes?"), new AskOptions { Chat = chat });

        Assert.Contains("budget of 1 tokens", answer.Reason, StringComparison.Ordinal);
        Assert.Equal((0.7f, 3L, new ChatAnswerOptions().MaxTokens), (client.Options!.Temperature, client.Options.Seed, client.Options.MaxOutputTokens));
        Assert.Same(raw, client.Options.RawRepresentationFactory!(client));
        Assert.Null(chat.MaxOutputTokens); // the caller's object stays as it was
    }

    [Fact]
    public async Task AskAsync_says_how_sure_a_models_answer_is_as_it_does_of_a_quoted_one()
    {
        const string question = "How many cranes has the harbour?";
        var retriever = ScriptedRetriever.Finding(Found);
        var quoted = await new RagPipeline(retriever, new ExtractiveAnswerGenerator()).AskAsync(question);

        var right = await Pipeline(ScriptedAnswerGenerator.Saying($"{quoted.Citations[0].Quote} [{quoted.Citations[0].Number}]")).AskAsync(question);
        var other = await Pipeline(ScriptedAnswerGenerator.Saying("The ferry leaves at noon. [1]")).AskAsync(question);
        var altered = await new RagPipeline(retriever, ScriptedAnswerGenerator.Saying($"The old harbour has two cranes. [{quoted.Citations[0].Number}]"), new(new() { MinSupport = 0.3 })).AskAsync(question);

        Assert.Equal(quoted.Confidence, right.Confidence);
        Assert.True(other.Confidence < right.Confidence / 2, $"{other.Confidence} and {right.Confidence}");
        Assert.Equal(right.Confidence * altered.Citations[0].Support, altered.Confidence);
        Assert.Null((await Pipeline(ScriptedAnswerGenerator.Saying("The ferry leaves at noon. [1]")).AskAsync("Wann fährt sie?")).Confidence); // no word tells
    }

    [Fact]
    public async Task AskAsync_leaves_a_question_unanswered_whose_answer_is_less_sure_than_asked_for()
    {
        const string question = "How many cranes has the harbour?";
        Task<Answer> AskAsync(double least) => new RagPipeline(ScriptedRetriever.Finding(Found), ScriptedAnswerGenerator.Saying("The ferry leaves at noon. [1]"), options: new() { MinConfidence = least }).AskAsync(question);
        var given = await AskAsync(0);

        var kept = await AskAsync(given.Confidence!.Value + 0.01);

        Assert.True(kept.Abstained);
        Assert.StartsWith("The first cited sentence answers the question with a probability of 0.", kept.Reason, StringComparison.Ordinal);
        Assert.Equal(given.Confidence, kept.Confidence);
        Assert.False((await AskAsync(given.Confidence.Value)).Abstained);
        AnswerContract.Check(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public async Task AskAsync_refuses_an_empty_question(string question)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Pipeline(ScriptedAnswerGenerator.Saying("x")).AskAsync(question));

        Assert.Contains("The question is empty.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_refuses_a_question_of_a_megabyte()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Pipeline(ScriptedAnswerGenerator.Saying("x")).AskAsync(new string('?', 1 << 20)));

        Assert.Contains("1048576 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_throws_what_the_generator_throws()
    {
        var generator = new ScriptedAnswerGenerator(new AnswerUpdate.Words("x")) { Before = _ => throw new InvalidDataException("the model file is broken") };

        await Assert.ThrowsAsync<InvalidDataException>(() => Pipeline(generator).AskAsync("Why?"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AskAsync_abstains_when_its_time_is_spent_even_if_the_generator_does_not_heed_it(bool heeds)
    {
        var (time, started) = (new ManualTime(), new TaskCompletionSource());
        var generator = new ScriptedAnswerGenerator(new AnswerUpdate.Words("x")) { Before = token => Hang(started, heeds ? token : default) };

        var asking = new RagPipeline(ScriptedRetriever.Finding(Found), generator, options: new() { Budget = new() { Timeout = TimeSpan.FromSeconds(30) } }, time: time).AskAsync("Why?");
        await started.Task;
        time.Advance(TimeSpan.FromSeconds(31));
        var answer = await asking;

        AnswerContract.Check(answer);
        Assert.Equal("The time budget of 00:00:30 was spent while generating.", answer.Reason);
    }

    [Fact]
    public async Task AskAsync_abstains_when_its_time_is_spent_while_retrieving()
    {
        var (time, started) = (new ManualTime(), new TaskCompletionSource());
        var retriever = new ScriptedRetriever { Before = token => Hang(started, token) };

        var asking = new RagPipeline(retriever, ScriptedAnswerGenerator.Saying("x"), time: time).AskAsync("Why?");
        await started.Task;
        time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal("The time budget of 00:02:00 was spent while retrieving.", (await asking).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AskAsync_throws_when_the_caller_cancels(bool heeds)
    {
        using var cancel = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var generator = new ScriptedAnswerGenerator(new AnswerUpdate.Words("x")) { Before = token => Hang(started, heeds ? token : default) };

        var asking = Pipeline(generator).AskAsync("Why?", cancel.Token);
        await started.Task;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task AskAsync_throws_when_the_caller_cancelled_before()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pipeline(ScriptedAnswerGenerator.Saying("x")).AskAsync("Why?", new CancellationToken(true)));
    }

    private static RagPipeline Pipeline(ScriptedAnswerGenerator generator) => new(ScriptedRetriever.Finding(Found), generator);

    private static Task Hang(TaskCompletionSource started, CancellationToken cancellationToken)
    {
        started.TrySetResult();
        return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }
}
