namespace Rag.Cli.Tests;

/// <summary>A store with the workspace's documents, for tests that only read it.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    internal Workspace Workspace { get; } = new();

    public async ValueTask InitializeAsync() =>
        Assert.Equal(0, (await Run.RagAsync("ingest", Workspace.Docs, "--store", Workspace.Store, "--tag", "product=ledger")).Code);

    public ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a command on the store.</summary>
    internal Task<Run> RagAsync(params string[] args) => Run.RagAsync([.. args, "--store", Workspace.Store]);
}
