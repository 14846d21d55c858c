using Microsoft.Extensions.AI;
using Rag.Storage;

namespace Rag.Ingest;

/// <summary>Gives every chunk of a store a vector of another embedding model, without reading files, while searches go on with the vectors that are there.</summary>
/// <remarks>
/// <para>
/// The new vectors wait in the store; when no chunk lacks one, the store changes over in one step. Until then it is as it was: a run that was cancelled or
/// crashed has changed nothing, and the next one embeds only what is left. Documents that are added or replaced meanwhile are embedded before the change-over; until
/// then they come with vectors of the old model, or none, and from then on with those of the new one.
/// </para>
/// <para>Where all vectors are the model's already, a run ends at once and drops what waits of other models. Safe for concurrent use; two runs at once do the same work twice.</para>
/// </remarks>
/// <param name="store">Holds the documents.</param>
/// <param name="generator">Embeds context and text of each chunk; its metadata must name the model.</param>
public sealed class StoreReembedding(IReembeddableStore store, IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private readonly ChunkEmbedder _embedder = new(generator);

    /// <summary>Embeds what lacks a vector of the model, and changes over.</summary>
    /// <param name="tenant">Whose documents. Default the empty string.</param>
    /// <param name="progress">Told after each batch, one call at a time.</param>
    /// <param name="cancellationToken">Stops the run; the vectors made so far wait for the next one.</param>
    /// <returns>Number of chunks that this run embedded.</returns>
    /// <exception cref="InvalidOperationException">The generator does not name its model, so that vectors of it could not be told from others.</exception>
    /// <exception cref="StoreException">The store cannot be read or written. Faults of the generator likewise end the run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<int> RunAsync(string tenant = "", IProgress<ReembeddingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var space = await _embedder.SpaceAsync(cancellationToken);
        var done = 0;
        for (int lacking; (lacking = await store.SwitchVectorsAsync(space, tenant, cancellationToken)) > 0;)
        {
            var total = done + lacking;
            await foreach (var batch in store.ReadUnembeddedAsync(space, tenant, cancellationToken).Chunk(ChunkEmbedder.BatchSize).WithCancellation(cancellationToken))
            {
                await store.StageVectorsAsync(await _embedder.EmbedAsync(batch, cancellationToken), tenant, cancellationToken);
                done += batch.Length;
                progress?.Report(new(done, Math.Max(done, total)));
            }
        }

        return done;
    }
}

/// <summary>One batch has its vectors.</summary>
/// <param name="Done">Chunks that this run has embedded so far.</param>
/// <param name="Total">Chunks that it has to embed, as far as is known: documents may come and go meanwhile.</param>
public sealed record ReembeddingProgress(int Done, int Total);
