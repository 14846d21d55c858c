using Rag.Ingest.Sources.Git;

namespace Rag.Ingest.Sources;

/// <summary>A file to sync.</summary>
/// <param name="Path">Full path.</param>
/// <param name="DocumentId">Name of the given folder, then the path below it, with forward slashes; for a file given by itself, its name.</param>
/// <param name="IsNamed">Whether it was given by itself, not found in a folder.</param>
internal sealed record FoundFile(string Path, string DocumentId, bool IsNamed)
{
    /// <summary>The work tree that it lies in; <see langword="null"/> where it lies in none, or none was looked for.</summary>
    public WorkTree? Tree { get; init; }
}

/// <summary>The files under the given paths.</summary>
/// <param name="Files">Each path once, in order of document id (ordinal).</param>
/// <param name="Folders">Given folders that were searched.</param>
/// <param name="Unreadable">Folders that could not be listed, so nothing is known of what is in them.</param>
/// <param name="Failures">Given paths and folders below them that cannot be synced.</param>
internal sealed record SourceFiles(IReadOnlyList<FoundFile> Files, IReadOnlyList<string> Folders, IReadOnlyList<string> Unreadable, IReadOnlyList<SyncFailure> Failures)
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>How paths compare on this system.</summary>
    public static StringComparer PathComparer { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Whether <paramref name="path"/> lies in <paramref name="folder"/> or below.</summary>
    public static bool IsUnder(string path, string folder)
    {
        var prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.Length > prefix.Length && PathComparer.Equals(path[..prefix.Length], prefix);
    }

    /// <summary>Searches the paths. Links to files are followed; links to folders inside a given folder are not, so there are no loops and nothing outside is read.</summary>
    public static SourceFiles Find(IReadOnlyList<string> paths, IReadOnlyCollection<string> skippedFolders, CancellationToken cancellationToken, bool usesGit = false)
    {
        var files = new Dictionary<string, FoundFile>(PathComparer);
        var (folders, unreadable, failures) = (new List<string>(), new List<string>(), new List<SyncFailure>());
        foreach (var given in paths)
        {
            if (string.IsNullOrWhiteSpace(given) || given.Contains('\0', StringComparison.Ordinal))
            {
                failures.Add(new(given ?? "", $"'{given}' is not a path."));
                continue;
            }

            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
            if (File.Exists(path))
            {
                var tree = usesGit ? TreeOf(Path.GetDirectoryName(path)!, failures) : null;
                if (tree is not null || !usesGit)
                {
                    files.TryAdd(path, new(path, Path.GetFileName(path), IsNamed: true) { Tree = tree?.Tree });
                }
            }
            else if (!Directory.Exists(path))
            {
                failures.Add(new(path, $"There is no file or folder '{path}'; check the spelling and the permissions of the folders above it."));
            }
            else if (folders.Find(f => !PathComparer.Equals(f, path) && Path.GetFileName(f) == Path.GetFileName(path)) is { } namesake)
            {
                failures.Add(new(path, $"'{path}' and '{namesake}' have the same name, so their documents would too; ingest their common parent folder instead."));
            }
            else
            {
                var tree = usesGit ? TreeOf(path, failures) : null;
                if (tree is not null || !usesGit)
                {
                    folders.Add(path);
                    Search(path, tree, files, unreadable, failures, skippedFolders, cancellationToken);
                }
            }
        }

        return new([.. files.Values.OrderBy(f => f.DocumentId, StringComparer.Ordinal)], folders, unreadable, failures);
    }

    private static TreeFolder? TreeOf(string folder, List<SyncFailure> failures)
    {
        try
        {
            if (TreeFolder.Of(folder) is { } found)
            {
                return found;
            }

            failures.Add(new(folder, $"'{folder}' lies in no Git work tree. Leave out --git, or check the folder."));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            failures.Add(new(folder, $"What Git keeps about '{folder}' cannot be read: {e.Message} Leave out --git, or mend it."));
        }

        return null;
    }

    private static bool IsUnreadable(Exception e) => e is IOException or InvalidDataException or UnauthorizedAccessException or System.Security.SecurityException;

    private static void Search(string root, TreeFolder? tree, Dictionary<string, FoundFile> files, List<string> unreadable, List<SyncFailure> failures, IReadOnlyCollection<string> skippedFolders, CancellationToken cancellationToken)
    {
        var pending = new Stack<(DirectoryInfo Folder, TreeFolder? Above)>([(new(root), tree)]);
        while (pending.TryPop(out var next))
        {
            var folder = next.Folder;
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var git = folder.FullName == root ? tree : next.Above?.Below(folder.FullName);
                foreach (var entry in folder.EnumerateFileSystemInfos("*", s_everything))
                {
                    if (entry.Name.StartsWith('.') || git?.Rules.Ignores(entry.FullName, entry is DirectoryInfo && entry.LinkTarget is null) == true)
                    {
                        continue;
                    }

                    if (entry is FileInfo)
                    {
                        files.TryAdd(entry.FullName, new(entry.FullName, IdOf(root, entry.FullName), IsNamed: false) { Tree = git?.Tree });
                    }
                    else if (entry is DirectoryInfo inner && inner.LinkTarget is null && !skippedFolders.Contains(entry.Name))
                    {
                        pending.Push((inner, git));
                    }
                }
            }
            catch (DirectoryNotFoundException) when (folder.FullName != root)
            {
                // It was removed while we searched: then it holds nothing.
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                unreadable.Add(folder.FullName);
                failures.Add(new(folder.FullName, $"The folder cannot be listed: {e.Message} Allow reading it, or leave it out."));
            }
        }
    }

    private static string IdOf(string root, string path)
    {
        var relative = Path.GetRelativePath(root, path);
        var id = Path.GetFileName(root) is { Length: > 0 } name ? Path.Combine(name, relative) : relative;
        return id.Replace(Path.DirectorySeparatorChar, '/');
    }
}
