using System.Runtime.CompilerServices;
using Rag.Ingest.Sources.Watching;

namespace Rag.Ingest.Sources;

/// <summary>Gives files and folders as a source once, and then again, with what changed, whenever something has changed there. Safe for concurrent use.</summary>
/// <remarks>
/// <para>
/// Changes are gathered until nothing has changed for a while, so that a file is read when it is written and what an editor does through a temporary file is over; while something writes all the
/// time, they are given after <see cref="MaxDelay"/>. Where the system has lost changes, or there are more than 10,000, everything is given again. Names that begin with a dot are passed over, but
/// with <see cref="FileSource.UsesGit"/> a change of .gitignore, of the branch or of the commit gives everything.
/// </para>
/// <para>
/// Sync each source with <see cref="SyncOptions.DeleteMissing"/>, at least those with <see cref="FileSource.Changed"/>: else a file that is renamed leaves its old document behind. A change of a file outside to which a link leads is not seen.
/// </para>
/// </remarks>
public sealed class FolderWatch
{
    private readonly FileSource _source;
    private readonly Func<FolderChanges, IDisposable> _listen;
    private readonly TimeProvider _time;

    /// <param name="source">The files and folders, all of them.</param>
    public FolderWatch(FileSource source)
        : this(source, changes => new FileSystemEvents(source.Paths, changes), TimeProvider.System)
    {
    }

    internal FolderWatch(FileSource source, Func<FolderChanges, IDisposable> listen, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_source, _listen, _time) = (source, listen, time);
    }

    /// <summary>How long nothing must change before changes are given, more than zero. Default one second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan Quiet { get; init => field = MoreThanZero(value); } = TimeSpan.FromSeconds(1);

    /// <summary>After how long changes are given though there are always more, more than zero. Default ten seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan MaxDelay { get; init => field = MoreThanZero(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The source, and then what changes of it, until it is cancelled. What changes while one is being synced is in the next.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The system cannot watch the folders; the message says why and what to do.</exception>
    public async IAsyncEnumerable<FileSource> SourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var changes = new FolderChanges(Quiet, MaxDelay, _source.UsesGit, _time);
        using var listening = _listen(changes); // from now on, so that nothing is missed while all is read
        yield return _source;
        while (true)
        {
            yield return new(_source.Paths) { UsesGit = _source.UsesGit, Changed = await changes.NextAsync(cancellationToken) };
        }
    }

    private static TimeSpan MoreThanZero(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }
}
