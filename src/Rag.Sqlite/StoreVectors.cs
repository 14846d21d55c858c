using System.Globalization;
using Rag.Indexing;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>Reads vectors from the store, makes the graphs over them, and keeps both in a file beside it.</summary>
internal sealed class StoreVectors : IAsyncDisposable
{
    // Fewer vectors of a tenant are read from the store as fast.
    private const int SaveFrom = 10_000;

    // The file is as long as all vectors, so it is not rewritten for a few: they are read from the store beside it.
    private const double SaveAfterGrowth = 1.1;

    private readonly StoreDatabase _database;
    private readonly SqliteStoreOptions _options;
    private readonly string? _snapshot;
    private volatile Lazy<IReadOnlyDictionary<string, VectorIndex>> _saved; // as it was when a vector was first asked for
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _start = new();
    private long _savedSize;
    private bool _mayHoldGone;
    private Task _linking = Task.CompletedTask;

    public StoreVectors(StoreDatabase database, SqliteStoreOptions options)
    {
        _database = database;
        _options = options;
        _snapshot = database.InMemory ? null : $"{database.Path}.vectors.index";
        _saved = SavedAt(0);
    }

    public Task Linking
    {
        get
        {
            lock (_start)
            {
                return _linking;
            }
        }
    }

    /// <summary>Says which vectors the file has to hold, to be of use.</summary>
    /// <param name="switches">How often vectors have been exchanged (<see cref="StoreState.Switches"/>).</param>
    public void Expect(long switches) => _saved = SavedAt(switches);

    /// <summary>Lets go of the saved vectors, which were exchanged.</summary>
    /// <param name="switches">How often vectors have been exchanged by now.</param>
    public void Forget(long switches)
    {
        Expect(switches);
        (_savedSize, _mayHoldGone) = (0, true);
    }

    /// <summary>The vectors of a tenant's documents: from the file those that it has, from the store the others.</summary>
    /// <exception cref="StoreException">A stored vector cannot be compared.</exception>
    public VectorIndex Read(IEnumerable<int> documents, string tenant, StoreReader rows, Func<int, string> id)
    {
        var rest = documents.ToHashSet();
        var index = Saved(tenant, rest);
        rest.ExceptWith(index.Documents);
        foreach (var row in rest.Order())
        {
            try
            {
                index = index.Add(row, id(row), rows.Vectors(row));
            }
            catch (ArgumentException e)
            {
                throw new StoreException($"The vectors of document '{id(row)}' in the store '{_database.Path}' cannot be used: {e.Message} Ingest the document again, or delete it.", e);
            }
        }

        return index;
    }

    /// <summary>A document has left the store: the file, which may hold it, is to be written anew.</summary>
    public void Remove() => _mayHoldGone = true;

    /// <summary>Whether the file is missing, lacks much of what would be in it, or holds what is gone.</summary>
    public bool IsBehind(StoreState state)
    {
        if (_mayHoldGone)
        {
            Load();
        }

        var (exists, size) = (File.Exists(_snapshot), Worthy(state).Values.Sum(Size));
        return exists ? _mayHoldGone || size > _savedSize * SaveAfterGrowth : size > 0;
    }

    /// <summary>Writes the file, without what is gone from the store. The caller holds the store's write lock, and <paramref name="state"/> is the store's.</summary>
    public void Save(StoreState state)
    {
        var tenants = Worthy(state);
        if (tenants.Count == 0)
        {
            File.Delete(_snapshot!);
        }
        else
        {
            new VectorSnapshot(tenants).Save(_snapshot!, Identity(state.Switches));
        }

        _savedSize = tenants.Values.Sum(Size);
        _mayHoldGone = false;
    }

    /// <summary>Takes over what the file holds, before it is deleted.</summary>
    public void Load() => _ = _saved.Value;

    public void DeleteTemporary() => File.Delete(_snapshot + ".tmp");

    /// <summary>Makes graphs until none is wanted, on half the cores; does nothing while that is going on.</summary>
    /// <param name="next">Gives an index that wants one.</param>
    public void LinkInBackground(Func<VectorIndex?> next)
    {
        lock (_start)
        {
            if (_linking.IsCompletedSuccessfully && !_stop.IsCancellationRequested && next() is not null)
            {
                var stop = _stop.Token;
                _linking = Task.Run(() =>
                {
                    while (next() is { } index)
                    {
                        index.Link(Math.Max(1, Environment.ProcessorCount / 2), stop);
                    }
                });
            }
        }
    }

    /// <summary>Stops the making of graphs; what was linked stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Linking;
        }
        catch (OperationCanceledException)
        {
            // as asked
        }

        _stop.Dispose();
    }

    private Lazy<IReadOnlyDictionary<string, VectorIndex>> SavedAt(long switches) => new(() =>
    {
        var saved = (_snapshot is null ? null : VectorSnapshot.TryLoad(_snapshot, Identity(switches), _options.VectorRecall))?.Tenants ?? new Dictionary<string, VectorIndex>();
        _savedSize = saved.Values.Sum(Size);
        return saved;
    });

    private string Identity(long switches) => switches == 0 ? _database.Identity : string.Create(CultureInfo.InvariantCulture, $"{_database.Identity}-{switches}");

    private static long Size(VectorIndex index) => (long)index.Count + index.Linked;

    // Only what was loaded: while no vector was asked for and nothing was deleted, the file is as good as it was.
    private Dictionary<string, VectorIndex> Worthy(StoreState state) =>
        state.Keywords.Where(_ => _saved.IsValueCreated).Select(t => (Tenant: t.Key, Index: state.Vectors.GetValueOrDefault(t.Key) ?? Saved(t.Key, t.Value.Documents.ToHashSet())))
            .Where(t => t.Index.Count >= SaveFrom).ToDictionary(t => t.Tenant, t => t.Index, StringComparer.Ordinal);

    private VectorIndex Saved(string tenant, HashSet<int> documents)
    {
        var index = _saved.Value.GetValueOrDefault(tenant) ?? new(_options.VectorRecall);
        return index.Documents.Where(d => !documents.Contains(d)).Aggregate(index, (rest, gone) => rest.Remove(gone));
    }
}
