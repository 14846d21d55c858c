using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Testing;

namespace Rag.Ingest.Tests.Sources;

/// <summary>A site, a store, and crawls from one into the other.</summary>
internal sealed class WebCrawls
{
    public const string Home = "https://site.test/";

    public FakeSite Site { get; } = new();

    public InMemoryChunkStore Store { get; } = new();

    public LengthEmbedder? Embedder { get; init; }

    public ManualTime Time { get; } = new();

    public WebSource Source(string start = Home) => new(new(start), () => new(Site, disposeHandler: false), Time);

    public Task<SyncReport> CrawlAsync(WebSource? source = null, SyncOptions? options = null, CancellationToken cancellationToken = default)
    {
        Site.Asked.Clear();
        Site.Answered.Clear();
        return new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), Store, Embedder).SyncAsync(source ?? Source(), options, null, cancellationToken);
    }

    public Task<SyncReport> CrawlAndDeleteAsync(WebSource? source = null) => CrawlAsync(source, new() { DeleteMissing = true });

    public async Task<IReadOnlyList<string>> IdsAsync() => [.. (await Store.ListDocumentsAsync()).Select(d => d.Id)];

    /// <summary>A page with a sentence and links.</summary>
    public static string Html(string sentence, params string[] links) =>
        $"<!doctype html><html lang=en><head><title>{sentence}</title></head><body><main><p>{sentence}</p>{string.Concat(links.Select(link => $"<a href=\"{link}\">on</a> "))}</main></body></html>";
}
