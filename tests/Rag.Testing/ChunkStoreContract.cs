using Rag.Storage;

namespace Rag.Testing;

/// <summary>What every <see cref="IChunkStore"/> keeps: storing, replacing, deleting. Inherit it, and <see cref="ChunkSearchContract"/>, for a store.</summary>
public abstract class ChunkStoreContract
{
    /// <summary>An empty store; disposed by the test.</summary>
    protected abstract Task<IChunkStore> CreateAsync();

    [Fact]
    public async Task GetDocument_gives_back_what_was_stored()
    {
        await using var store = await CreateAsync();
        var document = new Document("kb/a.md", "A title", "First line.\nSecond line.", [new(BlockKind.Heading, new(0, 11), 2, 1), new(BlockKind.Paragraph, new(12, 24), 0, 2, new(2, 1.5, 2, 3, 4.25)) { Context = "servers[2] > tls" }])
        {
            MediaType = "text/markdown",
            Path = "/kb/a.md",
            Language = "en",
            Pages = new([0, 12]),
            Lines = new([0, 12], 5, ["Prices!A1:D1", "Prices!A2:D2 für 表"]),
            Boxes = new([new(new(0, 5), new(1, 10, 20.25, 30, 40)), new(new(6, 11), new(1, 36, 21, 50.5, 40)), new(new(12, 18), new(2, 10, 20, 30, 40))]),
            Warnings = ["Page 2 is a scanned image without text.", "A font has no names."],
            Version = "7f",
            Tags = new Dictionary<string, string> { ["product"] = "ledger" },
            Findings = [new("pii", "email", "pii-1") { Spans = [new(0, 5), new(6, 11)], Count = 3 }, new("date", "2024-03-31", "date-1") { From = "file name", Confidence = 0.5 }, new("summary", "First \ud83d line. 表", "m-1") { Model = "m" }],
            Tenant = "acme",
            Groups = ["staff"],
        };

        await store.ReplaceDocumentAsync(document, Chunks(document));

        var stored = await store.GetDocumentAsync("kb/a.md", "acme");
        Assert.Equivalent(document, stored, strict: true);
        Assert.Null(await store.GetDocumentAsync("kb/a.md"));
        Assert.Null(await store.GetDocumentAsync("kb/b.md", "acme"));
    }

    [Fact]
    public async Task Boxes_come_back_with_the_document_and_with_each_chunk()
    {
        await using var store = await CreateAsync();
        var random = new Random(3);
        var (text, words) = ("", new List<WordBox>());
        for (var i = 0; i < 9000; i++)
        {
            var word = random.Next(50) == 0 ? "needle" : new string('x', random.Next(1, 12));
            words.Add(new(new(text.Length, text.Length + word.Length), new(1 + (i / 300), random.Next(600), random.Next(800), random.Next(600, 700), random.Next(800, 900))));
            text = $"{text}{word}{(i % 400 == 399 ? '\n' : ' ')}";
        }

        var document = new Document("a", "a", text, []) { Boxes = new(words) };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));

        Assert.Equal(words, (await store.GetDocumentAsync("a"))!.Boxes!);
        var found = await store.SearchKeywordsAsync(new("needle"), 100);
        Assert.NotEmpty(found);
        Assert.All(found, hit => Assert.Equal(document.Boxes!.Slice(hit.Chunk.Span), hit.Chunk.Boxes!));
    }

    [Theory]
    [InlineData("caf\u00e9 \U0001F600 emoji")]
    [InlineData("half a pair: \ud83d and the other half: \ude00")]
    [InlineData("a NUL \0 in the middle")]
    [InlineData("\u05e9\u05dc\u05d5\u05dd \u202eright to left\u202c")]
    [InlineData("")]
    public async Task GetDocument_gives_back_any_text(string text)
    {
        await using var store = await CreateAsync();
        var document = new Document("odd", text, text, []);

        await store.ReplaceDocumentAsync(document, text.Length == 0 ? [] : Chunks(document));

        var stored = await store.GetDocumentAsync("odd");
        Assert.Equal(text, stored!.Text);
        Assert.Equal(text, stored.Title);
    }

    [Fact]
    public async Task GetChunks_gives_back_chunks_and_vectors_in_reading_order()
    {
        await using var store = await CreateAsync();
        var (plain, embedded) = (Corpus.Text("a", "one", "two"), Corpus.Text("b", [.. Enumerable.Range(0, 300).Select(i => $"passage {i}")]) with { Tenant = "t" });
        var chunks = Corpus.Chunks(embedded, i => [i % 2, 1 - (i % 2)], "model m");
        await store.ReplaceDocumentAsync(plain, Chunks(plain));
        await store.ReplaceDocumentAsync(embedded, chunks);

        var stored = await store.GetChunksAsync("b", "t");

        Assert.Equal(chunks.Select(c => (c.Chunk.Id, c.Chunk.Text, c.Chunk.Span, c.Model)), stored.Select(c => (c.Chunk.Id, c.Chunk.Text, c.Chunk.Span, c.Model)));
        Assert.Equal(chunks.Select(c => c.Vector.ToArray()), stored.Select(c => c.Vector.ToArray()));
        Assert.Equal([(0, null), (0, null)], (await store.GetChunksAsync("a")).Select(c => (c.Vector.Length, c.Model)));
        Assert.Empty(await store.GetChunksAsync("b"));
    }

    [Fact]
    public async Task ReplaceDocument_twice_is_replacing_it_once()
    {
        await using var once = await CreateAsync();
        await using var twice = await CreateAsync();
        var document = Corpus.Text("a", "red fish blue fish", "one fish");

        await once.ReplaceDocumentAsync(document, Chunks(document));
        await twice.ReplaceDocumentAsync(document, Chunks(document));
        await twice.ReplaceDocumentAsync(document, Chunks(document));

        var query = new Query("fish");
        Corpus.AssertSame(await once.SearchKeywordsAsync(query, 10), await twice.SearchKeywordsAsync(query, 10));
        Assert.Equal(2, Assert.Single(await twice.ListDocumentsAsync()).Chunks);
    }

    [Fact]
    public async Task ReplaceDocument_leaves_nothing_of_the_earlier_version()
    {
        await using var store = await CreateAsync();
        var first = Corpus.Text("a", "alpha common", "beta common");
        var second = Corpus.Text("a", "gamma common");

        await store.ReplaceDocumentAsync(first, Chunks(first));
        await store.ReplaceDocumentAsync(second, Chunks(second));

        Assert.Empty(await store.SearchKeywordsAsync(new("alpha beta"), 10));
        Assert.Equal("gamma common", Assert.Single(await store.SearchKeywordsAsync(new("common"), 10)).Chunk.Text);
        Assert.Equal(second.Text, (await store.GetDocumentAsync("a"))!.Text);
    }

    [Fact]
    public async Task DeleteDocument_leaves_nothing_to_find()
    {
        await using var store = await CreateAsync();
        var (a, b) = (Corpus.Text("a", "alpha common"), Corpus.Text("b", "beta common"));
        await store.ReplaceDocumentAsync(a, Chunks(a));
        await store.ReplaceDocumentAsync(b, Chunks(b));

        Assert.True(await store.DeleteDocumentAsync("a"));

        Assert.False(await store.DeleteDocumentAsync("a"));
        Assert.Null(await store.GetDocumentAsync("a"));
        Assert.Equal("b", Assert.Single(await store.ListDocumentsAsync()).Id);
        Assert.Empty(await store.SearchKeywordsAsync(new("alpha"), 10));
        await using var only = await CreateAsync();
        await only.ReplaceDocumentAsync(b, Chunks(b));
        Corpus.AssertSame(await only.SearchKeywordsAsync(new("common"), 10), await store.SearchKeywordsAsync(new("common"), 10));
    }

    [Fact]
    public async Task ListDocuments_orders_by_id_and_tells_what_is_stored()
    {
        await using var store = await CreateAsync();
        foreach (var id in (string[])["b", "a#10", "Z", "a#2"])
        {
            var document = Corpus.Text(id, "some words", "more words") with { Version = "v" + id, Path = "/x/" + id, Tags = new Dictionary<string, string> { ["k"] = id }, Groups = id == "b" ? ["staff", "board"] : [] };
            await store.ReplaceDocumentAsync(document, Chunks(document));
        }

        var documents = await store.ListDocumentsAsync();

        Assert.Equal(["Z", "a#10", "a#2", "b"], documents.Select(d => d.Id));
        Assert.Equal([0, 0, 0, 2], documents.Select(d => d.Groups.Count));
        Assert.Equal(["board", "staff"], documents[3].Groups.Order());
        Assert.All(documents, d => Assert.Equal((2, "v" + d.Id, "/x/" + d.Id, d.Id, "text/plain", "Title of " + d.Id), (d.Chunks, d.Version, d.Path, d.Tags["k"], d.MediaType, d.Title)));
    }

    [Fact]
    public async Task Findings_are_listed_filtered_by_and_hidden_by_tags()
    {
        await using var store = await CreateAsync();
        DocumentFinding[] found = [new("pii", "email", "pii-1"), new("pii", "iban", "pii-1") { Count = 2 }, new("product", "vault", "x-1"), new("summary", new string('s', 101), "x-1")];
        var (with, without) = (Corpus.Text("a", "words") with { Findings = found, Tags = new Dictionary<string, string> { ["product"] = "ledger" } }, Corpus.Text("b", "words"));
        await store.ReplaceDocumentAsync(with, Chunks(with));
        await store.ReplaceDocumentAsync(without, Chunks(without));

        Assert.Equivalent(found, (await store.ListDocumentsAsync())[0].Findings, strict: true);
        Assert.Empty((await store.ListDocumentsAsync())[1].Findings);
        Assert.Equal(["a"], await FilteredAsync("pii = iban and pii = email"));
        Assert.Equal(["b"], await FilteredAsync("not pii"));
        Assert.Equal(["a"], await FilteredAsync("pii"));
        Assert.Equal(["a"], await FilteredAsync("product = ledger"));
        Assert.Empty(await FilteredAsync("product = vault or summary"));

        async Task<IEnumerable<string>> FilteredAsync(string filter) =>
            (await store.SearchKeywordsAsync(new("words") { Filter = FilterParser.Parse(filter) }, 10)).Select(hit => hit.Chunk.DocumentId);
    }

    [Fact]
    public async Task ReplaceFindings_changes_nothing_else_and_only_the_version_it_is_about()
    {
        await using var store = await CreateAsync();
        var document = Corpus.Text("a", "some words", "more words") with { Version = "1", Tenant = "t", Groups = ["staff"], Findings = [new("pii", "email", "pii-1")] };
        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [i, 1 - i], "m"));
        DocumentFinding[] found = [new("duplicate-of", "b", "duplicates-1") { Confidence = 0.9 }];

        Assert.False(await store.ReplaceFindingsAsync("a", "2", found, "t"));
        Assert.False(await store.ReplaceFindingsAsync("a", "1", found));
        Assert.True(await store.ReplaceFindingsAsync("a", "1", found, "t"));

        Assert.Equivalent(document with { Findings = found }, await store.GetDocumentAsync("a", "t"), strict: true);
        Assert.Equal([("a#0", "m", 2), ("a#1", "m", 2)], (await store.GetChunksAsync("a", "t")).Select(c => (c.Chunk.Id, c.Model, c.Vector.Length)));
        var query = new Query("words") { Tenant = "t", Groups = ["staff"] };
        Assert.Equal(2, (await store.SearchKeywordsAsync(query with { Filter = FilterParser.Parse("duplicate-of = b") }, 10)).Count);
        Assert.Empty(await store.SearchKeywordsAsync(query with { Filter = FilterParser.Parse("pii") }, 10));
        Assert.Equal("a#0", (await store.SearchVectorsAsync(new float[] { 0, 1 }, query, 1))[0].Chunk.Id);
        Assert.True(await store.ReplaceFindingsAsync("a", "1", [], "t"));
        Assert.Empty((await store.ListDocumentsAsync("t"))[0].Findings);
        Assert.Equal(2, (await store.SearchKeywordsAsync(query with { Filter = FilterParser.Parse("not duplicate-of") }, 10)).Count);
    }

    [Fact]
    public async Task FindDocuments_gives_those_of_the_list_that_are_asked_for()
    {
        await using var store = await CreateAsync();
        foreach (var (id, tenant) in ((string, string)[])[("b", ""), ("Z", ""), ("a#2", ""), ("c", "other")])
        {
            var document = Corpus.Text(id, "words") with { Tenant = tenant, Tags = new Dictionary<string, string> { ["k"] = id } };
            await store.ReplaceDocumentAsync(document, Chunks(document));
        }

        Assert.Equivalent((await store.ListDocumentsAsync()).Where(d => d.Id != "b"), await store.FindDocumentsAsync(["a#2", "none", "Z", "c", "Z"]), strict: true);
        Assert.Equal(["Z", "b"], (await store.FindDocumentsAsync(["b", "Z"])).Select(d => d.Id));
        Assert.Equal("c", Assert.Single(await store.FindDocumentsAsync(["b", "c"], "other")).Id);
        Assert.Empty(await store.FindDocumentsAsync([]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.FindDocumentsAsync(["b"], cancellationToken: new(canceled: true)));
    }

    [Fact]
    public async Task ListDocuments_tells_model_and_length_of_vectors()
    {
        await using var store = await CreateAsync();
        var (named, nameless, without) = (Corpus.Text("a", "x", "y"), Corpus.Text("b", "x"), Corpus.Text("c", "x"));
        await store.ReplaceDocumentAsync(named, Corpus.Chunks(named, _ => [1, 2], "m"));
        await store.ReplaceDocumentAsync(nameless, Corpus.Chunks(nameless, _ => [1, 2]));
        await store.ReplaceDocumentAsync(without, Chunks(without));

        Assert.Equal([new("m", 2), new(null, 2), null], (await store.ListDocumentsAsync()).Select(d => d.Vectors));
    }

    [Fact]
    public async Task Tenants_never_see_each_other()
    {
        await using var store = await CreateAsync();
        var mine = Corpus.Text("a", "common mine") with { Tenant = "me" };
        var yours = Corpus.Text("a", "common yours", "common common") with { Tenant = "you" };
        await store.ReplaceDocumentAsync(mine, Chunks(mine));
        await store.ReplaceDocumentAsync(yours, Chunks(yours));

        Assert.Equal("common mine", Assert.Single(await store.SearchKeywordsAsync(new("common yours") { Tenant = "me" }, 10)).Chunk.Text);
        Assert.Empty(await store.SearchKeywordsAsync(new("common"), 10));
        Assert.True(await store.DeleteDocumentAsync("a", "you"));
        Assert.NotNull(await store.GetDocumentAsync("a", "me"));
        await using var alone = await CreateAsync();
        await alone.ReplaceDocumentAsync(mine, Chunks(mine));
        Corpus.AssertSame(await alone.SearchKeywordsAsync(new("common") { Tenant = "me" }, 10), await store.SearchKeywordsAsync(new("common") { Tenant = "me" }, 10));
    }

    [Fact]
    public async Task Cancelled_calls_throw_and_change_nothing()
    {
        await using var store = await CreateAsync();
        var kept = Corpus.Text("a", "alpha");
        await store.ReplaceDocumentAsync(kept, Chunks(kept));
        var changed = Corpus.Text("a", "beta");
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReplaceDocumentAsync(changed, Chunks(changed), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.DeleteDocumentAsync("a", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SearchKeywordsAsync(new("alpha"), 1, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SearchVectorsAsync(new float[] { 1 }, new(""), 1, cancelled));

        Assert.Equal("alpha", (await store.GetDocumentAsync("a"))!.Text);
        Assert.Single(await store.SearchKeywordsAsync(new("alpha"), 10));
        Assert.Empty(await store.SearchKeywordsAsync(new("beta"), 10));
    }

    [Fact]
    public async Task Readers_see_each_document_whole_while_it_is_replaced()
    {
        await using var store = await CreateAsync();
        var versions = Enumerable.Range(0, 40).Select(v => Corpus.Text("a", [.. Enumerable.Range(0, 5).Select(_ => $"word version{v}")])).ToArray();
        await store.ReplaceDocumentAsync(versions[0], Chunks(versions[0]));

        var writer = Task.Run(async () =>
        {
            foreach (var version in versions)
            {
                await store.ReplaceDocumentAsync(version, Chunks(version));
            }
        });
        async Task Read()
        {
            do
            {
                var found = await store.SearchKeywordsAsync(new("word"), 10);
                Assert.Equal(5, found.Count);
                Assert.Single(found.Select(f => f.Chunk.Text).Distinct());
            }
            while (!writer.IsCompleted);
        }

        await Task.WhenAll(Task.Run(Read), Task.Run(Read), writer);
    }

    private static IReadOnlyList<EmbeddedChunk> Chunks(Document document) => Corpus.Chunks(document);
}
