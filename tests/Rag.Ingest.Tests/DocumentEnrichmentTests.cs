using Rag.Enrichment;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Testing;

namespace Rag.Ingest.Tests;

public sealed class DocumentEnrichmentTests : IDisposable
{
    private const string Long = "The water board met in the town hall to speak about the new pump, the old well and the price that everybody pays for a litre of it.";

    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    private string Name => Path.GetFileName(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_found_is_stored_with_the_document_and_filtered_by()
    {
        _folder.Write("minutes 2024-03-31.txt", "Minutes of the water board\n\nMail: a@example.org");

        await SyncAsync([.. DocumentEnrichers.Names.Select(DocumentEnrichers.Create)]);

        var document = (await _store.GetDocumentAsync($"{Name}/minutes 2024-03-31.txt"))!;
        Assert.Equal("Minutes of the water board", document.Title);
        Assert.All(_store.Chunks(), c => Assert.Equal(document.Title, c.Chunk.Title));
        Assert.Contains(document.Findings, f => f is { Name: "date", Value: "2024-03-31", From: "file name" });
        Assert.Contains(document.Findings, f => f is { Name: "pii", Value: "email" } && f.Spans[0].Of(document.Text) == "a@example.org");
        Assert.Empty(await _store.SearchKeywordsAsync(new("water") { Filter = FilterParser.Parse("not pii") }, 5));
        Assert.Single(await _store.SearchKeywordsAsync(new("water") { Filter = FilterParser.Parse("date >= 2024-03-01 and pii = email") }, 5));
    }

    [Fact]
    public async Task A_tag_of_the_caller_wins_over_what_is_found()
    {
        _folder.Write("2024-03-31.txt", "words");

        await SyncAsync([new DateEnricher()], new() { Tags = new Dictionary<string, string> { ["date"] = "1999-01-01" } });

        var document = Assert.Single(await _store.ListDocumentsAsync());
        Assert.Equal("2024-03-31", Assert.Single(document.Findings).Value);
        Assert.Single(await _store.SearchKeywordsAsync(new("words") { Filter = FilterParser.Parse("date = 1999-01-01") }, 5));
        Assert.Empty(await _store.SearchKeywordsAsync(new("words") { Filter = FilterParser.Parse("date = 2024-03-31") }, 5));
    }

    [Fact]
    public async Task Other_enrichers_mean_that_documents_are_ingested_again()
    {
        _folder.Write("a.txt", "a@example.org");

        Assert.Equal(1, (await SyncAsync([])).Added);
        Assert.Equal(1, (await SyncAsync([new PersonalDataEnricher()])).Updated);
        Assert.Equal(1, (await SyncAsync([new PersonalDataEnricher()])).Unchanged);
        Assert.Equal(1, (await SyncAsync([])).Updated);
        Assert.Empty(Assert.Single(await _store.ListDocumentsAsync()).Findings);
    }

    [Fact]
    public async Task A_near_duplicate_names_the_original_until_that_is_gone()
    {
        _folder.Write("a.txt", Long);
        _folder.Write("b.txt", Long + " Yes.");
        _folder.Write("c.txt", Long + " Yes!");
        _folder.Write("d.txt", "Something else that is long enough to be signed but shares no five words with the others, for it tells of birds, trees, stones, and of the sea.");
        await SyncAsync([new SignatureEnricher()]);
        Assert.Equal([null, "a.txt", "a.txt", null], await OriginalsAsync());

        File.Delete(_folder.At("a.txt"));
        await SyncAsync([new SignatureEnricher()], new() { DeleteMissing = true });
        Assert.Equal([null, "b.txt", null], await OriginalsAsync());

        await _store.DeleteWithEntriesAsync($"{Name}/b.txt");
        Assert.Equal([null, null], await OriginalsAsync());
        Assert.Equal(0, await NearDuplicates.UpdateAsync(_store));
    }

    [Fact]
    public async Task An_unchanged_store_is_not_written_to()
    {
        _folder.Write("a.txt", Long);
        _folder.Write("b.txt", Long);
        await SyncAsync([new SignatureEnricher()]);
        var written = _store.Replacements;

        await SyncAsync([new SignatureEnricher()]);

        Assert.Equal(written, _store.Replacements);
    }

    [Fact]
    public async Task No_document_names_one_that_other_people_may_see()
    {
        _folder.Write("a.txt", Long);
        foreach (var (tenant, groups) in ((string, string[])[])[("", []), ("", ["staff"]), ("other", []), ("", ["board"])])
        {
            var options = new SyncOptions { Tenant = tenant, Groups = groups };
            var copy = _folder.Write($"{groups.FirstOrDefault("all")}{tenant}.txt", Long);
            await new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store, documentEnrichers: [new SignatureEnricher()]).SyncAsync([copy], options);
        }

        var all = (await _store.ListDocumentsAsync()).Concat(await _store.ListDocumentsAsync("other")).ToList();
        Assert.Equal(4, all.Count);
        Assert.All(all, d => Assert.Equal("signature", Assert.Single(d.Findings).Name));
    }

    [Fact]
    public async Task Copies_keep_what_was_found()
    {
        _folder.Write("a.txt", Long + " a@example.org");
        _folder.Write("b.txt", Long + " b@example.org");
        await SyncAsync([new SignatureEnricher(), new PersonalDataEnricher()]);
        await using var target = new InMemoryChunkStore();
        foreach (var document in await _store.ListDocumentsAsync())
        {
            await target.ReplaceDocumentAsync((await _store.GetDocumentAsync(document.Id))!, await _store.GetChunksAsync(document.Id));
        }

        Assert.Equivalent((await _store.ListDocumentsAsync()).Select(d => d.Findings), (await target.ListDocumentsAsync()).Select(d => d.Findings), strict: true);
        Assert.Equal(0, await NearDuplicates.UpdateAsync(target));
    }

    private Task<SyncReport> SyncAsync(IReadOnlyList<IDocumentEnricher> enrichers, SyncOptions? options = null) =>
        new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store, documentEnrichers: enrichers).SyncAsync([_folder.Path], options);

    private async Task<IEnumerable<string?>> OriginalsAsync() =>
        (await _store.ListDocumentsAsync()).Select(d => d.Findings.SingleOrDefault(f => f.Name == "duplicate-of")?.Value[(Name.Length + 1)..]);
}
