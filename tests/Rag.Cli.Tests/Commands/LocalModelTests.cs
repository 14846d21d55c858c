namespace Rag.Cli.Tests.Commands;

/// <summary>Answers of a model on this machine. A random one writes noise: what counts is that nothing unchecked leaves the pipeline.</summary>
public sealed class LocalModelTests(StoreFixture store, CliModels models) : IClassFixture<StoreFixture>, IClassFixture<CliModels>
{
    private const string Question = "Who founded the archive?";

    [Theory]
    [InlineData("mark")]
    [InlineData("drop")]
    [InlineData("abstain")]
    public async Task Ask_gives_the_fields_of_the_contract_with_the_tokens_used(string support)
    {
        var run = await AskAsync(models.Chat, "--support", support, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var answer = run.Json.AssertFields("question", "text", "abstained", "reason", "sentences", "citations", "sources", "usage", "timings");
        Assert.InRange(answer.GetProperty("usage").Number("promptTokens"), 100, 8192);
        Assert.InRange(answer.GetProperty("usage").Number("completionTokens"), 1, 512);
        Assert.Equal(answer.GetProperty("abstained").GetBoolean(), answer.GetProperty("citations").GetArrayLength() == 0);
        Assert.NotEqual(0, answer.GetProperty("sources").GetArrayLength());
    }

    [Fact]
    public async Task Ask_gives_the_same_answer_twice() =>
        Assert.Equal((await AskAsync(models.Chat, "--json")).Json.Text("text"), (await AskAsync(models.Chat, "--json")).Json.Text("text"));

    [Theory]
    [InlineData("act")]
    [InlineData("react")]
    public async Task Agent_on_a_model_that_writes_noise_is_held_to_actions_by_a_grammar(string strategy)
    {
        var run = await Run.RagAsync("agent", Question, "--strategy", strategy, "--max-steps", "2", "--model", models.Chat, "--store", store.Workspace.Store, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var kinds = run.Json.GetProperty("steps").EnumerateArray().Select(s => s.Text("kind")).ToList();
        Assert.Contains(kinds, kind => kind is "tool_call" or "finish");
        Assert.DoesNotContain("error", kinds);
    }

    [Fact]
    public async Task Ask_shows_people_an_answer_without_control_sequences()
    {
        var run = await AskAsync(models.Chat);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.DoesNotContain(run.Out, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task Ask_says_what_is_wrong_with_a_model()
    {
        (await AskAsync("none.gguf")).AssertComplains(1, "'none.gguf'");
        (await AskAsync(models.Embedding)).AssertComplains(1, "generates no text");
    }

    [Fact]
    public async Task Chat_answers_several_questions_with_one_model()
    {
        CliModels.RequireLibrary();

        var run = await Run.RagAsync(
            ["chat", "--store", store.Workspace.Store, "--model", models.Chat, "--gpu-layers", "0", "--threads", "1"], _ => null, $"{Question}\nAnd where is it now?\n/edit 1 Where is the printer?\n/sources\n/quit\n");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Read together with what was said before: ", run.Out, StringComparison.Ordinal); // noise, of a random model
        Assert.Contains("page.html", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_goes_on_after_a_question_that_does_not_fit_the_model()
    {
        CliModels.RequireLibrary();
        var question = string.Join(' ', Enumerable.Repeat("archive", 2000));

        var run = await Run.RagAsync(
            ["chat", "--store", store.Workspace.Store, "--model", models.Chat, "--gpu-layers", "0", "--threads", "1"], _ => null, $"{question}\n/help\n");

        Assert.Equal(0, run.Code);
        Assert.Contains("the context holds 8192", run.Out, StringComparison.Ordinal);
        Assert.Contains("Commands:", run.Out, StringComparison.Ordinal);
    }

    private async Task<Run> AskAsync(string model, params string[] more)
    {
        CliModels.RequireLibrary();
        return await store.RagAsync(["ask", Question, "--model", model, "--gpu-layers", "0", "--threads", "1", .. more]);
    }
}
