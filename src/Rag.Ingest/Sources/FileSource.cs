using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using Rag.Ingest.Reading;

namespace Rag.Ingest.Sources;

/// <summary>Files and folders. Safe for concurrent use.</summary>
/// <remarks>
/// Every file below the given folders is taken, but for names that begin with a dot and <see cref="SyncOptions.SkippedFolders"/>. Links to files are
/// followed; links to folders inside a given folder are not, so there are no loops and nothing outside is read. A document's id is the name of the given
/// folder with the path below it, such as <c>docs/setup/linux.md</c>, or the name of a file given by itself; a file that was synced before keeps its id.
/// A file that changes while it is read fails; one that vanishes between being found and being read is skipped.
/// </remarks>
/// <param name="paths">Files and folders, absolute or relative to the current folder. A file under several of them is taken once, with the first.</param>
public sealed class FileSource(IReadOnlyList<string> paths) : IDocumentSource
{
    private const int HeadBytes = 64 << 10;

    /// <summary>The files and folders as they were given.</summary>
    public IReadOnlyList<string> Paths { get; } = paths ?? throw new ArgumentNullException(nameof(paths));

    /// <summary>
    /// Whether what Git ignores is left out of folders (.gitignore at any depth, .git/info/exclude), and documents get the labels <c>commit</c> and <c>branch</c> of HEAD. A folder outside of any
    /// work tree is then a failure; a work tree inside another, such as a submodule, has its own patterns and commit. Default no.
    /// </summary>
    public bool UsesGit { get; init; }

    /// <summary>Full paths of the files and folders that changed, where only these are to be synced; <see langword="null"/> (the default) for all.</summary>
    public IReadOnlySet<string>? Changed { get; init; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> FindAsync(SyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sync);
        await Task.CompletedTask; // the search itself is done in one go: the files of a folder are known before the first is read
        var files = SourceFiles.Find(Paths, sync.Options.SkippedFolders, cancellationToken, UsesGit);
        foreach (var failure in files.Failures)
        {
            yield return new SourceItem.Failed(failure.Path, failure.Error);
        }

        var ids = new FileIds(sync.Stored);
        var found = files.Files.Select(file => (File: file, Id: ids.Of(file))).ToList();
        var missing = sync.Options.DeleteMissing ? FileIds.Missing(files, sync.Stored, found.Select(f => f.Id)).Where(d => HasChanged(d.Path!)).ToList() : [];
        found.RemoveAll(f => !HasChanged(f.File.Path));
        var more = found.Count + missing.Count;
        foreach (var (file, id) in found)
        {
            yield return ItemOf(file, id) with { More = --more };
        }

        foreach (var document in missing)
        {
            yield return new SourceItem.Gone(document) { More = --more };
        }
    }

    // it or a folder that it lies in
    private bool HasChanged(string path)
    {
        for (var part = path; Changed is not null && part is not null; part = Path.GetDirectoryName(part))
        {
            if (Changed.Contains(part))
            {
                return true;
            }
        }

        return Changed is null;
    }

    private static SourceItem.Found ItemOf(FoundFile file, string id) => new(id, file.Path, async (limits, token) =>
    {
        try
        {
            return await SourceFile.ReadAsync(file.Path, id, limits, token);
        }
        catch (DocumentFormatException e) when (!file.IsNamed && e.InnerException is FileNotFoundException or DirectoryNotFoundException && new FileInfo(file.Path).LinkTarget is null)
        {
            return null; // editors and downloads leave no more than a moment of their temporary files
        }
    })
    {
        IsNamed = file.IsNamed,
        Length = new FileInfo(file.Path) is { Exists: true, Length: var length } ? length : 0,
        Tags = file.Tree is { } tree ? new Dictionary<string, string> { ["commit"] = tree.Commit, ["branch"] = tree.Branch } : ReadOnlyDictionary<string, string>.Empty,
        ReadHeadAsync = token => HeadAsync(file.Path, token),
    };

    private static async Task<ReadOnlyMemory<byte>> HeadAsync(string path, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[HeadBytes];
        return head.AsMemory(0, await source.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken));
    }
}
