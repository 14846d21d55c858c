using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing.Feedback;

/// <summary>Seeded documents with their passages in plain sight, for implementations that are slow and obvious.</summary>
internal sealed class RandomCollection
{
    public RandomCollection(int seed, KeywordModel? model = null)
    {
        Random = new(seed);
        Documents = [.. Enumerable.Range(0, 150).Select(i => (i, Random.Next(i)))];
        Index = RandomDocuments.Index(Documents, model);
        Passages = (from d in Documents
                    from c in RandomDocuments.Chunks(d.Document).Select((chunk, i) => (Chunk: chunk, Index: i))
                    select ((d.Key, c.Index), Words($"{c.Chunk.Title} {c.Chunk.Context} {c.Chunk.Text}", d.Document.Language))).ToDictionary();
    }

    public RandomDocuments Random { get; }

    public (int Key, Document Document)[] Documents { get; }

    public KeywordIndex Index { get; }

    /// <summary>The terms of every passage, in order.</summary>
    public Dictionary<(int Document, int Chunk), string[]> Passages { get; }

    /// <summary>Passages that hold a term.</summary>
    public int With(string term) => Passages.Values.Count(p => p.Contains(term));

    /// <summary>Passages that hold any.</summary>
    public int Filled => Passages.Values.Count(p => p.Length > 0);

    /// <summary>The terms of a question in either language, with the occurrences in the language that has them oftener.</summary>
    public static Dictionary<string, int> Question(string text) => ((string?[])[null, "de"]).SelectMany(l => Words(text, l).CountBy(w => w))
        .GroupBy(t => t.Key).ToDictionary(g => g.Key, g => g.Max(t => t.Value));

    /// <summary>What feedback makes of a question.</summary>
    public TermVector Expand(IFeedback feedback, string question)
    {
        var recorder = new RecordingFeedback(feedback);
        Index.Search(question, 10, feedback: recorder);
        return recorder.Expanded;
    }

    /// <summary>Asserts that feedback makes of random questions what an obvious implementation makes of them.</summary>
    public static void AssertExpands(int seed, IFeedback feedback, Func<RandomCollection, string, Dictionary<string, double>> slow)
    {
        var collection = new RandomCollection(seed);
        for (var round = 0; round < 10; round++)
        {
            var text = collection.Random.Words(6);

            AssertClose(slow(collection, text), collection.Expand(feedback, text));
        }
    }

    /// <summary>Asserts the same terms with almost the same weights.</summary>
    public static void AssertClose(IEnumerable<KeyValuePair<string, double>> expected, TermVector actual)
    {
        var weights = expected.Where(w => w.Value > 0).ToDictionary();
        Assert.Equal(weights.Keys.Order(StringComparer.Ordinal), actual.Where(w => w.Value > 0).Select(w => w.Key));
        Assert.All(weights, w => Assert.Equal(w.Value, actual[w.Key], 1e-5 * w.Value));
    }

    private static string[] Words(string text, string? language)
    {
        var terms = new List<string>();
        new SpaceAnalyzer(language).Analyze(text, (term, _, _) => terms.Add(term.ToString()));
        return [.. terms];
    }
}
