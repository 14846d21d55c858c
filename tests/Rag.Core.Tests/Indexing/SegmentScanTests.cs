using Rag.Indexing;
using Rag.Indexing.Feedback;

namespace Rag.Core.Tests.Indexing;

public sealed class SegmentScanTests
{
    // A few words give masses of ties, many give rare terms and several blocks of common ones.
    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(2, 40, 15)]
    [InlineData(3, 3000, 40)]
    [InlineData(4, 3000, 40)]
    public void What_is_left_out_is_never_missed(int seed, int vocabulary, int longest)
    {
        var collection = new Collection(seed, vocabulary, longest);

        collection.Compare(collection.Query(10_000), 10);
        for (var words = 1; words <= 9; words += 2)
        {
            collection.Compare(collection.Query(words), words == 3 ? 1 : 3 + words);
        }
    }

    [Theory]
    [InlineData(5, 1e-3f)]
    [InlineData(6, 1e-30f)]
    [InlineData(7, 1e-44f)]
    public void Terms_of_any_weight_are_never_missed(int seed, float smallest)
    {
        var collection = new Collection(seed, 300, 30);
        var random = new Random(seed);

        for (var round = 0; round < 3; round++)
        {
            var words = collection.Query(20);
            collection.Compare(new(words.Select(w => KeyValuePair.Create(w.Key, (float)Math.Pow(smallest, random.NextDouble())))), 10);
        }
    }

    private sealed class Collection
    {
        private const int Documents = 1000;
        private const int Long = 9000; // passages of the first document, which span several windows

        private readonly ExhaustiveBm25 _oracle;
        private readonly Random _random;
        private readonly int _vocabulary;
        private readonly HashSet<int> _removed = [];
        private readonly KeywordIndex _index;

        public Collection(int seed, int vocabulary, int longest)
        {
            var model = RandomDocuments.Model with { K1 = seed % 2 == 0 ? 1.2f : 0.9f, QuantizedLengths = seed % 2 == 1 };
            var indexer = new DocumentIndexer(model);
            (_random, _vocabulary, _oracle, _index) = (new(seed), vocabulary, new(model), new(model));
            for (var key = 0; key < Documents; key++)
            {
                var passages = Enumerable.Range(0, key == 0 ? Long : _random.Next(4)).Select(_ => string.Join(' ', Enumerable.Range(0, _random.Next(longest + 1)).Select(_ => Word()))).ToArray();
                var id = $"d{_random.Next(10)}{key}";
                _oracle.Add(key, id, passages);
                _index = _index.Add(key, indexer.Index(id, null, [.. passages.Select((p, i) => new Chunk($"{id}#{i}", id, p, new(0, p.Length)))]));
            }

            for (var key = 1; key < Documents; key += 17)
            {
                _removed.Add(key);
                _index = _index.Remove(key);
            }
        }

        public TermVector Query(int words) => new(Enumerable.Range(0, words).Select(_ => Word()).GroupBy(w => w).Select(g => KeyValuePair.Create(g.Key, (float)g.Count())));

        /// <summary>Compares results for several depths, of everything and of what two filters show.</summary>
        public void Compare(TermVector query, int top)
        {
            foreach (var divisor in (int[])[1, 2, 40])
            {
                var scope = divisor == 1 ? null : new DocumentScope($"{divisor}", key => key % divisor == 0);
                var expected = _oracle.Search(query, key => key % divisor == 0 && !_removed.Contains(key));
                foreach (var depth in (int[])[top, 1000, int.MaxValue])
                {
                    var actual = _index.Search("w0", depth, scope, feedback: new Given(query));
                    Assert.Equal(expected.Take(depth), actual.Select(h => (h.Document, h.Chunk, h.Score)));
                }
            }
        }

        private string Word() => $"w{(int)Math.Pow(_vocabulary, _random.NextDouble()) - 1}";
    }

    /// <summary>Searches for given terms with given weights.</summary>
    private sealed class Given(TermVector terms) : IFeedback
    {
        public TermVector Expand(TermVector query, FeedbackEvidence evidence) => terms;
    }
}
