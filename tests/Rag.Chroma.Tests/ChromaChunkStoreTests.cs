using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Chroma;

namespace Rag.Chroma.Tests;

public sealed class ChromaChunkStoreContractTests : ChunkStoreContract, IDisposable
{
    private readonly ChromaDouble _server = new();

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.OpenAsync($"rag-test-{Guid.NewGuid():n}");
}

public sealed class ChromaChunkSearchContractTests : ChunkSearchContract, IDisposable
{
    private readonly ChromaDouble _server = new();

    public void Dispose() => _server.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _server.OpenAsync($"rag-test-{Guid.NewGuid():n}");
}

public sealed class ChromaRecordStoreContractTests : RecordStoreContract, IDisposable
{
    private readonly ChromaDouble _server = new();

    public void Dispose() => _server.Dispose();

    protected override LoopbackHttp Http => _server.Http;

    protected override int Records => _server.Names.Sum(name => _server[name].Ids.Count);

    protected override Task<IChunkStore> OpenAsync() => _server.OpenAsync("docs");
}

internal static class Opening
{
    public static Task<IChunkStore> OpenAsync(this ChromaDouble server, string collection, string? key = null, bool create = true) =>
        ChromaChunkStore.OpenAsync(new($"{server.Http.Address}/{collection}"), new() { ApiKey = key, RetryDelay = TimeSpan.Zero, AbandonedAfter = TimeSpan.Zero }, create);
}
