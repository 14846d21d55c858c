namespace Rag.Cli.Tests;

public sealed class CancellationTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    [Theory]
    [InlineData("ask", "Who founded the archive?")]
    [InlineData("search", "archive")]
    [InlineData("ingest", ".")]
    [InlineData("documents")]
    public async Task Cancelling_ends_with_130(params string[] args)
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var run = await Run.RagAsync([.. args, "--store", store.Workspace.Store], _ => null, cancellationToken: cancelled.Token);

        run.AssertComplains(130, "Cancelled.");
    }
}
