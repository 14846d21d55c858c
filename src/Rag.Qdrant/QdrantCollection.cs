using System.Net;
using System.Text.Json;
using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>Makes a collection or finds out what it is, and sees to it that it takes the vectors that come.</summary>
internal sealed class QdrantCollection
{
    // The first version whose published API can count idf among the points that a query may see.
    private static readonly Version ScopedIdf = new(1, 19);

    // The first version that weighs ranks; older ones ignore the weights.
    private static readonly Version WeightedRanks = new(1, 17);

    // The first version that the whole of what is used here has been described for.
    private static readonly Version Oldest = new(1, 15, 4);

    private static readonly IReadOnlyList<(string Field, FieldSchema Schema)> Indexes =
    [
        ("tenant", new("keyword") { IsTenant = true }),
        ("kind", new("keyword")),
        ("document", new("keyword")),
        ("path", new("keyword")),
        ("type", new("keyword")),
        ("language", new("keyword")),
        ("groups", new("keyword")),
        ("labels", new("keyword")),
        ("dimensions", new("keyword")),
        ("model", new("keyword")),
        ("write", new("keyword")),
        ("generation", new("integer")),
    ];

    private readonly QdrantClient _client;
    private volatile string[] _vectors;

    private QdrantCollection(QdrantClient client, Version version, CollectionDescription description)
    {
        _client = client;
        _vectors = Names(description);
        Version = version;
        CountsVisible = version >= ScopedIdf && description.Config.Params.SparseVectors?[PointVectors.WordsName].Modifier == "idf";
    }

    /// <summary>The server's version.</summary>
    public Version Version { get; }

    /// <summary>Whether words are weighed by how rare they are among what a query may see; otherwise they are not weighed by rarity at all.</summary>
    public bool CountsVisible { get; }

    /// <summary>Whether fusion by ranks heeds weights.</summary>
    public bool WeighsRanks => Version >= WeightedRanks;

    public static async Task<QdrantCollection> OpenAsync(QdrantClient client, QdrantCollectionOptions options, bool create, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(client, cancellationToken);
        var found = await DescribeAsync(client, cancellationToken);
        if (found is null)
        {
            if (!create)
            {
                throw new StoreException($"The Qdrant server '{client.Server}' has no collection '{client.Collection}'. Make it by ingesting into it, or check the name.");
            }

            await CreateAsync(client, options, version, cancellationToken);
            found = await DescribeAsync(client, cancellationToken)
                ?? throw new StoreException($"The Qdrant server '{client.Server}' lost the collection '{client.Collection}' right after making it. Try again.");
        }

        var layout = found.Config.Params;
        if (layout.SparseVectors?.ContainsKey(PointVectors.WordsName) != true || !Array.TrueForAll(Names(found), PointVectors.IsDense))
        {
            throw new StoreException($"The collection '{client.Address}' was made by another program: it has no sparse vector '{PointVectors.WordsName}', or vectors of other names. Give the store a collection of its own.");
        }

        foreach (var (name, json) in layout.Vectors ?? [])
        {
            if (json.Deserialize(QdrantJson.Default.DenseConfig) is { } vector && (vector.Distance != "Cosine" || name != PointVectors.DenseName(vector.Size)))
            {
                throw new StoreException($"The vector '{name}' of the collection '{client.Address}' compares {vector.Size} numbers by {vector.Distance}; this store needs the cosine and '{PointVectors.DenseName(vector.Size)}'. Give it a collection of its own.");
            }
        }

        // Also where it exists: a process that was killed while making the collection left indexes out. Making one that is there does nothing.
        if (create)
        {
            await CreateIndexesAsync(client, cancellationToken);
        }

        return new(client, version, found);
    }

    /// <summary>Whether there are vectors of this length, also where another process added them since the opening.</summary>
    public async Task<bool> TakesAsync(int size, CancellationToken cancellationToken)
    {
        var name = PointVectors.DenseName(size);
        if (!_vectors.Contains(name) && await DescribeAsync(_client, cancellationToken) is { } now)
        {
            _vectors = Names(now);
        }

        return _vectors.Contains(name);
    }

    /// <summary>Adds a vector of this length where there is none.</summary>
    public async Task TakeAsync(int size, CancellationToken cancellationToken)
    {
        if (await TakesAsync(size, cancellationToken))
        {
            return;
        }

        var name = PointVectors.DenseName(size);
        try
        {
            await _client.UpdateAsync(HttpMethod.Put, $"/vectors/{name}?wait=true", new VectorRequest(new(size, "Cosine")), QdrantJson.Default.VectorRequest, cancellationToken);
        }
        catch (QdrantException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Conflict or HttpStatusCode.BadRequest)
        {
            // Another process may have just added it.
            if (!await TakesAsync(size, cancellationToken))
            {
                throw new StoreException($"The collection '{_client.Address}' takes no vectors of {size} numbers, and its server (Qdrant {Version}) cannot add them. Make a new collection that has them from the beginning (QdrantCollectionOptions.VectorSizes), or use Qdrant {ScopedIdf} or newer.", e);
            }
        }

        _vectors = [.. _vectors, name];
    }

    private static string[] Names(CollectionDescription description) => [.. (description.Config.Params.Vectors ?? []).Keys];

    private static async Task<Version> VersionAsync(QdrantClient client, CancellationToken cancellationToken)
    {
        var said = await client.GetAsync("", QdrantJson.Default.ServerVersion, cancellationToken);
        var version = Version.TryParse(said?.Version?.Split('-', '+')[0], out var parsed)
            ? parsed
            : throw new StoreException($"What answers at '{client.Server}' is not a Qdrant server. Check host and port; Qdrant takes REST at 6333 and gRPC at 6334.");
        return version >= Oldest
            ? version
            : throw new StoreException($"The Qdrant server '{client.Server}' is of version {version}; this store needs {Oldest} or newer, for its Query API and for writes under a condition. Update the server.");
    }

    private static async Task<CollectionDescription?> DescribeAsync(QdrantClient client, CancellationToken cancellationToken) =>
        (await client.GetAsync(client.PathOf(), QdrantJson.Default.ReplyCollectionDescription, cancellationToken))?.Result;

    private static async Task CreateAsync(QdrantClient client, QdrantCollectionOptions options, Version version, CancellationToken cancellationToken)
    {
        var request = new CollectionRequest(
            options.VectorSizes.ToDictionary(PointVectors.DenseName, size => new DenseConfig(size, "Cosine") { OnDisk = options.OnDisk ? true : null }),
            new Dictionary<string, SparseConfig> { [PointVectors.WordsName] = new() { Modifier = version >= ScopedIdf ? "idf" : null } })
        {
            ShardNumber = options.Shards,
            ReplicationFactor = options.Replicas,
            WriteConsistencyFactor = options.WriteConsistency,
            OnDiskPayload = options.OnDisk ? true : null,
            QuantizationConfig = options.Quantized ? new(new("int8", AlwaysRam: true)) : null,
        };
        try
        {
            await client.UpdateAsync(HttpMethod.Put, "", request, QdrantJson.Default.CollectionRequest, cancellationToken);
        }
        catch (QdrantException e) when (e.Status == HttpStatusCode.Conflict)
        {
            // Another process made it in between, or an earlier try did and its answer was lost.
        }
    }

    private static async Task CreateIndexesAsync(QdrantClient client, CancellationToken cancellationToken)
    {
        foreach (var (field, schema) in Indexes)
        {
            await client.UpdateAsync(HttpMethod.Put, "/index?wait=true", new IndexRequest(field, schema), QdrantJson.Default.IndexRequest, cancellationToken);
        }
    }
}
