using System.Runtime.CompilerServices;
using Rag.Indexing;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>A store in one SQLite file: documents, chunks and vectors there, search structures in memory. Safe for concurrent use, also by several processes.</summary>
/// <remarks>
/// Every change is a transaction; readers see the state before it or after it. Changes by other processes are taken over before the next search.
/// The keyword index is kept beside the store as <c>store.db.MODEL.index</c>, many vectors and the graph over them as <c>store.db.vectors.index</c>; they may be
/// deleted or replaced at any time, never written into, and are then made anew. Large graphs are made in the background; what they do not hold yet is found all the same.
/// A chunk comes back with what it inherits from its document (title, path, language, tags), whatever was set on the chunk itself.
/// </remarks>
public sealed class SqliteChunkStore : IReembeddableStore
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly StoreDatabase _database;
    private readonly StoreIndexes _indexes;
    private readonly StagedVectors _staged;
    private readonly SqliteStoreOptions _options;
    private volatile bool _closed;

    private SqliteChunkStore(StoreDatabase database, StoreIndexes indexes, SqliteStoreOptions options)
    {
        _database = database;
        _indexes = indexes;
        _staged = new(database, indexes);
        _options = options;
        Sessions = new(database, _gate, options.Clock);
    }

    /// <summary>The store's file.</summary>
    public string Path => _database.Path;

    /// <summary>Conversations about the store's documents; usable for as long as the store is open.</summary>
    public SqliteSessionStore Sessions { get; }

    /// <summary>Opens a store, creating the file and its folder where there is none.</summary>
    /// <param name="path">The file, or <c>:memory:</c> for a store that lives as long as the object.</param>
    /// <param name="options">Model, patience and clock; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="StoreException">The file is no store, damaged, made by a newer program, or cannot be opened or created.</exception>
    public static Task<SqliteChunkStore> OpenAsync(string path, SqliteStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return StoreErrors.GuardedAsync(path, () => Task.Run(() => Open(path, options ?? new(), cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A chunk is not of the document (its id must be <c>documentId#index</c>, its text the document's at its span), or some chunks have vectors of another length or model than the first, or with a number that is not finite.</exception>
    public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(chunks);
        ChunkRules.Check(document, chunks);
        return StoreErrors.GuardedAsync(Path, async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var words = _indexes.Indexer.Index(document.Id, document.Language, [.. chunks.Select(c => c.Chunk)]);
            await WriteAsync(
                () =>
                {
                    var old = _database.WriterRows.Find(document.Tenant, document.Id);
                    _indexes.CheckSpace(document, chunks, old);
                    if (old is { } row)
                    {
                        _database.Writer.Delete(row);
                        _database.Ratings.ForgetChanged(document);
                    }

                    var added = _database.Writer.Insert(document, chunks, _options.Clock.GetUtcNow());
                    _database.Writer.Touch();
                    return () => _indexes.Replace(document, old, added, words, chunks);
                },
                cancellationToken);
            return true;
        });
    }

    /// <inheritdoc/>
    public async Task<bool> ReplaceFindingsAsync(string documentId, string version, IReadOnlyList<DocumentFinding> findings, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(tenant);
        return await StoreErrors.GuardedAsync(Path, () => WriteAsync(
            () =>
            {
                var rows = _database.WriterRows;
                if (rows.Find(tenant, documentId) is not { } row || rows.Document(row) is not { } document || document.Version != version)
                {
                    return null;
                }

                var (chunks, at) = (rows.Embedded(row), rows.Listed(tenant, documentId)!.IngestedAt);
                document = document with { Findings = findings };
                _database.Writer.Delete(row);
                var added = _database.Writer.Insert(document, chunks, at);
                _database.Writer.Touch();
                var words = _indexes.Indexer.Index(document.Id, document.Language, [.. chunks.Select(c => c.Chunk)]);
                return () => _indexes.Replace(document, row, added, words, chunks);
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return StoreErrors.GuardedAsync(Path, () => WriteAsync(
            () =>
            {
                if (_database.WriterRows.Find(tenant, documentId) is not { } row)
                {
                    return null;
                }

                // Before the commit: were the process killed after it, the old index file would still hold the document's words.
                _indexes.DeleteSnapshots();
                _database.Writer.Delete(row);
                _database.Sessions.Redact(tenant, documentId);
                _database.Ratings.Forget(documentId, tenant);
                _database.Writer.Touch();
                return () => _indexes.Remove(tenant, row);
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return ReadAsync((_, rows) => rows.Find(tenant, documentId) is { } row ? rows.Document(row) : null, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(tenant);
        return ReadAsync((_, rows) => rows.Find(tenant, documentId) is { } row ? rows.Embedded(row) : [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return ReadAsync((_, rows) => rows.List(tenant), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDocument>> FindDocumentsAsync(IReadOnlyCollection<string> documentIds, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documentIds);
        ArgumentNullException.ThrowIfNull(tenant);
        return ReadAsync<IReadOnlyList<StoredDocument>>(
            (_, rows) => [.. documentIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => rows.Listed(tenant, id)).OfType<StoredDocument>()],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return ReadAsync((_, rows) => rows.Space(tenant), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return ReadAsync<IReadOnlyList<ScoredChunk>>(
            (state, rows) =>
            {
                if (!state.Keywords.TryGetValue(query.Tenant, out var index))
                {
                    return [];
                }

                var hits = index.Search(query.Text, top, _indexes.Scope(query, rows), query.Explain, query.Feedback, cancellationToken);
                return [.. hits.Zip(Chunks(hits.Select(h => (h.Document, h.Chunk)), rows), (hit, chunk) => new ScoredChunk(chunk, hit.Score) { Terms = hit.Terms })];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        return ReadAsync<IReadOnlyList<ScoredChunk>>(
            (state, rows) =>
            {
                var hits = Vectors(state, query.Tenant, rows).Search(vector, top, _indexes.Scope(query, rows), cancellationToken);
                return [.. hits.Zip(Chunks(hits.Select(h => (h.Document, h.Chunk)), rows), (hit, chunk) => new ScoredChunk(chunk, hit.Score))];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Chunk> ReadUnembeddedAsync(VectorSpace space, string tenant = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(space?.Model);
        ArgumentNullException.ThrowIfNull(tenant);
        foreach (var document in await ReadAsync((_, rows) => rows.Lacking(tenant, space), cancellationToken))
        {
            foreach (var chunk in await ReadAsync((_, rows) => StagedVectors.Lacking(document, space, rows), cancellationToken))
            {
                yield return chunk;
            }
        }
    }

    /// <inheritdoc/>
    public Task StageVectorsAsync(IReadOnlyList<EmbeddedChunk> chunks, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        ArgumentNullException.ThrowIfNull(tenant);
        ChunkRules.CheckStaged(chunks);
        return StoreErrors.GuardedAsync(Path, () => WriteAsync(
            () =>
            {
                _staged.Stage(chunks, tenant);
                return () => { }; // no search sees them
            },
            cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<int> SwitchVectorsAsync(VectorSpace space, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(space?.Model);
        ArgumentNullException.ThrowIfNull(tenant);
        var lacking = 0;
        await StoreErrors.GuardedAsync(Path, () => WriteAsync(
            () =>
            {
                lacking = _database.WriterRows.CountLacking(tenant, space);
                return lacking == 0 ? _staged.Switch(space, tenant, cancellationToken) : null;
            },
            cancellationToken));
        return lacking;
    }

    /// <summary>The recall of a tenant's searches by vector as it was last measured (<see cref="VectorIndex.MeasuredRecall"/>); 1 while they are exact.</summary>
    public Task<double> GetVectorRecallAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return ReadAsync((state, rows) => Vectors(state, tenant, rows).MeasuredRecall, cancellationToken);
    }

    /// <summary>Ends when no graph is being made; lets a test wait for it.</summary>
    internal Task Linking => _indexes.Vectors.Linking;

    /// <summary>Writes the index file if it is behind, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_closed)
            {
                _closed = true;
                await _indexes.Vectors.DisposeAsync();
                _indexes.SaveIfBehind();
            }
        }
        finally
        {
            _database.Dispose();
            _gate.Release();
        }
    }

    private List<Chunk> Chunks(IEnumerable<(int Document, int Ordinal)> found, StoreReader rows) =>
        rows.Chunks([.. found.Select(f => new ChunkPlace(_indexes.Head(f.Document, rows), f.Document, f.Ordinal))]);

    private VectorIndex Vectors(StoreState state, string tenant, StoreReader rows)
    {
        var index = _indexes.VectorsOf(state, tenant, rows);
        _indexes.LinkInBackground();
        return index;
    }

    private static SqliteChunkStore Open(string path, SqliteStoreOptions options, CancellationToken cancellationToken)
    {
        var database = StoreDatabase.Open(path, options);
        try
        {
            var indexes = new StoreIndexes(database, options);
            indexes.Load(cancellationToken);
            return new(database, indexes, options);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>One transaction: <paramref name="change"/> writes and gives what to do with the indexes after the commit, or null when there was nothing to do.</summary>
    private async Task<bool> WriteAsync(Func<Action?> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            await _database.BeginWriteAsync(cancellationToken);
            _indexes.CatchUp(_database.WriterRows, _database.WriterRows.Revision(), cancellationToken);
            var apply = change();
            if (apply is null)
            {
                _database.Rollback();
                return false;
            }

            cancellationToken.ThrowIfCancellationRequested();
            _database.Commit();
            apply();
            return true;
        }
        catch
        {
            _database.Rollback();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs a read on one state of the file with the indexes of just that state.</summary>
    private Task<T> ReadAsync<T>(Func<StoreState, StoreReader, T> read, CancellationToken cancellationToken) => StoreErrors.GuardedAsync(Path, async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_closed, this);
        if (_database.InMemory)
        {
            await _gate.WaitAsync(cancellationToken); // SQLite's file system in memory has no readers beside a writer
        }

        var rented = _database.Rent();
        try
        {
            return read(await BeginReadAsync(rented.Reader, cancellationToken), rented.Reader);
        }
        finally
        {
            rented.Reader.End();
            _database.Return(rented);
            if (_database.InMemory)
            {
                _gate.Release();
            }
        }
    });

    private async Task<StoreState> BeginReadAsync(StoreReader rows, CancellationToken cancellationToken)
    {
        var state = _indexes.State;
        if (rows.Begin() == state.Revision)
        {
            return state;
        }

        // Behind: a write of ours has just been committed, or another process wrote. With the gate in hand the file is ahead only by others' writes.
        rows.End();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _indexes.CatchUp(rows, rows.Begin(), cancellationToken);
            return _indexes.State;
        }
        finally
        {
            _gate.Release();
        }
    }
}
