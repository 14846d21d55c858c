using System.Collections.Immutable;
using Rag.Indexing;

namespace Rag.Sqlite;

/// <summary>The search structures of one revision of the store. Immutable.</summary>
/// <param name="Revision">The revision of the file that they stand for.</param>
/// <param name="Keywords">The keyword index of each tenant that has documents.</param>
/// <param name="Vectors">The vector index of each tenant that has been searched by vector; the others are loaded when they are.</param>
/// <param name="Switches">How often vectors of documents that stay had been exchanged by then.</param>
internal sealed record StoreState(long Revision, ImmutableDictionary<string, KeywordIndex> Keywords, ImmutableDictionary<string, VectorIndex> Vectors, long Switches = 0)
{
    public StoreState Add(KeywordModel model, string tenant, int document, IndexedDocument words) => this with
    {
        Keywords = Keywords.SetItem(tenant, (Keywords.GetValueOrDefault(tenant) ?? new(model)).Add(document, words)),
    };

    /// <summary>Adds the vectors of a document where the tenant's are loaded.</summary>
    public StoreState AddVectors(string tenant, int document, string documentId, IReadOnlyList<ReadOnlyMemory<float>> vectors) =>
        Vectors.TryGetValue(tenant, out var index) ? this with { Vectors = Vectors.SetItem(tenant, index.Add(document, documentId, vectors)) } : this;

    public StoreState Remove(string tenant, int document)
    {
        var words = Keywords[tenant].Remove(document);
        return this with
        {
            Keywords = words.Documents.Any() ? Keywords.SetItem(tenant, words) : Keywords.Remove(tenant),
            Vectors = Vectors.TryGetValue(tenant, out var index) ? Vectors.SetItem(tenant, index.Remove(document)) : Vectors,
        };
    }
}
