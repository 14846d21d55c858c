using Rag.Sqlite;

namespace Rag.Cli.Tests.Commands;

public sealed class ChatSessionTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();

    public async ValueTask InitializeAsync() => Assert.Equal(0, (await Run.RagAsync("ingest", _workspace.Docs, "--store", _workspace.Store)).Code);

    public ValueTask DisposeAsync()
    {
        _workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_session_goes_on_where_it_ended_with_the_same_numbers()
    {
        await ChatAsync("archive", "Who founded the archive?");

        var run = await ChatAsync("archive", "/sources", "Where did the archive move in 2003?", "/open 1", "/history", "/sessions");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("Going on with 'archive' after 1 turn;", run.Out, StringComparison.Ordinal);
        Assert.Contains("It moved to Lisbon in 2003. [1]", run.Out, StringComparison.Ordinal);
        Assert.Contains("1. Who founded the archive?", run.Out, StringComparison.Ordinal);
        Assert.Contains("2. Where did the archive move in 2003?", run.Out, StringComparison.Ordinal);
        Assert.Contains("* archive  Who founded the archive?  2 turns, ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turns_are_edited_and_forked_and_the_first_ones_stay()
    {
        var run = await ChatAsync(
            "a", "Who founded the archive?", "How long are invoices kept?", "/edit 2 How many pages a minute does the printer print?", "/fork 1", "/history", "/fork 3 copy", "/history", "/fork 1 copy", "/fork 1 a", "/sessions", "/edit 9 x", "/edit 1", "/fork");

        Assert.Contains("prints 40 pages a minute.", run.Out, StringComparison.Ordinal);
        Assert.Contains("The next question goes on from turn 1.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Another branch ends with 2. How long are invoices kept?", run.Out, StringComparison.Ordinal);
        Assert.Contains("Another branch ends with 3. How many pages", run.Out, StringComparison.Ordinal);
        Assert.Contains("This is now 'copy', which begins with 2 turns.", run.Out, StringComparison.Ordinal);
        Assert.Contains("There is a session 'copy' already. Choose another name.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Say which turn, from 1 to 2: /edit N NEW QUESTION.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Write the new question behind the number: /edit 1 NEW QUESTION.", run.Out, StringComparison.Ordinal);
        await using var store = await SqliteChunkStore.OpenAsync(_workspace.Store);
        Assert.Equal([0, 1, 1], (await store.Sessions.GetAsync("a")).Turns.Select(t => t.Parent));
        Assert.Equal([0, 1], (await store.Sessions.GetAsync("copy")).Turns.Select(t => t.Parent));
    }

    [Fact]
    public async Task Deleting_a_document_is_seen_in_the_session_and_forget_deletes_it()
    {
        await ChatAsync("a", "Who founded the archive?");
        Assert.Equal(0, (await Run.RagAsync("delete", "docs/notes.txt", "--store", _workspace.Store)).Code);

        var run = await ChatAsync("a", "/history", "/forget", "/history", "/sessions");

        Assert.Contains("The source of this answer was deleted.", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Crane", run.Out, StringComparison.Ordinal);
        Assert.Contains("Deleted: 'a' with all of its turns.", run.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was asked yet.", run.Out, StringComparison.Ordinal);
        Assert.Contains("No session is kept yet.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_name_nothing_is_kept_and_everything_else_works()
    {
        var run = await Run.RagAsync(["chat", "--store", _workspace.Store], _ => null, "Who founded the archive?\n/edit 1 Where did the archive move in 2003?\n/history\n/sessions");

        Assert.Contains("Another branch ends with 1. Who founded the archive?", run.Out, StringComparison.Ordinal);
        Assert.Contains("Start with --session NAME to keep it.", run.Out, StringComparison.Ordinal);
        await using var store = await SqliteChunkStore.OpenAsync(_workspace.Store);
        Assert.Empty(await store.Sessions.ListAsync());
    }

    [Fact]
    public async Task A_session_is_of_one_tenant_and_has_a_name()
    {
        await ChatAsync("a", "Who founded the archive?");

        var other = await Run.RagAsync(["chat", "--store", _workspace.Store, "--session", "a", "--tenant", "b"], _ => null, "/sessions\n/history");
        var blank = await Run.RagAsync("chat", "--store", _workspace.Store, "--session", " ");

        Assert.DoesNotContain("archive", other.Out, StringComparison.Ordinal);
        blank.AssertComplains(2, "The name of a session is empty");
    }

    private Task<Run> ChatAsync(string session, params string[] lines) => Run.RagAsync(["chat", "--store", _workspace.Store, "--session", session], _ => null, string.Join('\n', lines));
}
