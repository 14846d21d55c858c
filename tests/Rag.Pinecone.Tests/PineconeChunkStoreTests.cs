using Rag.Storage;
using Rag.Testing;
using Rag.Testing.Pinecone;

namespace Rag.Pinecone.Tests;

public sealed class PineconeChunkStoreContractTests : ChunkStoreContract, IDisposable
{
    private readonly Indexes _indexes = new();

    public void Dispose() => _indexes.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _indexes.NewAsync();
}

public sealed class PineconeChunkSearchContractTests : ChunkSearchContract, IDisposable
{
    private readonly Indexes _indexes = new();

    public void Dispose() => _indexes.Dispose();

    protected override Task<IChunkStore> CreateAsync() => _indexes.NewAsync();
}

public sealed class PineconeRecordStoreContractTests : RecordStoreContract, IDisposable
{
    private readonly PineconeDouble _index = new() { Lags = true };

    public void Dispose() => _index.Dispose();

    protected override LoopbackHttp Http => _index.Http;

    protected override int Records
    {
        get
        {
            LetTimePass();
            return _index.Ids.Count;
        }
    }

    protected override void LetTimePass() => _index.Settle();

    protected override Task<IChunkStore> OpenAsync() => _index.OpenAsync();
}

/// <summary>An index for each store; their writes are seen late.</summary>
internal sealed class Indexes : IDisposable
{
    private readonly List<PineconeDouble> _all = [];

    public Task<IChunkStore> NewAsync()
    {
        _all.Add(new() { Lags = true });
        return _all[^1].OpenAsync();
    }

    public void Dispose() => _all.ForEach(index => index.Dispose());
}

internal static class Opening
{
    public static Task<IChunkStore> OpenAsync(this PineconeDouble index, string? key = null) =>
        PineconeChunkStore.OpenAsync(new(index.Http.Address), new() { ApiKey = key, RetryDelay = TimeSpan.Zero, AbandonedAfter = TimeSpan.Zero });
}
