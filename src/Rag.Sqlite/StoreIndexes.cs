using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Rag.Indexing;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>The search structures beside the file: kept in step with it, saved and loaded. Changed only by whoever holds the store's gate.</summary>
internal sealed class StoreIndexes(StoreDatabase database, SqliteStoreOptions options)
{
    // While much is ingested the index is saved whenever it has doubled, but not below this many postings (about 50 MB of text).
    private const long SaveAfter = 4_000_000;

    private readonly ConcurrentDictionary<int, Document> _heads = new(); // rows never change, so what was read once stays true
    private readonly string? _snapshot = database.InMemory ? null : $"{database.Path}.{options.Model.Name}.index";
    private readonly Lock _reading = new();
    private volatile StoreState _state = new(0, ImmutableDictionary.Create<string, KeywordIndex>(StringComparer.Ordinal), ImmutableDictionary.Create<string, VectorIndex>(StringComparer.Ordinal));
    private long _savedRevision = -1;
    private long _savedPostings;
    private long _unsavedPostings;
    private bool _logHoldsDeleted;

    public StoreState State => _state;

    public DocumentIndexer Indexer { get; } = new(options.Model);

    public StoreVectors Vectors { get; } = new(database, options);

    /// <summary>The vectors of a tenant at the state that <paramref name="rows"/> sees, read when they are first asked for.</summary>
    public VectorIndex VectorsOf(StoreState state, string tenant, StoreReader rows)
    {
        if (state.Vectors.TryGetValue(tenant, out var loaded))
        {
            return loaded;
        }

        lock (_reading) // one reads, the others take what it has read
        {
            if (_state is var now && now.Revision == state.Revision && now.Vectors.TryGetValue(tenant, out loaded))
            {
                return loaded;
            }

            var index = Vectors.Read(state.Keywords.GetValueOrDefault(tenant)?.Documents ?? [], tenant, rows, row => Head(row, rows).Id);
            if (state.Keywords.ContainsKey(tenant) && now.Revision == state.Revision)
            {
                // Kept only if nothing was written meanwhile; else the next search reads again.
                Interlocked.CompareExchange(ref _state, now with { Vectors = now.Vectors.SetItem(tenant, index) }, now);
            }

            return index;
        }
    }

    /// <summary>Has the graphs over the vectors made, where that pays and is not done, beside all else.</summary>
    public void LinkInBackground() => Vectors.LinkInBackground(() => _state.Vectors.Values.FirstOrDefault(v => v.NeedsLinks));

    /// <summary>Takes over the saved index, then what has changed since.</summary>
    public void Load(CancellationToken cancellationToken)
    {
        if (_snapshot is not null && KeywordSnapshot.TryLoad(_snapshot, options.Model, database.Identity) is { } saved)
        {
            _state = _state with { Revision = saved.Revision, Keywords = _state.Keywords.AddRange(saved.Tenants) };
            _savedRevision = saved.Revision;
            _savedPostings = saved.Tenants.Values.Sum(t => t.PostingCount);
        }

        _state = _state with { Switches = database.WriterRows.Switches() };
        Vectors.Expect(_state.Switches);
        CatchUp(database.WriterRows, database.WriterRows.Begin(), cancellationToken);
        database.WriterRows.End();
    }

    /// <summary>Brings the indexes to the revision that <paramref name="rows"/> sees, reading and analysing only what is new.</summary>
    public void CatchUp(StoreReader rows, long revision, CancellationToken cancellationToken)
    {
        var state = _state;
        if (revision == state.Revision)
        {
            return;
        }

        if (rows.Switches() is var switches && switches != state.Switches)
        {
            state = Forget(state, switches);
        }

        var gone = state.Keywords.SelectMany(t => t.Value.Documents.Select(row => (Row: row, Tenant: t.Key))).ToDictionary(d => d.Row, d => d.Tenant);
        List<(int Row, string Tenant)> added = [.. rows.Rows().Where(d => !gone.Remove(d.Row))];
        foreach (var (row, tenant) in gone)
        {
            state = state.Remove(tenant, row);
            _heads.TryRemove(row, out _);
            Vectors.Remove();
        }

        // Reading is quick and analysing slow: a batch is read, then analysed on all cores.
        foreach (var batch in added.Chunk(256))
        {
            var read = batch.Select(d => (d.Row, d.Tenant, Head: rows.Head(d.Row))).Select(d => (d.Row, d.Tenant, d.Head, Chunks: rows.Chunks(d.Head, d.Row))).ToList();
            var indexed = read.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(d => (d.Row, d.Tenant, d.Head, Words: Indexer.Index(d.Head.Document.Id, d.Head.Document.Language, d.Chunks)));
            foreach (var (row, tenant, head, words) in indexed)
            {
                state = state.Add(options.Model, tenant, row, words);
                if (state.Vectors.ContainsKey(tenant))
                {
                    state = state.AddVectors(tenant, row, head.Document.Id, rows.Vectors(row));
                }

                _unsavedPostings += words.PostingCount;
            }
        }

        _state = state with { Revision = revision };
    }

    public void Replace(Document document, int? old, int row, IndexedDocument words, IReadOnlyList<EmbeddedChunk> chunks)
    {
        var state = old is { } gone ? _state.Remove(document.Tenant, gone) : _state;
        state = state.Add(options.Model, document.Tenant, row, words);
        if (chunks is [{ Vector.IsEmpty: false }, ..])
        {
            state = state.AddVectors(document.Tenant, row, document.Id, [.. chunks.Select(c => c.Vector)]);
        }

        Publish(state, old);
        LinkInBackground();
        _unsavedPostings += words.PostingCount;
        if (_unsavedPostings > Math.Max(SaveAfter, _savedPostings))
        {
            SaveIfBehind();
        }
    }

    public void Remove(string tenant, int row)
    {
        Publish(_state.Remove(tenant, row), row);
        _logHoldsDeleted = !database.TryTruncateLog();
    }

    /// <summary>All vectors of a tenant were exchanged.</summary>
    public void Switch()
    {
        Publish(Forget(_state, _state.Switches + 1), null);
        LinkInBackground();
    }

    /// <summary>Removes the index files of all models: a document that they hold is about to go.</summary>
    public void DeleteSnapshots()
    {
        if (_snapshot is null)
        {
            return;
        }

        Vectors.Load();
        var folder = Path.GetDirectoryName(Path.GetFullPath(_snapshot))!;
        foreach (var file in Directory.EnumerateFiles(folder, $"{Path.GetFileName(database.Path)}.*.index*"))
        {
            File.Delete(file);
        }

        _savedRevision = -1;
    }

    /// <summary>What a query may see, or <see langword="null"/> for all of its tenant.</summary>
    public DocumentScope? Scope(Query query, StoreReader rows)
    {
        var restricted = rows.HasGroups(query.Tenant);
        if (!restricted && query.Filter is Filter.And { Parts.Count: 0 })
        {
            return null;
        }

        return new(FilterKey.Of(query.Filter, restricted ? query.Groups : []), row =>
        {
            var head = Head(row, rows);
            return (head.Groups.Count == 0 || head.Groups.Intersect(query.Groups, StringComparer.Ordinal).Any()) && query.Filter.Matches(field => Filter.ValuesOf(head, field));
        });
    }

    public Document Head(int row, StoreReader rows) => _heads.TryGetValue(row, out var head) ? head : _heads.GetOrAdd(row, rows.Head(row).Document);

    /// <exception cref="StoreException">The vectors are of another model or length than those that stay.</exception>
    public void CheckSpace(Document document, IReadOnlyList<EmbeddedChunk> chunks, int? replaced)
    {
        if (chunks is not [{ Vector.Length: > 0 and var length, Model: var model }, ..])
        {
            return;
        }

        var added = new VectorSpace(model, length);
        if (database.WriterRows.Space(document.Tenant, but: replaced ?? 0) is { } stored && !stored.Accepts(added))
        {
            throw new StoreException($"The store '{database.Path}' holds vectors of {stored}, those of '{document.Id}' are of {added}; embed with the same model, or first re-embed the store with the new one, which reads no files (rag ingest --embed MODEL --reembed; in a program StoreReembedding).");
        }
    }

    /// <summary>Writes the index files if the store has changed since they were written, unless another process is writing the store.</summary>
    public void SaveIfBehind()
    {
        if (_logHoldsDeleted)
        {
            _logHoldsDeleted = !database.TryTruncateLog();
        }

        if (_snapshot is null || (_savedRevision == _state.Revision && !Vectors.IsBehind(_state)))
        {
            return;
        }

        try
        {
            // With the write lock in hand, so that no other process deletes a document whose words are just being written.
            if (!database.TryBeginWrite())
            {
                return;
            }

            CatchUp(database.WriterRows, database.WriterRows.Revision(), CancellationToken.None);
            if (Vectors.IsBehind(_state))
            {
                Vectors.Save(_state);
            }

            if (_savedRevision == _state.Revision)
            {
                return; // only vectors or links are new to their file
            }

            _state = _state with { Keywords = _state.Keywords.ToImmutableDictionary(t => t.Key, t => t.Value.Compact(), StringComparer.Ordinal) };
            new KeywordSnapshot(_state.Revision, _state.Keywords).Save(_snapshot, options.Model, database.Identity);
            _savedRevision = _state.Revision;
            _savedPostings = _state.Keywords.Values.Sum(t => t.PostingCount);
            _unsavedPostings = 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            File.Delete(_snapshot + ".tmp"); // derived and therefore dispensable: without room for it the next opening makes it anew
            Vectors.DeleteTemporary();
        }
        finally
        {
            database.Rollback();
        }
    }

    // The documents are the same, so nothing else shows that what was read of their vectors is out of date.
    private StoreState Forget(StoreState state, long switches)
    {
        Vectors.Forget(switches);
        return state with { Vectors = state.Vectors.Clear(), Switches = switches };
    }

    private void Publish(StoreState state, int? gone)
    {
        _state = state with { Revision = state.Revision + 1 };
        if (gone is { } row)
        {
            _heads.TryRemove(row, out _);
            Vectors.Remove();
        }
    }
}
