using Microsoft.Extensions.AI;
using Rag.Ingest;
using Rag.Storage;

namespace Rag.Testing;

/// <summary>What every <see cref="IReembeddableStore"/> keeps: vectors of another model wait unseen, survive what happens meanwhile, and are exchanged in one step. Inherit it for a store.</summary>
public abstract class ReembeddingContract
{
    private static readonly VectorSpace NewSpace = new("new", 3);
    private static readonly ScriptedEmbeddings Old = new(text => Vector(text, 2, 1), "old");

    /// <summary>An empty store; disposed by the test.</summary>
    protected abstract Task<IReembeddableStore> CreateAsync();

    [Fact]
    public async Task A_run_leaves_the_store_as_if_it_had_been_ingested_with_the_new_model()
    {
        await using var store = await CreateAsync();
        var documents = Enumerable.Range(0, 40).Select(d => Document(d, version: 0)).ToArray();
        await FillAsync(store, documents);
        var model = New();
        var progress = new List<ReembeddingProgress>();

        var embedded = await new StoreReembedding(store, model).RunAsync(progress: new Listener(progress.Add));

        var chunks = documents.Sum(d => Corpus.Chunks(d).Count);
        Assert.Equal(chunks, embedded);
        Assert.Equal(Enumerable.Range(1, (chunks + 63) / 64).Select(i => new ReembeddingProgress(Math.Min(64 * i, chunks), chunks)), progress);
        await AssertIngestedWithAsync(model, store, documents);
        await Assert.ThrowsAsync<StoreException>(() => FillAsync(store, [Document(0, 1)]));
        Assert.Equal(0, await new StoreReembedding(store, model).RunAsync()); // nothing is left to do
    }

    [Fact]
    public async Task Searches_go_on_with_the_old_vectors_until_the_last_is_there()
    {
        await using var store = await CreateAsync();
        var documents = Enumerable.Range(0, 30).Select(d => Document(d, 0)).ToArray();
        await FillAsync(store, documents);
        var before = await store.SearchVectorsAsync(Old.VectorOf("question"), new(""), 1000);
        var model = New();

        await new StoreReembedding(store, new Interrupted(model, async () =>
        {
            Assert.Equal(new("old", 2), await store.GetVectorSpaceAsync());
            Corpus.AssertSame(before, await store.SearchVectorsAsync(Old.VectorOf("question"), new(""), 1000));
        })).RunAsync();

        await AssertIngestedWithAsync(model, store, documents);
    }

    [Fact]
    public async Task A_cancelled_run_changes_nothing_and_the_next_embeds_only_what_is_left()
    {
        await using var store = await CreateAsync();
        var documents = Enumerable.Range(0, 60).Select(d => Document(d, 0)).ToArray();
        await FillAsync(store, documents);
        var before = await store.SearchVectorsAsync(Old.VectorOf("question"), new(""), 1000);
        var chunks = before.Count;
        using var stop = new CancellationTokenSource();
        var progress = new Listener(p => (p.Done >= 128 ? stop : null)?.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new StoreReembedding(store, New()).RunAsync(progress: progress, cancellationToken: stop.Token));

        Assert.Equal(new("old", 2), await store.GetVectorSpaceAsync());
        Corpus.AssertSame(before, await store.SearchVectorsAsync(Old.VectorOf("question"), new(""), 1000));
        Assert.Equal(chunks - 128, await store.SwitchVectorsAsync(NewSpace));
        var model = New();
        Assert.Equal(chunks - 128, await new StoreReembedding(store, model).RunAsync());
        await AssertIngestedWithAsync(model, store, documents);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Documents_that_come_change_and_go_meanwhile_end_up_right(int seed)
    {
        await using var store = await CreateAsync();
        var random = new Random(seed);
        var documents = Enumerable.Range(0, 40).ToDictionary(d => $"d{d}", d => Document(d, 0));
        await FillAsync(store, documents.Values);
        var model = New();
        var rounds = 0;

        await new StoreReembedding(store, new Interrupted(model, async () =>
        {
            for (var change = ++rounds < 8 ? 6 : 0; change > 0; change--)
            {
                var (id, version) = (random.Next(60), random.Next(1, 100));
                if (random.Next(3) == 0)
                {
                    documents.Remove($"d{id}");
                    await store.DeleteDocumentAsync($"d{id}");
                }
                else
                {
                    var document = documents[$"d{id}"] = Document(id, version);
                    await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, random.Next(2) == 0 ? null : i => Old.VectorOf(Line(document, i)), "old"));
                }
            }
        })).RunAsync();

        Assert.True(rounds > 2, $"{rounds} rounds are too few for this test.");
        await AssertIngestedWithAsync(model, store, documents.Values);
        Assert.Equal(0, await store.SwitchVectorsAsync(NewSpace));
    }

    [Fact]
    public async Task Chunks_without_a_vector_get_one()
    {
        await using var store = await CreateAsync();
        var documents = Enumerable.Range(0, 3).Select(d => Document(d, 0)).ToArray();
        foreach (var document in documents)
        {
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document));
        }

        var model = New();
        await new StoreReembedding(store, model).RunAsync();

        await AssertIngestedWithAsync(model, store, documents);
    }

    [Fact]
    public async Task A_run_is_for_one_tenant()
    {
        await using var store = await CreateAsync();
        await FillAsync(store, [Document(1, 0), Document(1, 7) with { Tenant = "other" }]);
        var before = await store.SearchVectorsAsync(Old.VectorOf("q"), new("") { Tenant = "other" }, 100);

        await new StoreReembedding(store, New()).RunAsync();

        Assert.Equal((NewSpace, new("old", 2)), (await store.GetVectorSpaceAsync(), (await store.GetVectorSpaceAsync("other"))!));
        Corpus.AssertSame(before, await store.SearchVectorsAsync(Old.VectorOf("q"), new("") { Tenant = "other" }, 100));
        Assert.Equal(0, await new StoreReembedding(store, New()).RunAsync("nobody"));
    }

    [Fact]
    public async Task A_run_with_a_third_model_takes_nothing_from_one_that_was_not_finished()
    {
        await using var store = await CreateAsync();
        var document = Document(1, 0);
        await FillAsync(store, [document]);
        var chunks = Corpus.Chunks(document).Count;
        await store.StageVectorsAsync([.. Corpus.Chunks(document, i => New().VectorOf(Line(document, i)), "new").Take(2)]);

        var third = new ScriptedEmbeddings(text => Vector(text, 3, 3), "third");
        Assert.Equal(chunks, await new StoreReembedding(store, third).RunAsync());

        await AssertIngestedWithAsync(third, store, [document]);
        Assert.Equal(chunks, await store.SwitchVectorsAsync(NewSpace)); // what waited is gone
    }

    [Fact]
    public async Task Going_back_to_the_stored_model_drops_what_waits()
    {
        await using var store = await CreateAsync();
        var document = Document(1, 0);
        await FillAsync(store, [document]);
        await store.StageVectorsAsync(Corpus.Chunks(document, i => New().VectorOf(Line(document, i)), "new"));

        Assert.Equal(0, await new StoreReembedding(store, Old).RunAsync());

        await AssertIngestedWithAsync(Old, store, [document]);
        Assert.Equal(Corpus.Chunks(document).Count, await store.SwitchVectorsAsync(NewSpace));
    }

    [Fact]
    public async Task A_staged_vector_is_for_the_words_that_it_was_made_of()
    {
        await using var store = await CreateAsync();
        var (first, second) = (Corpus.Text("a", "same words", "old words"), Corpus.Text("a", "same words", "new words", "more"));
        await FillAsync(store, [second]);

        await store.StageVectorsAsync(Corpus.Chunks(first, _ => [1, 2, 3], "new"));
        await store.StageVectorsAsync(Corpus.Chunks(Corpus.Text("gone", "words"), _ => [1, 2, 3], "new"));

        Assert.Equal(["a#1", "a#2"], await store.ReadUnembeddedAsync(NewSpace).Select(c => c.Id).ToListAsync());
        Assert.Equal(2, await store.SwitchVectorsAsync(NewSpace));
        Assert.Equal(3, await store.SwitchVectorsAsync(NewSpace with { Dimensions = 4 }));
    }

    [Fact]
    public async Task Vectors_that_cannot_be_told_or_compared_are_refused()
    {
        await using var store = await CreateAsync();
        var document = Corpus.Text("a", "x", "y");
        await FillAsync(store, [document]);
        EmbeddedChunk Chunk(int i, string? model, params float[] vector) => Corpus.Chunks(document)[i] with { Vector = vector, Model = model };

        foreach (var chunks in (EmbeddedChunk[][])[[Chunk(0, null, 1, 2)], [Chunk(0, "m")], [Chunk(0, "m", 1), Chunk(1, "m", 1, 2)], [Chunk(0, "m", 1), Chunk(1, "n", 1)], [Chunk(0, "m", float.NaN)]])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => store.StageVectorsAsync(chunks));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => new StoreReembedding(store, new ScriptedEmbeddings(_ => [1])).RunAsync());
    }

    [Fact]
    public async Task Cancelled_calls_throw()
    {
        await using var store = await CreateAsync();
        var document = Document(1, 0);
        await FillAsync(store, [document]);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.StageVectorsAsync(Corpus.Chunks(document, _ => [1, 2, 3], "new"), cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SwitchVectorsAsync(new("old", 2), cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ReadUnembeddedAsync(NewSpace, cancellationToken: cancelled).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new StoreReembedding(store, New()).RunAsync(cancellationToken: cancelled));
    }

    /// <summary>Documents as they are ingested with the model "old".</summary>
    protected static async Task FillAsync(IChunkStore store, IEnumerable<Document> documents)
    {
        foreach (var document in documents)
        {
            await store.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => Old.VectorOf(Line(document, i)), "old"));
        }
    }

    // Every search gives the very scores of a store whose documents came with vectors of the model.
    private static async Task AssertIngestedWithAsync(ScriptedEmbeddings model, IReembeddableStore store, IEnumerable<Document> documents)
    {
        await using var fresh = new InMemoryChunkStore();
        foreach (var document in documents)
        {
            await fresh.ReplaceDocumentAsync(document, Corpus.Chunks(document, i => Unit(model.VectorOf(Line(document, i))), VectorSpace.ModelOf(model)));
        }

        Assert.Equal(await fresh.GetVectorSpaceAsync(), await store.GetVectorSpaceAsync());
        Assert.Equal((await fresh.ListDocumentsAsync()).Select(d => (d.Id, d.Vectors)), (await store.ListDocumentsAsync()).Select(d => (d.Id, d.Vectors)));
        foreach (var question in (string[])["question", "w1 w2"])
        {
            var expected = (await fresh.SearchVectorsAsync(model.VectorOf(question), new(""), 10_000)).ToDictionary(c => c.Chunk.Id);
            var found = await store.SearchVectorsAsync(model.VectorOf(question), new(""), 10_000);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Select(c => c.Chunk.Id).Order(StringComparer.Ordinal));
            Assert.All(found, hit => Assert.Equal((expected[hit.Chunk.Id].Chunk.Text, true), (hit.Chunk.Text, Math.Abs(expected[hit.Chunk.Id].Score - hit.Score) < 1e-5)));
        }
    }

    private static ScriptedEmbeddings New() => new(text => Vector(text, 3, 2), "new");

    private static Document Document(int number, int version)
    {
        var random = new Random((number * 1000) + version);
        return Corpus.Text($"d{number}", [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => $"w{random.Next(50)} w{random.Next(50)}")]);
    }

    private static string Line(Document document, int chunk) => document.Text.Split('\n')[chunk];

    // Words decide, whatever the process: string.GetHashCode differs from run to run.
    private static float[] Vector(string text, int dimensions, int seed)
    {
        var random = new Random(text.Aggregate(seed, (hash, c) => unchecked((hash * 31) + c)));
        return [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private static float[] Unit(float[] vector)
    {
        var norm = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / norm)];
    }

    private sealed class Listener(Action<ReembeddingProgress> report) : IProgress<ReembeddingProgress>
    {
        public void Report(ReembeddingProgress value) => report(value);
    }

    /// <summary>A model that lets something happen before each batch.</summary>
    private sealed class Interrupted(IEmbeddingGenerator<string, Embedding<float>> inner, Func<Task> before) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await before();
            return await base.GenerateAsync(values, options, cancellationToken);
        }
    }
}
