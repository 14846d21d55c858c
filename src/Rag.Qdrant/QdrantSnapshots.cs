using System.Security.Cryptography;
using Rag.Qdrant.Api;
using Rag.Storage;

namespace Rag.Qdrant;

/// <summary>Backups of one collection, made and restored by its server. Safe for concurrent use.</summary>
/// <remarks>
/// Each request is sent once and may take as long as it takes; the cancellation token ends the waiting, not the server's work. In a cluster a snapshot holds what lies on the node that is asked: take one of each.
/// Stores that are open stay so; after restoring, the next opening finishes what writers had not finished when the snapshot was made.
/// </remarks>
public sealed class QdrantSnapshots : IDisposable
{
    private const int BufferSize = 81_920;

    private readonly QdrantClient _client;

    /// <summary>Snapshots of the collection at an address; nothing is asked of the server yet.</summary>
    /// <param name="address">Server and collection, such as <c>http://localhost:6333/docs</c>.</param>
    /// <param name="options">The key; <see langword="null"/> where the server wants none.</param>
    /// <param name="transport">What carries the requests, for proxies and tests; not disposed. <see langword="null"/> for the network.</param>
    /// <exception cref="ArgumentException">The address names no collection, or is not of http or https.</exception>
    public QdrantSnapshots(Uri address, QdrantStoreOptions? options = null, HttpMessageHandler? transport = null)
    {
        QdrantClient.ThrowIfNoCollection(address);
        _client = new(address, options ?? new(), transport);
    }

    /// <summary>Makes a snapshot, which stays on the server.</summary>
    /// <exception cref="StoreException">The server cannot be reached, has no such collection, or cannot do it; the message says why and what to do.</exception>
    public async Task<QdrantSnapshot> CreateAsync(CancellationToken cancellationToken = default) =>
        Read(await _client.SendOnceAsync(HttpMethod.Post, PathOf("?wait=true"), null, QdrantJson.Default.ReplySnapshotDescription, cancellationToken));

    /// <summary>The snapshots on the server, by name (ordinal).</summary>
    /// <exception cref="StoreException">The server cannot be reached or has no such collection.</exception>
    public async Task<IReadOnlyList<QdrantSnapshot>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await _client.SendOnceAsync(HttpMethod.Get, PathOf(), null, QdrantJson.Default.ReplyIReadOnlyListSnapshotDescription, cancellationToken)).Select(Read).OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Deletes a snapshot from the server.</summary>
    /// <exception cref="StoreException">The server cannot be reached or has no such snapshot.</exception>
    public Task DeleteAsync(QdrantSnapshot snapshot, CancellationToken cancellationToken = default) =>
        _client.SendOnceAsync(HttpMethod.Delete, PathOf(snapshot), null, QdrantJson.Default.ReplyJsonElement, cancellationToken);

    /// <summary>Writes a snapshot's bytes to a stream, which stays open, and checks them against their SHA-256 where the server gave one, else against their number.</summary>
    /// <exception cref="StoreException">The server cannot be reached or has no such snapshot, or what came is not what it said.</exception>
    public async Task DownloadAsync(QdrantSnapshot snapshot, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        using var reply = await _client.OpenAsync(HttpMethod.Get, PathOf(snapshot), null, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = await reply.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, bytes) = (new byte[BufferSize], 0L);
        for (int read; (read = await ReadAsync(source, buffer, snapshot, cancellationToken)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        var sha256 = Convert.ToHexString(hash.GetHashAndReset());
        if (snapshot.Sha256 is { } expected ? !sha256.Equals(expected, StringComparison.OrdinalIgnoreCase) : bytes != snapshot.Bytes)
        {
            throw new StoreException($"The snapshot '{snapshot.Name}' came with {bytes} bytes of the SHA-256 {sha256}, the server had said {snapshot.Bytes} of {snapshot.Sha256 ?? "no known one"}: it is damaged. Download it again, or make a new one.");
        }
    }

    /// <summary>Puts a snapshot that lies with the server, or where the server can fetch it, in place of all that the collection holds on this node; makes the collection where there is none.</summary>
    /// <param name="location">Such as <c>file:///qdrant/snapshots/docs/NAME</c> on the server's disk, or the http address of one on another server. The server opens it: never take it from a document.</param>
    /// <param name="sha256">What its SHA-256 must be, in hexadecimal; <see langword="null"/> to not check.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoreException">The server cannot be reached, or cannot use what lies there.</exception>
    public Task RestoreAsync(Uri location, string? sha256 = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(location);
        var content = QdrantClient.Json(new SnapshotRecover(location.AbsoluteUri, "snapshot") { Checksum = sha256 }, QdrantJson.Default.SnapshotRecover);
        return _client.SendOnceAsync(HttpMethod.Put, PathOf("/recover?wait=true"), content, QdrantJson.Default.ReplyJsonElement, cancellationToken);
    }

    /// <summary>Uploads a snapshot and puts it in place of all that the collection holds on this node; makes the collection where there is none.</summary>
    /// <param name="snapshot">Its bytes, read to the end and closed.</param>
    /// <param name="sha256">What its SHA-256 must be, in hexadecimal; <see langword="null"/> to not check.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoreException">The server cannot be reached, or cannot use the snapshot.</exception>
    public async Task RestoreAsync(Stream snapshot, string? sha256 = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var file = new StreamContent(snapshot) { Headers = { ContentType = new("application/octet-stream") } };
        using var form = new MultipartFormDataContent { { file, "snapshot", $"{Guid.NewGuid():n}.snapshot" } };
        var checksum = sha256 is null ? "" : $"&checksum={Uri.EscapeDataString(sha256)}";
        await _client.SendOnceAsync(HttpMethod.Post, PathOf($"/upload?wait=true&priority=snapshot{checksum}"), form, QdrantJson.Default.ReplyJsonElement, cancellationToken);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _client.Dispose();

    private string PathOf(string rest = "") => _client.PathOf($"/snapshots{rest}");

    private string PathOf(QdrantSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);

        // A path of dots would be shortened on the way, and DELETE would meet the collection instead.
        return snapshot.Name.Trim('.').Length > 0
            ? PathOf("/" + Uri.EscapeDataString(snapshot.Name))
            : throw new ArgumentException($"'{snapshot.Name}' is no name of a snapshot; take one from ListAsync.", nameof(snapshot));
    }

    private async Task<int> ReadAsync(Stream source, byte[] buffer, QdrantSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StoreException($"The connection to '{_client.Server}' was lost while the snapshot '{snapshot.Name}' came: {e.Message.TrimEnd('.')}. Download it again.", e);
        }
    }

    private static QdrantSnapshot Read(SnapshotDescription said) =>
        new(said.Name, said.CreationTime is { } time ? new(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null, said.Size, said.Checksum);
}

/// <summary>A snapshot on a server.</summary>
/// <param name="Name">Its file name there.</param>
/// <param name="CreatedAt">When it was made, to the second; <see langword="null"/> where the server does not say.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal; <see langword="null"/> where the server does not say.</param>
public sealed record QdrantSnapshot(string Name, DateTimeOffset? CreatedAt, long Bytes, string? Sha256);
