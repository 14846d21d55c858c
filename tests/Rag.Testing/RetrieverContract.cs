using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Testing;

/// <summary>What holds for every retriever over a store, decorators included, whatever is stored and asked. Seeded.</summary>
public abstract class RetrieverContract
{
    private static readonly string[] Words = ["ferry", "harbour", "crane", "cargo", "noon", "tide", "pilot", "2021", "2022", "the", "of", "cars"];
    private static readonly Query[] Queries =
    [
        new("ferry"), new("the harbour crane of 2021") { Explain = true }, new("noon tide pilot cars"), new("nothing known"), new("crane cargo") { Groups = ["clerks"], Explain = true },
        new("ferry pilot") { Filter = Filter.Equal("kind", "a") }, new("cargo") { Tenant = "other" }, new("tide") { Tenant = "nobody" },
    ];

    /// <summary>A retriever over a store whose documents have the tags <c>kind</c> (a, b), <c>date</c> and <c>visits</c>.</summary>
    protected abstract IRetriever Create(IChunkStore store);

    [Fact]
    public Task Results_are_at_most_top_and_descend_and_are_different_chunks() => EachAsync((query, top, found, _) =>
    {
        Assert.InRange(found.Count, 0, top);
        Assert.Equal(found.OrderByDescending(f => f.Score).ThenBy(f => f.Chunk.Id, StringComparer.Ordinal), found);
        Assert.Equal(found.Count, found.Select(f => f.Chunk.Id).Distinct().Count());
        Assert.All(found, f => Assert.True(double.IsFinite(f.Score)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Each_passage_stands_in_a_document_that_the_query_may_see() => EachAsync(async (query, _, found, store) =>
    {
        foreach (var chunk in found.Select(f => f.Chunk))
        {
            var document = await store.GetDocumentAsync(chunk.DocumentId, query.Tenant);

            Assert.True(IsVisible(query, document!));
            Assert.Equal(chunk.Span.Of(document!.Text), chunk.Text);
            Assert.Equal((document.Title, document.Tags), (chunk.Title, chunk.Tags));
        }
    });

    [Fact]
    public Task No_result_depends_on_what_the_query_may_not_see() => EachAsync(async (query, top, found, store) =>
    {
        await using var visible = new InMemoryChunkStore();
        foreach (var group in store.Chunks(query.Tenant).GroupBy(c => c.Chunk.DocumentId))
        {
            if (await store.GetDocumentAsync(group.Key, query.Tenant) is { } document && IsVisible(query, document))
            {
                await visible.ReplaceDocumentAsync(document, [.. group]);
            }
        }

        Corpus.AssertSame(await Create(visible).RetrieveAsync(query, top), found);
    });

    [Fact]
    public Task Nothing_is_left_out_that_there_is_room_for() => EachAsync(async (query, top, found, store) =>
        Assert.InRange(found.Count, Math.Min(top, (await Create(store).RetrieveAsync(query, 1_000)).Count), top));

    [Fact]
    public Task An_explained_score_is_the_sum_of_its_terms() => EachAsync((query, _, found, _) =>
    {
        Assert.All(found, f => Assert.Equal(query.Explain ? f.Score : 0, f.Terms.Sum(t => t.Score), 9));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task A_cancelled_search_throws_also_when_it_has_begun()
    {
        await using var store = await StoreAsync(1);
        using var later = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create(store).RetrieveAsync(Queries[0], 3, new(canceled: true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Create(new CancellingStore(store, later)).RetrieveAsync(Queries[0], 3, later.Token));
    }

    [Fact]
    public async Task Bad_arguments_are_refused()
    {
        await using var store = new InMemoryChunkStore();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Create(store).RetrieveAsync(Queries[0], 0));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Create(store).RetrieveAsync(null!, 1));
    }

    private async Task EachAsync(Func<Query, int, IReadOnlyList<ScoredChunk>, InMemoryChunkStore, Task> check)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            await using var store = await StoreAsync(seed);
            foreach (var query in Queries)
            {
                foreach (var top in (int[])[1, 3, 12])
                {
                    await check(query, top, await Create(store).RetrieveAsync(query, top), store);
                }
            }
        }
    }

    private static bool IsVisible(Query query, Document document) => document.Tenant == query.Tenant
        && (document.Groups.Count == 0 || document.Groups.Intersect(query.Groups).Any())
        && query.Filter.Matches(field => Filter.ValuesOf(document, field));

    // Sections of paragraphs, many of them alike; a chunk for each block.
    private static async Task<InMemoryChunkStore> StoreAsync(int seed)
    {
        var random = new Random(seed);
        var store = new InMemoryChunkStore();
        for (var i = 0; i < 14; i++)
        {
            var blocks = Enumerable.Range(0, random.Next(1, 9)).Select(b => (Heading: b % 4 == 0, Text: string.Join(' ', Enumerable.Range(0, random.Next(1, 7)).Select(_ => Words[random.Next(Words.Length)])) + (b % 4 == 0 ? "" : ". The tide.")));
            var (text, spans) = ("", new List<Block>());
            foreach (var block in blocks)
            {
                text += text.Length == 0 ? "" : "\n\n";
                spans.Add(new(block.Heading ? BlockKind.Heading : BlockKind.Paragraph, new(text.Length, text.Length + block.Text.Length), block.Heading ? random.Next(1, 3) : 0));
                text += block.Text;
            }

            var document = new Document($"d{i:00}", $"Title {i}", text, spans)
            {
                Tenant = i % 5 == 4 ? "other" : "",
                Groups = i % 4 == 3 ? ["clerks"] : [],
                Tags = new Dictionary<string, string> { ["kind"] = random.Next(2) == 0 ? "a" : "b", ["date"] = $"19{random.Next(60, 70)}", ["visits"] = $"{random.Next(100)}" },
            };
            await store.ReplaceDocumentAsync(document, [.. spans.Select((block, n) => new EmbeddedChunk(Chunk.Of(document, n, block.Span, $"Title {i}")))]);
        }

        return store;
    }

    /// <summary>Cancels a source when it is searched, and takes no notice itself.</summary>
    private sealed class CancellingStore(IChunkStore store, CancellationTokenSource source) : IChunkStore
    {
        public async Task<IReadOnlyList<ScoredChunk>> SearchKeywordsAsync(Query query, int top, CancellationToken cancellationToken = default)
        {
            await source.CancelAsync();
            return await store.SearchKeywordsAsync(query, top, CancellationToken.None);
        }

        public Task<IReadOnlyList<ScoredChunk>> SearchVectorsAsync(ReadOnlyMemory<float> vector, Query query, int top, CancellationToken cancellationToken = default) => store.SearchVectorsAsync(vector, query, top, cancellationToken);

        public Task<Document?> GetDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => store.GetDocumentAsync(documentId, tenant, cancellationToken);

        public Task<IReadOnlyList<StoredDocument>> ListDocumentsAsync(string tenant = "", CancellationToken cancellationToken = default) => store.ListDocumentsAsync(tenant, cancellationToken);

        public Task<IReadOnlyList<EmbeddedChunk>> GetChunksAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => store.GetChunksAsync(documentId, tenant, cancellationToken);

        public Task<VectorSpace?> GetVectorSpaceAsync(string tenant = "", CancellationToken cancellationToken = default) => store.GetVectorSpaceAsync(tenant, cancellationToken);

        public Task ReplaceDocumentAsync(Document document, IReadOnlyList<EmbeddedChunk> chunks, CancellationToken cancellationToken = default) => store.ReplaceDocumentAsync(document, chunks, cancellationToken);

        public Task<bool> DeleteDocumentAsync(string documentId, string tenant = "", CancellationToken cancellationToken = default) => store.DeleteDocumentAsync(documentId, tenant, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
