namespace Rag.Cli.Tests.Commands;

public sealed class ChatCommandTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task A_conversation_from_a_pipe_answers_and_shows_its_sources()
    {
        var run = await ChatAsync("Who founded the archive?", "/sources", "/why", "/open 1", "/help", "/quit", "never read");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Ada Crane in 1987. [1]", run.Out, StringComparison.Ordinal);
        Assert.Contains("adds", run.Out, StringComparison.Ordinal);
        Assert.Contains("It moved to Lisbon in 2003.", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("never read", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Out);
    }

    [Fact]
    public async Task Commands_that_have_nothing_to_show_say_so()
    {
        var run = await ChatAsync("/sources", "/open 1", "/reindex", "/dance", "");

        Assert.Equal(0, run.Code);
        Assert.Contains("Ask something first.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Start with --docs PATH", run.Out, StringComparison.Ordinal);
        Assert.Contains("There is no /dance.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_is_read_with_the_question_before_it()
    {
        var run = await ChatAsync("Who founded the archive?", "where did it move?");

        Assert.Contains("Read together with what was said before: where did it move (", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_are_put_into_the_store_first_and_again_on_request()
    {
        using var workspace = new Workspace();

        var run = await Run.RagAsync(["chat", "--docs", workspace.Docs, "--store", workspace.Store], _ => null, "/reindex\n");

        Assert.Equal(0, run.Code);
        Assert.Contains("3 added", run.Error, StringComparison.Ordinal);
        Assert.Contains("3 unchanged", run.Error, StringComparison.Ordinal);
    }

    private Task<Run> ChatAsync(params string[] lines) => Run.RagAsync(["chat", "--store", store.Workspace.Store], _ => null, string.Join('\n', lines));
}
