using System.Linq.Expressions;
using Microsoft.SemanticKernel.Data;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.SemanticKernel.Tests;

public sealed class ChunkTextSearchTests
{
    private static readonly string[] Kinds = ["a", "b", "c"];
    private static readonly string[] Languages = ["de", "en", "fr"];

    [Fact]
    public async Task Pages_are_cut_from_what_the_retriever_finds()
    {
        await using var store = await StoreAsync();
        var all = await new KeywordRetriever(store).RetrieveAsync(new("ferry tide"), 1_000);
        var search = new ChunkTextSearch(new KeywordRetriever(store));

        foreach (var (top, skip) in new[] { (1, 0), (5, 0), (5, 3), (50, 7), (3, 1_000) })
        {
            var options = new TextSearchOptions<Chunk> { Top = top, Skip = skip, IncludeTotalCount = true };
            var expected = all.Skip(skip).Take(top).Select(f => f.Chunk).ToList();
            var chunks = await search.GetSearchResultsAsync("ferry tide", options);
            var named = await (await search.GetTextSearchResultsAsync("ferry tide", options)).Results.ToListAsync();

            Assert.Equal(expected.Select(c => c.Id), await chunks.Results.Select(c => c.Id).ToListAsync());
            Assert.Equal(expected.Select(c => c.Text), await (await search.SearchAsync("ferry tide", options)).Results.ToListAsync());
            Assert.Equal(expected.Select(c => (c.Text, (string?)c.Title, c.Path)), named.Select(r => (r.Value, r.Name, r.Link)));
            Assert.Null(chunks.TotalCount);
        }

        Assert.Equal(all.Take(5).Select(f => f.Chunk.Text), await (await search.SearchAsync("ferry tide")).Results.ToListAsync());
    }

    [Fact]
    public async Task Filter_finds_what_the_condition_says()
    {
        await using var store = await StoreAsync();
        var search = new ChunkTextSearch(new KeywordRetriever(store));
        var (random, finds) = (new Random(7), new HashSet<int>());
        for (var round = 0; round < 200; round++)
        {
            var condition = Condition(random, 3);
            var expected = store.Chunks().Select(c => c.Chunk).Where(condition.Compile()).Select(c => c.Id).Order(StringComparer.Ordinal).ToList();

            var found = await FindAsync(search, condition);

            Assert.Equal(expected, found.Order(StringComparer.Ordinal));
            finds.Add(found.Count);
        }

        Assert.True(finds.Count > 5, $"The conditions tell little apart: {string.Join(", ", finds)} results.");
    }

    [Fact]
    public async Task Filter_is_read_however_it_is_written()
    {
        await using var store = await StoreAsync();
        var search = new ChunkTextSearch(new KeywordRetriever(store));
        var (array, list, holder) = (new[] { "d01", "d02" }, new List<string> { "d01", "d02" }, new { Id = "d01" });

        foreach (var condition in (Expression<Func<Chunk, bool>>[])
        [
            c => array.Contains(c.DocumentId), c => list.Contains(c.DocumentId), c => Enumerable.Contains(array, c.DocumentId), c => holder.Id == c.DocumentId || c.DocumentId == "d" + "02",
            c => true && (c.DocumentId == "d01" || c.Path == "/files/d02"), c => !(c.DocumentId != "d01" && c.DocumentId != "d02"),
        ])
        {
            Assert.Equal(["d01", "d02"], (await FindAsync(search, condition)).Select(id => id.Split('#')[0]).Distinct().Order());
        }

        Assert.Empty(await FindAsync(search, c => c.Tags["no such tag"] == "a"));
    }

    [Fact]
    public async Task Clause_that_no_filter_can_say_is_refused()
    {
        var search = new ChunkTextSearch(new ScriptedRetriever());
        var set = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "D01" };
        string? nothing = null;
        Func<string, bool> odd = id => id.EndsWith('1');

        foreach (var condition in (Expression<Func<Chunk, bool>>[])
        [
            c => c.Text == "x", c => c.Title == "x", c => c.Id == "d01#0", c => c.DocumentId.StartsWith('d'), c => c.DocumentId.Contains('d'), c => "d01 d02".Contains(c.DocumentId),
            c => c.Path == null, c => c.Path == nothing, c => c.DocumentId == c.Path, c => c.DocumentId == c.Tags["kind"], c => set.Contains(c.DocumentId), c => c.Span.Length == 3,
            c => c.Tags["group"] == "clerks", c => c.Tags["tenant"] == "other", c => c.Tags.Count == 1, c => c.Tags.ContainsKey("kind"), c => string.Compare(c.Tags["kind"], "a") > 0,
            c => c.Tags[c.DocumentId] == "a", c => odd(c.DocumentId),
        ])
        {
            var error = await Assert.ThrowsAsync<NotSupportedException>(() => search.SearchAsync("ferry", new() { Filter = condition }));
            Assert.Contains("Compare DocumentId, Path, Language or Tags", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_outside_the_scope_is_found_or_weighs()
    {
        await using var store = await StoreAsync();
        var scope = new Query("not used") { Tenant = "other", Groups = ["readers"], Filter = Filter.Equal("kind", "b") };
        await using var visible = new InMemoryChunkStore();
        foreach (var group in store.Chunks("other").Where(c => c.Chunk.Tags["kind"] == "b").GroupBy(c => c.Chunk.DocumentId))
        {
            var document = (await store.GetDocumentAsync(group.Key, "other"))!;
            if (!document.Groups.Contains("clerks"))
            {
                await visible.ReplaceDocumentAsync(document with { Tenant = "", Groups = [] }, [.. group]);
            }
        }

        var alone = await FindAsync(new(new KeywordRetriever(visible)), c => c.Language != "en");
        var scoped = await FindAsync(new(new KeywordRetriever(store), scope), c => c.Language != "en");
        var wider = await FindAsync(new(new KeywordRetriever(store), scope), c => c.Language != "en" && (c.Tags["kind"] == "b" || true));

        Assert.NotEmpty(alone);
        Assert.Equal(alone, scoped);
        Assert.Equal(alone, wider);
        Assert.Empty(await FindAsync(new(new KeywordRetriever(store), scope), c => c.Tags["kind"] == "a"));
    }

    [Fact]
    public async Task Bad_bounds_are_refused_and_cancelled_searches_throw()
    {
        await using var store = await StoreAsync();
        var search = new ChunkTextSearch(new KeywordRetriever(store));

        foreach (var options in (TextSearchOptions<Chunk>[])[new() { Top = 0 }, new() { Top = -1 }, new() { Skip = -1 }, new() { Top = 2, Skip = int.MaxValue - 1 }])
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => search.SearchAsync("ferry", options));
        }

        await Assert.ThrowsAsync<ArgumentNullException>(() => search.SearchAsync(null!));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search.SearchAsync("ferry", cancellationToken: new(canceled: true)));
    }

    private static async Task<IReadOnlyList<string>> FindAsync(ChunkTextSearch search, Expression<Func<Chunk, bool>> condition) =>
        await (await search.GetSearchResultsAsync("ferry tide", new() { Top = 1_000, Filter = condition })).Results.Select(c => c.Id).ToListAsync();

    private static Expression<Func<Chunk, bool>> Condition(Random random, int depth)
    {
        var chunk = Expression.Parameter(typeof(Chunk), "chunk");
        return Expression.Lambda<Func<Chunk, bool>>(Node(depth), chunk);

        Expression Node(int left) => (left == 0 ? random.Next(3, 6) : random.Next(6)) switch
        {
            0 => Expression.AndAlso(Node(left - 1), Node(left - 1)),
            1 => Expression.OrElse(Node(left - 1), Node(left - 1)),
            2 => Expression.Not(Node(left - 1)),
            3 => Compare(Expression.Property(chunk, nameof(Chunk.Language)), Languages[random.Next(3)]),
            4 => Compare(Expression.Call(Expression.Property(chunk, nameof(Chunk.Tags)), "get_Item", null, Expression.Constant("kind")), Kinds[random.Next(3)]),
            _ => Expression.Call(Expression.Constant(Enumerable.Range(0, 4).Select(_ => $"d{random.Next(30):00}").ToList()), nameof(List<>.Contains), null, Expression.Property(chunk, nameof(Chunk.DocumentId))),
        };

        Expression Compare(Expression field, string value) => random.Next(2) == 0 ? Expression.Equal(field, Expression.Constant(value)) : Expression.NotEqual(Expression.Constant(value), field);
    }

    private static async Task<InMemoryChunkStore> StoreAsync()
    {
        var (random, store) = (new Random(3), new InMemoryChunkStore());
        foreach (var tenant in (string[])["", "other"])
        {
            for (var i = 0; i < 30; i++)
            {
                var id = $"d{i:00}";
                var document = Corpus.Text(id, [.. Enumerable.Range(0, random.Next(1, 4)).Select(n => $"The {(random.Next(2) == 0 ? "ferry" : "tide")} of {id} {string.Join(' ', Enumerable.Repeat("water", random.Next(9)))}.")]) with
                {
                    Tenant = tenant,
                    Groups = (tenant, i % 3) switch { ("other", 0) => ["clerks"], ("other", 1) => ["readers", "others"], _ => [] },
                    Path = $"/files/{id}",
                    Language = random.Next(4) is < 3 and var l ? Languages[l] : null,
                    Tags = new Dictionary<string, string> { ["kind"] = Kinds[random.Next(3)] },
                };
                await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
            }
        }

        return store;
    }
}
