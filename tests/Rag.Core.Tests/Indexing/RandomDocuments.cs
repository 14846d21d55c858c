using Rag.Analysis;
using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>Words at spaces, lower case; German ones lose an ending, so that a query means something else in German.</summary>
internal sealed class SpaceAnalyzer(string? language) : IAnalyzer
{
    public string Name => $"spaces-{language}";

    public void Analyze(ReadOnlySpan<char> text, TermReceiver receive)
    {
        var position = 0;
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (!word.IsEmpty)
            {
                receive(language == "de" && word.EndsWith("x") ? word[..^1] : word, position++, new(range.Start.Value, range.End.Value));
            }
        }
    }
}

/// <summary>Seeded documents of words <c>w0, w1, ...</c>, the lower the more frequent, some of them with an x that German drops.</summary>
internal sealed class RandomDocuments(int seed)
{
    public static KeywordModel Model { get; } = new("test", language => new SpaceAnalyzer(language), 1.2f, 0.75f, QuantizedLengths: false);

    private readonly Random _random = new(seed);

    public string Words(int max) => string.Join(' ', Enumerable.Range(0, _random.Next(1, max + 1)).Select(_ => $"w{(int)(60 * Math.Pow(_random.NextDouble(), 2))}{(_random.Next(8) == 0 ? "x" : "")}"));

    public Document Next(int id)
    {
        var passages = Enumerable.Range(0, _random.Next(0, 5)).Select(_ => _random.Next(12) == 0 ? "" : Words(20));
        return Testing.Corpus.Text($"d{id}", [.. passages]) with { Title = _random.Next(3) == 0 ? Words(3) : "", Language = _random.Next(3) == 0 ? "de" : null };
    }

    public static IReadOnlyList<Chunk> Chunks(Document document) => document.Text.Length == 0 ? [] : [.. Testing.Corpus.Chunks(document).Select(c => c.Chunk)];

    public static KeywordIndex Index(IEnumerable<(int Key, Document Document)> documents, KeywordModel? model = null)
    {
        var indexer = new DocumentIndexer(model ?? Model);
        return documents.Aggregate(new KeywordIndex(model ?? Model), (index, d) => index.Add(d.Key, indexer.Index(d.Document.Id, d.Document.Language, Chunks(d.Document))));
    }

    /// <summary>An index of documents d000, d001, ... of one passage each, without titles.</summary>
    public static KeywordIndex IndexOf(IEnumerable<string> passages, KeywordModel? model = null) =>
        Index(passages.Select((text, i) => (i, Testing.Corpus.Text($"d{i:000}", text) with { Title = "" })), model);

    /// <summary>Asserts the very same hits, to the last bit.</summary>
    public static void AssertSame(IReadOnlyList<KeywordHit> expected, IReadOnlyList<KeywordHit> actual)
    {
        Assert.Equal(expected.Select(h => (h.Document, h.Chunk, h.Score)), actual.Select(h => (h.Document, h.Chunk, h.Score)));
        Assert.Equal(expected.SelectMany(h => h.Terms), actual.SelectMany(h => h.Terms));
    }
}
