using System.Runtime.CompilerServices;

namespace Rag.Ingest.Sources;

/// <summary>Several sources as one, one after the other.</summary>
/// <param name="sources">The sources.</param>
public sealed class JoinedSource(IReadOnlyList<IDocumentSource> sources) : IDocumentSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> FindAsync(SyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var source in sources)
        {
            await foreach (var item in source.FindAsync(sync, cancellationToken))
            {
                yield return item;
            }
        }
    }
}
