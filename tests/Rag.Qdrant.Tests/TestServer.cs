using Rag.Storage;
using Rag.Testing.Qdrant;

namespace Rag.Qdrant.Tests;

/// <summary>A double for each test, or the real server that <c>RAG_TEST_QDRANT=http://host:port</c> names (with <c>RAG_QDRANT_API_KEY</c> where it wants a key).</summary>
internal sealed class TestServer(Version version) : IAsyncDisposable
{
    private static readonly string? Real = Environment.GetEnvironmentVariable("RAG_TEST_QDRANT");

    private readonly List<Uri> _collections = [];

    public QdrantDouble Double { get; } = new() { Version = version };

    public async Task<IChunkStore> CreateAsync()
    {
        var address = new Uri($"{Real?.TrimEnd('/') ?? "http://double:6333"}/rag-test-{Guid.NewGuid():n}");
        _collections.Add(address);
        var options = new QdrantStoreOptions { ApiKey = Environment.GetEnvironmentVariable("RAG_QDRANT_API_KEY"), RetryDelay = TimeSpan.Zero, Collection = new() { VectorSizes = [1, 2, 3, 16] } };
        return await QdrantChunkStore.OpenAsync(address, options, transport: Real is null ? Double : null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Real is not null)
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Add("api-key", Environment.GetEnvironmentVariable("RAG_QDRANT_API_KEY") ?? "");
            foreach (var address in _collections)
            {
                using var reply = await http.DeleteAsync(new Uri(address, $"/collections{address.AbsolutePath}"));
            }
        }

        Double.Dispose();
    }
}
