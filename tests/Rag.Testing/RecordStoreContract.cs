using System.Numerics.Tensors;
using Rag.Storage;

namespace Rag.Testing;

/// <summary>What a store keeps that lies in records of a service: what goes wrong between the two loses nothing and doubles nothing, and several processes see one store.</summary>
public abstract class RecordStoreContract
{
    // Of a document of one short text: its head, its text, its chunks, and the revision of its tenant.
    private const int RecordsOfOne = 4;

    private static readonly string[] Pieces = ["a", "\"", "\\", "\u00e4", "\u5b57", "\U0001F600", " "];

    private static readonly Document Old = Corpus.Text("a", "word old one", "word old two", "word old three");

    private static readonly Document New = Corpus.Text("a", "word new one", "word new two");

    /// <summary>The server of this test.</summary>
    protected abstract LoopbackHttp Http { get; }

    /// <summary>How many records the server holds.</summary>
    protected abstract int Records { get; }

    /// <summary>Has all that was written seen, where the server shows it late.</summary>
    protected virtual void LetTimePass()
    {
    }

    /// <summary>Opens the store of this test, as another process; nothing waits between tries, and whatever was left is taken for abandoned.</summary>
    protected abstract Task<IChunkStore> OpenAsync();

    [Theory]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    [InlineData(0, false)]
    [InlineData(0, true)]
    public async Task Every_request_that_fails_once_is_tried_again(int status, bool afterApplying)
    {
        var calls = 0;
        Http.Between = (_, pass) =>
        {
            if (++calls % 2 == 0)
            {
                return pass();
            }

            if (afterApplying)
            {
                pass();
            }

            return status == 0 ? null : new(status, "busy") { Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } };
        };
        await using var store = await OpenAsync();

        await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0]));
        await store.ReplaceDocumentAsync(New, Corpus.Chunks(New, _ => [1, 0]));

        Assert.Equal(["a#0", "a#1"], (await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Select(c => c.Chunk.Id));
        Assert.Equal(New.Text, (await store.GetDocumentAsync("a"))!.Text);
        Assert.Equal(RecordsOfOne + 2, Records);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_writer_killed_at_any_step_leaves_the_old_document_or_the_new_one(bool afterApplying)
    {
        var outcomes = new HashSet<string>();
        for (var (step, finished) = (1, false); !finished; step++)
        {
            await using (var store = await OpenAsync())
            {
                await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0]));
                finished = await KillAsync(step, afterApplying, () => store.ReplaceDocumentAsync(New, Corpus.Chunks(New, _ => [1, 0])));
            }

            await using var next = await OpenAsync();
            var text = (await next.GetDocumentAsync("a"))!.Text;
            outcomes.Add(text);
            var lines = text.Split('\n');
            Assert.Equal(lines.Order(), (await next.SearchKeywordsAsync(new("word"), 10)).Select(c => c.Chunk.Text).Order());
            Assert.Equal(lines.Order(), (await next.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Select(c => c.Chunk.Text).Order());
            Assert.Equal(lines, (await next.GetChunksAsync("a")).Select(c => c.Chunk.Text));
            Assert.Equal(RecordsOfOne + lines.Length, Records);
            Assert.True(step > 1 || !finished, "No step was killed.");
        }

        Assert.Equal([New.Text, Old.Text], outcomes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_killed_at_any_step_leaves_the_document_whole_or_nothing(bool afterApplying)
    {
        var outcomes = new HashSet<int>();
        for (var (step, finished) = (1, false); !finished; step++)
        {
            await using (var store = await OpenAsync())
            {
                await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0]));
                finished = await KillAsync(step, afterApplying, () => store.DeleteDocumentAsync("a"));
            }

            await using var next = await OpenAsync();
            var found = await next.SearchKeywordsAsync(new("word"), 10);
            outcomes.Add(found.Count);
            Assert.Equal(found.Count == 0 ? 1 : RecordsOfOne + 3, Records); // the revision stays
            Assert.Equal(found.Count, (await next.GetChunksAsync("a")).Count);
            Assert.Equal(found.Count, (await next.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Count);
        }

        Assert.Equal([0, 3], outcomes.Order());
    }

    [Fact]
    public async Task Writers_of_one_document_at_once_leave_one_version_whole()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var versions = Enumerable.Range(0, 20).Select(v => Corpus.Text("a", [.. Enumerable.Range(0, 1 + (v % 4)).Select(i => $"word v{v} {i}")])).ToArray();

        await Task.WhenAll(versions.Select((v, i) => Task.Run(() => (i % 2 == 0 ? one : other).ReplaceDocumentAsync(v, Corpus.Chunks(v)))));

        var text = (await one.GetDocumentAsync("a"))!.Text;
        Assert.Equal(text.Split('\n').Order(), (await other.SearchKeywordsAsync(new("word"), 100)).Select(c => c.Chunk.Text).Order());
        await other.ReplaceDocumentAsync(New, Corpus.Chunks(New));
        Assert.Equal(RecordsOfOne, Records);
    }

    [Fact]
    public async Task What_another_process_writes_is_found_at_the_next_search()
    {
        await using var reader = await OpenAsync();
        await using var writer = await OpenAsync();
        Assert.Empty(await reader.SearchKeywordsAsync(new("word"), 10));

        await writer.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0], "m"));
        Assert.Equal(3, (await reader.SearchKeywordsAsync(new("word"), 10)).Count);
        Assert.Equal(3, (await reader.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10)).Count);
        var other = Corpus.Text("b", "word");
        await Assert.ThrowsAsync<StoreException>(() => reader.ReplaceDocumentAsync(other, Corpus.Chunks(other, _ => [1, 0], "n")));

        var secret = New with { Groups = ["staff"] };
        await writer.ReplaceDocumentAsync(secret, Corpus.Chunks(secret, _ => [1, 0], "m"));
        Assert.Empty(await reader.SearchKeywordsAsync(new("word"), 10));
        Assert.Empty(await reader.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 10));
        Assert.Equal(2, (await reader.SearchKeywordsAsync(new("word") { Groups = ["staff"] }, 10)).Count);

        await writer.DeleteDocumentAsync("a");
        await reader.ReplaceDocumentAsync(other, Corpus.Chunks(other, _ => [1, 0], "n"));
        Assert.Equal("b", Assert.Single(await writer.SearchKeywordsAsync(new("word"), 10)).Chunk.DocumentId);
    }

    [Fact]
    public async Task A_search_without_changes_is_three_requests()
    {
        await using var store = await OpenAsync();
        await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, i => [1, i]));
        await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 2);
        await store.SearchKeywordsAsync(new("word"), 2);
        var before = Http.Exchanges.Count;

        await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 2); // the revision, the vectors, the texts
        Assert.Equal(before + 3, Http.Exchanges.Count);
        await store.SearchKeywordsAsync(new("word"), 2); // the revision, the texts
        Assert.Equal(before + 5, Http.Exchanges.Count);
    }

    [Fact]
    public async Task A_short_document_is_eight_requests_at_most_and_five_more_where_it_replaces_another()
    {
        await using var store = await OpenAsync();
        await store.ReplaceDocumentAsync(New with { Id = "b" }, Corpus.Chunks(New with { Id = "b" }, _ => [1, 0])); // what is asked once comes with the first
        var before = Asked();

        await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, _ => [1, 0]));
        var added = Asked() - before;
        await store.ReplaceDocumentAsync(New, Corpus.Chunks(New, _ => [1, 0]));

        Assert.InRange(added, 7, 8);
        Assert.Equal((2 * added) + 5, Asked() - before);

        // But for those by which a store asks whether what it wrote can be read: how many there are is up to the service.
        int Asked() => Http.Exchanges.Count(e => e.Request.Path != "/query");
    }

    [Fact]
    public async Task Long_documents_and_many_chunks_come_back_whole()
    {
        await using var store = await OpenAsync();
        var random = new Random(5);
        var document = Corpus.Text("long", [.. Enumerable.Range(0, 700).Select(i => string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => Pieces[random.Next(Pieces.Length)])) + $" w{i}")]);

        await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => [1, i, i * i]));

        Assert.Equal(document.Text, (await store.GetDocumentAsync("long"))!.Text);
        var chunks = await store.GetChunksAsync("long");
        Assert.Equal(document.Text.Split('\n'), chunks.Select(c => c.Chunk.Text));
        Assert.Equal(Enumerable.Range(0, 700).Select(i => (float)i), chunks.Select(c => c.Vector.Span[1]));
        Assert.Equal("long#317", Assert.Single(await store.SearchKeywordsAsync(new("w317"), 10)).Chunk.Id);
        await store.DeleteDocumentAsync("long");
        Assert.Equal(1, Records);
    }

    [Fact]
    public async Task Searches_are_exact_whatever_is_hidden()
    {
        await using var store = await OpenAsync();
        var random = new Random(8);
        float[] Vector() => [.. Enumerable.Range(0, 4).Select(_ => random.Next(-3, 4))];
        var documents = Enumerable.Range(0, 90).Select(i => Corpus.Text($"d{i}", "word") with { Groups = i % 12 == 0 ? ["staff"] : [], Tags = new Dictionary<string, string> { ["i"] = $"{i}" } }).ToList();
        var vectors = documents.ToDictionary(d => d.Id, _ => Vector());
        await Parallel.ForEachAsync(documents, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (d, token) => await store.ReplaceDocumentAsync(d, Corpus.Chunks(d, _ => vectors[d.Id]), token));

        foreach (var filter in (Filter[])[Filter.All, Filter.Equal("i", "17"), FilterParser.Parse("i < 15"), FilterParser.Parse("not i in (1, 2, 3)")])
        {
            var query = Vector();
            var expected = documents.Where(d => d.Groups.Count == 0 && filter.Matches(f => Filter.ValuesOf(d, f)))
                .Select(d => TensorPrimitives.CosineSimilarity(query, vectors[d.Id]) is var c && float.IsNaN(c) ? 0 : c).OrderDescending().Take(7);
            var found = await store.SearchVectorsAsync(query, new("") { Filter = filter }, 7);
            Assert.Equal(expected.Select(e => (double)e), found.Select(f => f.Score), (e, f) => Math.Abs(e - f) < 1e-5);
            Assert.All(found, f => Assert.True(documents.Single(d => d.Id == f.Chunk.DocumentId).Groups.Count == 0));
        }
    }

    [Fact]
    public async Task Hidden_chunks_that_are_all_nearer_leave_room_for_those_that_may_be_seen()
    {
        await using var store = await OpenAsync();
        var hidden = Corpus.Text("hidden", [.. Enumerable.Range(0, 400).Select(i => $"secret {i}")]) with { Groups = ["staff"] };
        await store.ReplaceDocumentAsync(hidden, Corpus.Chunks(hidden, _ => [1, 0]));
        await store.ReplaceDocumentAsync(Old, Corpus.Chunks(Old, i => [1, 1 + i]));

        Assert.Equal(["a#0", "a#1"], (await store.SearchVectorsAsync(new float[] { 1, 0 }, new(""), 2)).Select(c => c.Chunk.Id));
    }

    [Fact]
    public async Task Tags_too_long_for_a_record_are_refused()
    {
        await using var store = await OpenAsync();
        var document = Corpus.Text("a", "word") with { Tags = new Dictionary<string, string> { ["note"] = new('x', 40_000) } };

        var error = await Assert.ThrowsAsync<StoreException>(() => store.ReplaceDocumentAsync(document, Corpus.Chunks(document)));

        Assert.Contains("tags", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ListDocumentsAsync());
    }

    [Fact]
    public async Task A_chunk_too_long_for_a_record_is_refused()
    {
        await using var store = await OpenAsync();
        var document = Corpus.Text("a", new string('x', 40_000));

        var error = await Assert.ThrowsAsync<StoreException>(() => store.ReplaceDocumentAsync(document, Corpus.Chunks(document)));

        Assert.Contains("'a#0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("smaller chunks", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, Records);
    }

    /// <summary>Lets the requests up to a step through, that one perhaps, and then none; whether the work was done before.</summary>
    private async Task<bool> KillAsync(int step, bool afterApplying, Func<Task> work)
    {
        var calls = 0;
        Http.Between = (_, pass) =>
        {
            var answer = ++calls < step || (afterApplying && calls == step) ? pass() : null;
            return calls < step ? answer : null;
        };
        await Record.ExceptionAsync(work);
        Http.Between = (_, pass) => pass();
        LetTimePass();
        return calls < step;
    }
}
