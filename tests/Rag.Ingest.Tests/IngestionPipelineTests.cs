using Rag.Enrichment;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests;

public sealed class IngestionPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    [Fact]
    public async Task SyncAsync_stores_every_file_of_a_folder_under_its_path()
    {
        _folder.Write("docs/a.txt", "First text.");
        var path = _folder.Write("docs/deep/b.txt", "Second text.");

        var report = await SyncAsync("docs");

        Assert.Equal((2, 0, 0, 0, 2), Counts(report));
        Assert.Equal(["docs/a.txt", "docs/deep/b.txt"], (await _store.ListDocumentsAsync()).Select(d => d.Id));
        var document = (await _store.GetDocumentAsync("docs/deep/b.txt"))!;
        Assert.Equal(("Second text.", path), (document.Text, document.Path));
    }

    [Fact]
    public async Task SyncAsync_gives_documents_their_labels_owner_and_language()
    {
        var file = _folder.Write("a.txt", "The text of this file is written in English, as anyone can see.");

        await Pipeline().SyncAsync([file], new() { Tags = new Dictionary<string, string> { ["product"] = "ledger" }, Tenant = "acme", Groups = ["staff"] });

        var document = (await _store.GetDocumentAsync("a.txt", "acme"))!;
        Assert.Equal(("acme", "ledger", "staff", "en"), (document.Tenant, document.Tags["product"], Assert.Single(document.Groups), document.Language));
        Assert.Equal("ledger", Assert.Single(_store.Chunks("acme")).Chunk.Tags["product"]);
    }

    [Fact]
    public async Task SyncAsync_takes_over_a_document_of_the_same_id_only_when_told_to()
    {
        var (first, second, empty) = (_folder.Write("1/a.txt", "First text."), _folder.Write("2/a.txt", "Second text."), _folder.Write("3/a.txt", ""));
        await Pipeline().SyncAsync([first]);

        Assert.Contains("which is that of", Assert.Single((await Pipeline().SyncAsync([second])).Failed).Error, StringComparison.Ordinal);
        Assert.Equal("First text.", (await _store.GetDocumentAsync("a.txt"))!.Text);
        Assert.Equal(1, (await Pipeline().SyncAsync([second], new() { TakesOver = true })).Updated);
        Assert.Equal("It is empty.", Assert.Single((await Pipeline().SyncAsync([empty], new() { TakesOver = true })).Failed).Error);
        Assert.Equal(("Second text.", second), ((await _store.GetDocumentAsync("a.txt"))!.Text, (await _store.GetDocumentAsync("a.txt"))!.Path));
    }

    [Fact]
    public async Task SyncAsync_takes_the_language_it_is_told_and_ingests_again_when_that_changes()
    {
        var file = _folder.Write("a.txt", "The text of this file is written in English, as anyone can see.");
        await Pipeline().SyncAsync([file]);

        var report = await Pipeline().SyncAsync([file], new() { Language = "de" });

        Assert.Equal(1, report.Updated);
        Assert.Equal("de", (await _store.GetDocumentAsync("a.txt"))!.Language);
        Assert.Throws<ArgumentException>(() => new SyncOptions { Language = "German" });
    }

    [Fact]
    public async Task SyncAsync_stores_and_embeds_what_an_enricher_adds_and_ingests_again_when_there_is_one()
    {
        var file = _folder.Write("a.txt", "The text of this file.");
        await Pipeline().SyncAsync([file]);
        var embedder = new LengthEmbedder();
        var enriched = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store, embedder, new ContextEnricher(new ScriptedChatClient("About files.")));

        var first = await enriched.SyncAsync([file]);
        var second = await enriched.SyncAsync([file]);

        Assert.Equal((1, 1), (first.Updated, second.Unchanged));
        Assert.Equal("About files.", Assert.Single(_store.Chunks("")).Chunk.Context);
        Assert.StartsWith("About files.\n", Assert.Single(embedder.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncAsync_tells_what_readers_left_out_of_the_files_that_it_stored()
    {
        var (b, a) = (_folder.Write("docs/b.txt", "x"), _folder.Write("docs/a.txt", "y"));
        var pipeline = new IngestionPipeline(DocumentReaders.Default.With(new WarningReader("One.", "Two.")), new StructureChunker(), _store);

        var first = await pipeline.SyncAsync([Path.GetDirectoryName(a)!]);
        var second = await pipeline.SyncAsync([Path.GetDirectoryName(a)!]);

        Assert.Equal([new(a, "One."), new(a, "Two."), new(b, "One."), new(b, "Two.")], first.Warnings);
        Assert.Empty(second.Warnings);
        Assert.Equal(["One.", "Two."], (await _store.GetDocumentAsync("docs/a.txt"))!.Warnings);
    }

    [Fact]
    public async Task SyncAsync_stores_nothing_when_nothing_changed()
    {
        _folder.Write("docs/a.txt", "First text.");
        _folder.Write("docs/b.txt", "Second text.");
        await SyncAsync("docs");

        var report = await SyncAsync("docs");

        Assert.Equal((0, 0, 2, 0, 2), Counts(report));
        Assert.Equal(2, _store.Replacements);
    }

    [Fact]
    public async Task SyncAsync_replaces_what_changed_and_only_that()
    {
        _folder.Write("docs/a.txt", "First text.");
        _folder.Write("docs/b.txt", "Second text.");
        await SyncAsync("docs");
        _folder.Write("docs/b.txt", "Another text.");

        var report = await SyncAsync("docs");

        Assert.Equal((0, 1, 1, 0, 2), Counts(report));
        Assert.Equal(["First text.", "Another text."], _store.Chunks().Select(c => c.Chunk.Text));
    }

    [Fact]
    public async Task SyncAsync_ingests_again_when_settings_change()
    {
        var file = _folder.Write("a.txt", "First text.");
        var tagged = new SyncOptions { Tags = new Dictionary<string, string> { ["k"] = "v" } };
        await Pipeline().SyncAsync([file]);

        SyncReport[] reports =
        [
            await Pipeline().SyncAsync([file], tagged),
            await Pipeline().SyncAsync([file], tagged),
            await Pipeline(new FixedSizeChunker()).SyncAsync([file], tagged),
            await Pipeline(new FixedSizeChunker()).SyncAsync([file], tagged with { Groups = ["staff"] }),
            await new IngestionPipeline(DocumentReaders.Default, new FixedSizeChunker(), _store, new LengthEmbedder()).SyncAsync([file], tagged),
        ];

        Assert.Equal([1, 0, 1, 1, 1], reports.Select(r => r.Updated));
    }

    [Fact]
    public async Task SyncAsync_deletes_documents_of_its_folders_whose_file_is_gone_when_asked()
    {
        _folder.Write("docs/a.txt", "First text.");
        _folder.Write("docs/b.txt", "Second text.");
        _folder.Write("other/c.txt", "Third text.");
        await SyncAsync("docs", "other");
        await _store.ReplaceDocumentAsync(new("mine", "Mine", "My own document.", []) { Path = _folder.At("docs/gone.txt") }, []);
        File.Delete(_folder.At("docs/b.txt"));
        File.Delete(_folder.At("other/c.txt"));

        var kept = await SyncAsync("docs");
        var deleted = await Pipeline().SyncAsync([_folder.At("docs")], new() { DeleteMissing = true });

        Assert.Equal((0, 1), (kept.Deleted, deleted.Deleted));
        Assert.Equal(["docs/a.txt", "mine", "other/c.txt"], (await _store.ListDocumentsAsync()).Select(d => d.Id));
    }

    [Fact]
    public async Task SyncAsync_deletes_nothing_when_the_folder_itself_is_gone()
    {
        _folder.Write("docs/a.txt", "First text.");
        await SyncAsync("docs");
        Directory.Delete(_folder.At("docs"), recursive: true);

        var report = await Pipeline().SyncAsync([_folder.At("docs")], new() { DeleteMissing = true });

        Assert.Contains("no file or folder", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Single(await _store.ListDocumentsAsync());
    }

    [Fact]
    public async Task SyncAsync_keeps_the_id_of_a_file_that_is_given_by_another_way()
    {
        var file = _folder.Write("docs/deep/a.txt", "First text.");
        await SyncAsync("docs");

        var reports = new[] { await SyncAsync("docs/deep"), await SyncAsync("docs/deep/a.txt"), await SyncAsync("docs/deep", "docs", "docs") };

        Assert.All(reports, r => Assert.Equal((0, 0, 1, 0, 1), Counts(r)));
        Assert.Equal(("docs/deep/a.txt", file), (await _store.ListDocumentsAsync()).Select(d => (d.Id, d.Path!)).Single());
    }

    [Fact]
    public async Task SyncAsync_fails_a_file_whose_id_belongs_to_another_file()
    {
        _folder.Write("one/docs/a.txt", "First text.");
        _folder.Write("two/docs/a.txt", "Second text.");
        _folder.Write("two/docs/b.txt", "Third text.");
        await SyncAsync("one/docs");

        var report = await SyncAsync("two/docs");

        Assert.Equal((1, 0, 0, 0, 1), Counts(report));
        Assert.Contains($"'docs/a.txt', which is that of '{_folder.At("one/docs/a.txt")}'", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal("First text.", (await _store.GetDocumentAsync("docs/a.txt"))!.Text);
    }

    [Fact]
    public async Task SyncAsync_follows_a_folder_that_was_moved()
    {
        _folder.Write("one/docs/a.txt", "First text.");
        await SyncAsync("one/docs");
        Directory.CreateDirectory(_folder.At("two"));
        Directory.Move(_folder.At("one/docs"), _folder.At("two/docs"));

        var report = await SyncAsync("two/docs");

        Assert.Equal((0, 1, 0, 0, 1), Counts(report));
        Assert.Equal(_folder.At("two/docs/a.txt"), Assert.Single(_store.Chunks()).Chunk.Path);
    }

    [Fact]
    public async Task SyncAsync_refuses_two_folders_or_files_of_one_name()
    {
        _folder.Write("one/docs/a.txt", "First text.");
        _folder.Write("two/docs/b.txt", "Second text.");
        _folder.Write("one/c.txt", "Third text.");
        _folder.Write("two/c.txt", "Fourth text.");

        var report = await SyncAsync("one/docs", "two/docs", "one/c.txt", "two/c.txt");

        Assert.Equal([_folder.At("two/c.txt"), _folder.At("two/docs")], report.Failed.Select(f => f.Path));
        Assert.All(report.Failed, f => Assert.Contains("ingest their common parent folder instead", f.Error, StringComparison.Ordinal));
        Assert.Equal(2, report.Added);
    }

    [Fact]
    public async Task SyncAsync_does_not_touch_another_callers_document()
    {
        await _store.ReplaceDocumentAsync(new("a.txt", "Mine", "My own document.", []), []);

        var report = await Pipeline().SyncAsync([_folder.Write("a.txt", "First text.")]);

        Assert.Contains("came from no file", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal("My own document.", (await _store.GetDocumentAsync("a.txt"))!.Text);
    }

    [Fact]
    public async Task SyncAsync_keeps_tenants_apart()
    {
        var file = _folder.Write("a.txt", "First text.");

        var reports = new[] { await Pipeline().SyncAsync([file], new() { Tenant = "one" }), await Pipeline().SyncAsync([file], new() { Tenant = "two" }) };

        Assert.All(reports, r => Assert.Equal(1, r.Added));
        Assert.Empty(await _store.ListDocumentsAsync());
    }

    [Fact]
    public async Task SyncAsync_embeds_context_and_text_to_unit_vectors_in_batches()
    {
        var file = _folder.Write("a.txt", string.Join("\n\n", Enumerable.Range(0, 150).Select(i => $"Sentence number {i} stands here.")));
        var embedder = new LengthEmbedder();

        var report = await new IngestionPipeline(DocumentReaders.Default, new FixedSizeChunker(6), _store, embedder).SyncAsync([file]);

        Assert.True(report.Chunks > 128);
        Assert.Equal([64, 64], embedder.Batches.Take(2));
        Assert.All(_store.Chunks(), c => Assert.Equal(1, Math.Sqrt(c.Vector.Span[0] * c.Vector.Span[0] + c.Vector.Span[1] * c.Vector.Span[1]), 5));
        Assert.Equal(_store.Chunks().Select(c => c.Chunk.Text), embedder.Texts);
    }

    [Fact]
    public async Task SyncAsync_tells_of_each_file_in_turn()
    {
        foreach (var i in Enumerable.Range(0, 20))
        {
            _folder.Write($"docs/{i}.txt", $"Text number {i}.");
        }

        var progress = new ListProgress();
        await Pipeline().SyncAsync([_folder.At("docs")], new() { Parallelism = 4 }, progress);

        Assert.Equal(Enumerable.Range(1, 20), progress.Reports.Select(p => p.Done));
        Assert.All(progress.Reports, p => Assert.Equal((20, SyncOutcome.Added), (p.Total, p.Outcome)));
        Assert.Equal(20, progress.Reports.DistinctBy(p => p.Path).Count());
    }

    [Fact]
    public async Task SyncAsync_of_random_changes_leaves_the_store_as_one_made_from_scratch()
    {
        var random = new Random(7);
        for (var round = 0; round < 15; round++)
        {
            foreach (var _ in Enumerable.Range(0, 6))
            {
                var name = $"docs/{random.Next(3)}/{random.Next(8)}.txt";
                if (random.Next(3) == 0)
                {
                    File.Delete(_folder.At(Directory.Exists(Path.GetDirectoryName(_folder.At(name))) ? name : "none"));
                }
                else
                {
                    _folder.Write(name, RandomDocuments.Sentence(random, random.Next(400)));
                }
            }

            Directory.CreateDirectory(_folder.At("docs"));
            await Pipeline().SyncAsync([_folder.At("docs")], new() { DeleteMissing = true, Parallelism = 3 });
            var scratch = new InMemoryChunkStore();
            await new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), scratch).SyncAsync([_folder.At("docs")], new() { Parallelism = 1 });

            Assert.Equal((await scratch.ListDocumentsAsync()).Select(d => (d.Id, d.Version)), (await _store.ListDocumentsAsync()).Select(d => (d.Id, d.Version)));
            Assert.Equal(scratch.Chunks().Select(c => (c.Chunk.Id, c.Chunk.Text)), _store.Chunks().Select(c => (c.Chunk.Id, c.Chunk.Text)));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static (int Added, int Updated, int Unchanged, int Failed, int Chunks) Counts(SyncReport report) =>
        (report.Added, report.Updated, report.Unchanged, report.Deleted, report.Chunks);

    private IngestionPipeline Pipeline(IChunker? chunker = null) => new(DocumentReaders.Default, chunker ?? new StructureChunker(), _store);

    private Task<SyncReport> SyncAsync(params string[] paths) => Pipeline().SyncAsync([.. paths.Select(_folder.At)]);
}
