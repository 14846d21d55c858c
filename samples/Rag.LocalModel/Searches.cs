using Rag;
using Rag.Llama;
using Rag.Retrieval;
using Rag.Storage;

/// <summary>Search by words and by meaning in a store that was ingested with the same embedding model.</summary>
internal static class Searches
{
    public static async Task<IReadOnlyList<ScoredChunk>> SearchAsync(IChunkStore store, string path, string question, CancellationToken cancellationToken)
    {
        // <hybrid>
        using var model = await LlamaModel.LoadAsync(path, cancellationToken: cancellationToken);
        using var embedder = new LlamaEmbeddingGenerator(model);

        var words = new DefaultRetriever(store);
        var meaning = new VectorRetriever(store, embedder.ForQueries());
        var hybrid = new HybridRetriever([words, meaning], RankFusion.Adaptive);

        var passages = await hybrid.RetrieveAsync(new(question), top: 10, cancellationToken);
        // </hybrid>
        return passages;
    }
}
