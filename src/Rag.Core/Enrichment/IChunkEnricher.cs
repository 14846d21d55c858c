namespace Rag.Enrichment;

/// <summary>Gives chunks more to be found by than their own words. Safe for concurrent use where what is behind it is.</summary>
public interface IChunkEnricher
{
    /// <summary>Names the method and its model; documents are ingested again when it changes.</summary>
    string Name { get; }

    /// <summary>The same chunks in the same order, changed in <see cref="Chunk.Context"/> only, which is indexed and embedded and never cited.</summary>
    /// <param name="document">The document, which may be long.</param>
    /// <param name="chunks">Its chunks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<Chunk>> EnrichAsync(Document document, IReadOnlyList<Chunk> chunks, CancellationToken cancellationToken = default);
}
