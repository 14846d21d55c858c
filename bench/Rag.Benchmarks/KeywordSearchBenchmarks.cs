using BenchmarkDotNet.Attributes;
using Rag.Indexing;

namespace Rag.Benchmarks;

/// <summary>BM25 over 100,000 chunks of 150 words each, drawn from a Zipf-like distribution over 50,000 words; seeded.</summary>
[MemoryDiagnoser]
public class KeywordSearchBenchmarks
{
    private const int Documents = 2_000;
    private const int ChunksPerDocument = 50;

    private readonly DocumentIndexer _indexer = new(KeywordModel.Bm25);
    private readonly DocumentScope _tenth = new("tenth", key => key % 10 == 0);
    private readonly Random _random = new(1);
    private KeywordIndex _index = new(KeywordModel.Bm25);
    private IReadOnlyList<Chunk> _chunks = [];
    private IndexedDocument? _document;

    [GlobalSetup]
    public void Setup()
    {
        for (var key = 0; key < Documents; key++)
        {
            _chunks = MakeChunks($"d{key}");
            _document = _indexer.Index($"d{key}", "en", _chunks);
            _index = _index.Add(key, _document);
        }
    }

    [Benchmark(Description = "search: five words, two of them in a third of the chunks")]
    public object Search() => _index.Search("w1 w2 w150 w1700 w20000", 10);

    [Benchmark(Description = "search: the same, one document in ten visible")]
    public object SearchFiltered() => _index.Search("w1 w2 w150 w1700 w20000", 10, _tenth);

    [Benchmark(Description = "search: two rare words")]
    public object SearchRare() => _index.Search("w9000 w20000", 10);

    [Benchmark(Description = "analyse a document of 50 chunks (about 45 kB)")]
    public object Analyse() => _indexer.Index("d", "en", _chunks);

    [Benchmark(Description = "add it and remove it again")]
    public object AddAndRemove() => _index.Add(Documents, _document!).Remove(Documents);

    private List<Chunk> MakeChunks(string id)
    {
        var words = Enumerable.Range(0, ChunksPerDocument).Select(_ => string.Join(' ', Enumerable.Range(0, 150).Select(_ => $"w{(int)Math.Pow(50_000, _random.NextDouble())}")));
        var document = new Document(id, id, string.Join('\n', words), []);
        var chunks = new List<Chunk>();
        for (var (start, i) = (0, 0); i < ChunksPerDocument; i++)
        {
            var end = document.Text.IndexOf('\n', start) is >= 0 and var at ? at : document.Text.Length;
            chunks.Add(Chunk.Of(document, i, new(start, end)));
            start = end + 1;
        }

        return chunks;
    }
}
