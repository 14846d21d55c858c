using Rag.Ingest.Sources;

namespace Rag.Ingest;

/// <summary>What became of one file.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Chunks">Chunks that the store has of it.</param>
/// <param name="Reason">Why it failed or was skipped; else empty.</param>
internal sealed record FileResult(string Path, SyncOutcome Outcome, int Chunks = 0, string Reason = "")
{
    /// <summary>What was repaired or left out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What became of the entries of a container, those of containers inside among them.</summary>
    public IReadOnlyList<FileResult> Entries { get; init; } = [];

    /// <summary>The id of an entry's document.</summary>
    public string DocumentId { get; init; } = "";
}

/// <summary>Collects results from several threads, tells of each, and sums them up.</summary>
internal sealed class SyncTally(IProgress<SyncProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly List<FileResult> _results = [];
    private readonly List<SyncFailure> _failures = [];
    private readonly List<SyncWarning> _warnings = [];
    private int _found;
    private int _total;

    /// <summary>An item was found that will be done.</summary>
    /// <param name="more">How many more are known.</param>
    public void Expect(int more)
    {
        lock (_gate)
        {
            _total = Math.Max(_total, ++_found + more);
        }
    }

    /// <summary>Something that the source could not look at, or has to say.</summary>
    public void Add(SourceItem item)
    {
        lock (_gate)
        {
            if (item is SourceItem.Failed failed)
            {
                _failures.Add(new(failed.Path, failed.Error));
            }
            else if (item is SourceItem.Noted noted)
            {
                _warnings.Add(new(noted.Path, noted.Message));
            }
        }
    }

    /// <summary>One file is done.</summary>
    public void Add(FileResult result)
    {
        // Told inside the lock, so that reports come in order.
        lock (_gate)
        {
            _results.Add(result);
            progress?.Report(new(result.Path, result.Outcome, _results.Count, _total));
        }
    }

    /// <summary>The sum.</summary>
    public SyncReport ToReport(TimeSpan elapsed) => new(
        Count(SyncOutcome.Added),
        Count(SyncOutcome.Updated),
        Count(SyncOutcome.Unchanged),
        Count(SyncOutcome.Deleted),
        [.. _failures.Concat(Of(SyncOutcome.Failed).Select(r => new SyncFailure(r.Path, r.Reason))).OrderBy(f => f.Path, StringComparer.Ordinal)],
        [.. Of(SyncOutcome.Skipped).Select(r => new SkippedFile(r.Path, r.Reason)).OrderBy(f => f.Path, StringComparer.Ordinal)],
        All.Sum(r => r.Chunks),
        elapsed)
    {
        Warnings = [.. _warnings.Concat(All.SelectMany(r => r.Warnings.Select(w => new SyncWarning(r.Path, w)))).OrderBy(w => w.Path, StringComparer.Ordinal)],
    };

    private IEnumerable<FileResult> All => _results.SelectMany(r => r.Entries.Prepend(r));

    private IEnumerable<FileResult> Of(SyncOutcome outcome) => All.Where(r => r.Outcome == outcome);

    private int Count(SyncOutcome outcome) => Of(outcome).Count();
}
