using System.Globalization;
using Rag.Indexing;
using Rag.Storage;

namespace Rag.Sqlite;

/// <summary>Reads vectors from the store, and makes, saves and loads the graphs over them.</summary>
internal sealed class StoreVectors(StoreDatabase database, SqliteStoreOptions options) : IAsyncDisposable
{
    private readonly string? _snapshot = database.InMemory ? null : $"{database.Path}.vectors.index";
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _start = new();

    // Of tenants whose vectors nobody has asked for yet.
    private IReadOnlyDictionary<string, VectorLinks> _saved = new Dictionary<string, VectorLinks>();
    private long _savedLinks;
    private Task _linking = Task.CompletedTask;

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

    /// <summary>Takes over the saved graphs.</summary>
    /// <param name="switches">How often vectors have been exchanged (<see cref="StoreState.Switches"/>): graphs over earlier ones do not fit.</param>
    public void Load(long switches)
    {
        if (_snapshot is not null && options.VectorRecall < 1 && VectorSnapshot.TryLoad(_snapshot, Identity(switches)) is { } snapshot)
        {
            _saved = snapshot.Tenants;
            _savedLinks = snapshot.Tenants.Values.Sum(l => (long)l.Linked);
        }
    }

    /// <summary>Lets go of the saved graphs: they were over other vectors.</summary>
    public void Forget()
    {
        _saved = new Dictionary<string, VectorLinks>();
        _savedLinks = -1;
    }

    /// <summary>The vectors of a tenant's documents, with the saved graph where there is one.</summary>
    /// <exception cref="StoreException">A stored vector cannot be compared.</exception>
    public VectorIndex Read(IEnumerable<int> documents, string tenant, StoreReader rows, Func<int, string> id)
    {
        var rest = documents.ToHashSet();
        var links = _saved.GetValueOrDefault(tenant)?.Only(rest.Contains);
        rest.ExceptWith(links?.Documents ?? []);
        var index = new VectorIndex(options.VectorRecall);
        foreach (var row in (links?.Documents ?? []).Concat(rest.Order()))
        {
            try
            {
                index = index.Add(row, id(row), rows.Vectors(row));
            }
            catch (ArgumentException e)
            {
                throw new StoreException($"The vectors of document '{id(row)}' in the store '{database.Path}' cannot be used: {e.Message} Ingest the document again, or delete it.", e);
            }
        }

        if (links is not null)
        {
            index.TryTake(links);
        }

        return index;
    }

    /// <summary>Whether more vectors have been linked than the file says.</summary>
    public bool IsBehind(StoreState state) => options.VectorRecall < 1 && Links(state) != _savedLinks;

    /// <summary>Writes the graphs, without what is gone from the store. The caller holds the file's write lock, and <paramref name="state"/> is the file's.</summary>
    public void Save(StoreState state)
    {
        if (_snapshot is null || options.VectorRecall == 1)
        {
            return;
        }

        var tenants = new Dictionary<string, VectorLinks>(StringComparer.Ordinal);
        foreach (var (tenant, words) in state.Keywords)
        {
            var links = state.Vectors.TryGetValue(tenant, out var index) ? index.Links() : _saved.GetValueOrDefault(tenant)?.Only(words.Documents.ToHashSet().Contains);
            if (links is { Linked: > 0 })
            {
                tenants[tenant] = links;
            }
        }

        if (tenants.Count == 0)
        {
            File.Delete(_snapshot);
        }
        else
        {
            new VectorSnapshot(tenants).Save(_snapshot, Identity(state.Switches));
        }

        _savedLinks = Links(state);
    }

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

    private string Identity(long switches) => switches == 0 ? database.Identity : string.Create(CultureInfo.InvariantCulture, $"{database.Identity}-{switches}");

    private long Links(StoreState state) =>
        state.Vectors.Values.Sum(v => (long)v.Linked) + _saved.Where(s => !state.Vectors.ContainsKey(s.Key)).Sum(s => (long)s.Value.Linked);
}
