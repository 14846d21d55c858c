using Rag.Storage;
using Rag.Testing;

namespace Rag.Core.Tests.Storage;

/// <summary>The fake that other tests trust keeps the promises of the real stores.</summary>
public sealed class InMemoryChunkStoreTests : ChunkStoreContract
{
    protected override Task<IChunkStore> CreateAsync() => Task.FromResult<IChunkStore>(new InMemoryChunkStore());
}

/// <summary>Likewise for its searches.</summary>
public sealed class InMemoryChunkSearchTests : ChunkSearchContract
{
    protected override Task<IChunkStore> CreateAsync() => Task.FromResult<IChunkStore>(new InMemoryChunkStore());
}

/// <summary>Likewise for re-embedding it.</summary>
public sealed class InMemoryReembeddingTests : ReembeddingContract
{
    protected override Task<IReembeddableStore> CreateAsync() => Task.FromResult<IReembeddableStore>(new InMemoryChunkStore());
}
