namespace Rag.Ingest.Sources.Watching;

/// <summary>Gathers changes until it is quiet, or until they have waited long enough. Safe for concurrent use.</summary>
internal sealed class FolderChanges : IDisposable
{
    // More paths than these are compared no faster than all files are looked at.
    private const int MaxPaths = 10_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _isDue = new(0);
    private readonly TimeSpan _quiet;
    private readonly TimeSpan _maxDelay;
    private readonly bool _usesGit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private HashSet<string> _paths = new(SourceFiles.PathComparer);
    private bool _isAll;
    private long? _first;

    /// <param name="quiet">How long nothing must change.</param>
    /// <param name="maxDelay">How long a change waits at most.</param>
    /// <param name="usesGit">Whether Git's own files mean something.</param>
    /// <param name="time">The clock.</param>
    public FolderChanges(TimeSpan quiet, TimeSpan maxDelay, bool usesGit, TimeProvider time)
    {
        (_quiet, _maxDelay, _usesGit, _time) = (quiet, maxDelay, usesGit, time);
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A file or folder was made, written, renamed or removed.</summary>
    /// <param name="root">The folder that is watched.</param>
    /// <param name="path">Full path.</param>
    public void Add(string root, string path)
    {
        var below = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        if (_usesGit && (below is ".git/HEAD" || below.StartsWith(".git/refs/heads/", StringComparison.Ordinal) || below == ".gitignore" || below.EndsWith("/.gitignore", StringComparison.Ordinal)))
        {
            AddAll();
            return;
        }

        if (below.Split('/').Any(part => part is ['.', not '.', ..]))
        {
            return;
        }

        lock (_gate)
        {
            if (!_isAll)
            {
                _paths.Add(path);
                _isAll = _paths.Count > MaxPaths;
            }

            Schedule();
        }
    }

    /// <summary>Changes were lost: anything may have changed.</summary>
    public void AddAll()
    {
        lock (_gate)
        {
            _isAll = true;
            Schedule();
        }
    }

    /// <summary>Waits for changes.</summary>
    /// <returns>The paths; <see langword="null"/> for all that there may be.</returns>
    public async Task<IReadOnlySet<string>?> NextAsync(CancellationToken cancellationToken)
    {
        await _isDue.WaitAsync(cancellationToken);
        lock (_gate)
        {
            var (paths, isAll) = (_paths, _isAll);
            (_paths, _isAll, _first) = (new(SourceFiles.PathComparer), false, null);
            return isAll ? null : paths;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _isDue.Dispose();
    }

    private void Schedule()
    {
        _first ??= _time.GetTimestamp();
        var left = _maxDelay - _time.GetElapsedTime(_first.Value);
        _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < _quiet ? left : _quiet, Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        lock (_gate)
        {
            if (_isDue.CurrentCount == 0 && _first is not null)
            {
                _isDue.Release();
            }
        }
    }
}
