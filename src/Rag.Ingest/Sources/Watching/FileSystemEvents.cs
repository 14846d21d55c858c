namespace Rag.Ingest.Sources.Watching;

/// <summary>Hears from the system what changes below files and folders. Safe for concurrent use.</summary>
internal sealed class FileSystemEvents : IDisposable
{
    // Folders above a watched one may go and come without a word.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // Windows takes it from memory that cannot be swapped, and allows no more over a network.
    private const int BufferBytes = 64 << 10;

    private readonly Lock _gate = new();
    private readonly FolderChanges _changes;
    private readonly Dictionary<string, FileSystemWatcher?> _roots;
    private readonly List<FileSystemWatcher> _parents = [];
    private readonly Timer? _timer;
    private bool _isOver;

    /// <exception cref="IOException">A folder cannot be watched.</exception>
    public FileSystemEvents(IEnumerable<string> paths, FolderChanges changes)
    {
        _changes = changes;
        _roots = paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Distinct(SourceFiles.PathComparer).ToDictionary(path => path, _ => default(FileSystemWatcher), SourceFiles.PathComparer);
        try
        {
            foreach (var root in _roots.Keys.ToList())
            {
                Look(root);
                WatchParent(root);
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
            foreach (var watcher in _roots.Values.OfType<FileSystemWatcher>().Concat(_parents))
            {
                watcher.Dispose();
            }
        }
    }

    private void LookAgain()
    {
        foreach (var root in _roots.Keys.ToList())
        {
            LookAgain(root, isNew: false);
        }
    }

    private void LookAgain(string root, bool isNew)
    {
        lock (_gate)
        {
            try
            {
                if (!_isOver && Look(root, isNew))
                {
                    _changes.AddAll();
                }
            }
            catch (IOException)
            {
                // it comes and goes: next time
            }
        }
    }

    // Begins to watch what has come, or what has taken its place, and ends it for what has gone; whether it has begun.
    private bool Look(string root, bool isNew = false)
    {
        var folder = FolderOf(root);
        var isThere = Directory.Exists(folder);
        if (_roots[root] is not null == isThere && !isNew)
        {
            return false;
        }

        _roots[root]?.Dispose();
        _roots[root] = null;
        _roots[root] = isThere ? Watch(root, folder) : null;
        return isThere;
    }

    private static string FolderOf(string root) => File.Exists(root) ? Path.GetDirectoryName(root)! : root;

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
        return Begin(watcher);

        // beside a file that is watched by itself, others mean nothing
        void Tell(string path)
        {
            if (folder == root || SourceFiles.PathComparer.Equals(path, root))
            {
                _changes.Add(folder, path);
            }
        }
    }

    // A watcher of a folder goes on with what it has, even if another folder has taken its name.
    private void WatchParent(string root)
    {
        if (Path.GetDirectoryName(FolderOf(root)) is not { } parent || !Directory.Exists(parent))
        {
            return;
        }

        var watcher = new FileSystemWatcher(parent, Path.GetFileName(FolderOf(root))) { NotifyFilter = NotifyFilters.DirectoryName };
        watcher.Created += (_, _) => LookAgain(root, isNew: true);
        watcher.Renamed += (_, _) => LookAgain(root, isNew: true);
        watcher.Deleted += (_, _) => LookAgain(root, isNew: false);
        _parents.Add(watcher);
        try
        {
            Begin(watcher);
        }
        catch (IOException)
        {
            // Whoever may not look into the folder above still has those that were named.
        }
    }

    private static FileSystemWatcher Begin(FileSystemWatcher watcher)
    {
        try
        {
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            watcher.Dispose();
            throw new IOException($"'{watcher.Path}' cannot be watched: {e.Message.TrimEnd('.')}. Raise the system's limit (on Linux fs.inotify.max_user_watches), or run the command from time to time without --watch.", e);
        }
    }
}
