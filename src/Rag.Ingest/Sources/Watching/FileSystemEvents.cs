namespace Rag.Ingest.Sources.Watching;

/// <summary>Hears from the system what changes below files and folders. Safe for concurrent use.</summary>
internal sealed class FileSystemEvents : IDisposable
{
    // The system tells nothing when a watched folder itself goes and comes back, so that is looked at.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // Windows takes it from memory that cannot be swapped, and allows no more over a network.
    private const int BufferBytes = 64 << 10;

    private readonly Lock _gate = new();
    private readonly FolderChanges _changes;
    private readonly Dictionary<string, (FileSystemWatcher? Watcher, DateTime Made)> _roots;
    private readonly Timer _timer;
    private bool _isOver;

    /// <exception cref="IOException">A folder cannot be watched.</exception>
    public FileSystemEvents(IEnumerable<string> paths, FolderChanges changes)
    {
        _changes = changes;
        _roots = paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Distinct(SourceFiles.PathComparer).ToDictionary(path => path, _ => default((FileSystemWatcher?, DateTime)), SourceFiles.PathComparer);
        try
        {
            foreach (var root in _roots.Keys.ToList())
            {
                Look(root);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        _timer = new(_ => LookAgain(), null, LookEvery, LookEvery);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
            foreach (var (watcher, _) in _roots.Values)
            {
                watcher?.Dispose();
            }
        }
    }

    private void LookAgain()
    {
        lock (_gate)
        {
            foreach (var root in _isOver ? [] : _roots.Keys.ToList())
            {
                try
                {
                    if (Look(root))
                    {
                        _changes.AddAll();
                    }
                }
                catch (IOException)
                {
                    // it goes and comes: next time
                }
            }
        }
    }

    // Whether the folder has come or come back.
    private bool Look(string root)
    {
        var folder = File.Exists(root) ? Path.GetDirectoryName(root)! : root;
        var (watcher, made) = _roots[root];
        var now = Directory.Exists(folder) ? Directory.GetCreationTimeUtc(folder) : default;
        if (watcher is not null && now == made)
        {
            return false;
        }

        watcher?.Dispose();
        _roots[root] = now == default ? default : (Watch(root, folder), now);
        return now != default;
    }

    private FileSystemWatcher Watch(string root, string folder)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = folder == root,
            InternalBufferSize = BufferBytes,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Created += (_, change) => Tell(change.FullPath);
        watcher.Changed += (_, change) => Tell(change.FullPath);
        watcher.Deleted += (_, change) => Tell(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            Tell(change.OldFullPath);
            Tell(change.FullPath);
        };
        watcher.Error += (_, _) => _changes.AddAll();
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher.Dispose();
            throw new IOException($"'{folder}' cannot be watched: {e.Message.TrimEnd('.')}. Raise the system's limit (on Linux fs.inotify.max_user_watches), or run the command from time to time without --watch.", e);
        }

        // beside a file that is watched by itself, others mean nothing
        void Tell(string path)
        {
            if (folder == root || SourceFiles.PathComparer.Equals(path, root))
            {
                _changes.Add(folder, path);
            }
        }
    }
}
