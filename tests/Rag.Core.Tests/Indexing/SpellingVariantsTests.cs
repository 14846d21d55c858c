using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

public sealed class SpellingVariantsTests
{
    private static readonly KeywordModel Model = RandomDocuments.Model with { SpellingVariants = true };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_unknown_word_stands_for_the_nearest_and_most_frequent_terms_that_may_be_seen(int seed)
    {
        var random = new Random(seed);
        var documents = Enumerable.Range(0, 600).Select(key => (Key: key, Words: Enumerable.Range(0, random.Next(1, 6)).Select(_ => Word(random)).ToArray())).ToArray();
        var index = Index(documents.Select(d => (d.Key, string.Join(' ', d.Words))));
        var scope = new DocumentScope("third", key => key % 3 == 0);
        var visible = documents.Where(d => d.Key % 3 == 0).ToArray();
        var frequencies = visible.SelectMany(d => d.Words.Distinct()).CountBy(w => w).ToDictionary();
        var only = Index(visible.Select(d => (d.Key, string.Join(' ', d.Words))));

        foreach (var word in Enumerable.Range(0, 300).Select(_ => Word(random)))
        {
            string[] expected = frequencies.ContainsKey(word) ? [word] :
            [
                .. frequencies.Keys.Where(t => t[0] == word[0] && Distance(word, t) <= (word.Length >= 8 ? 2 : word.Length >= 4 ? 1 : 0))
                    .OrderBy(t => Distance(word, t)).ThenByDescending(t => frequencies[t]).ThenBy(t => t, StringComparer.Ordinal).Take(3),
            ];

            var hits = index.Search(word, 1000, scope, explain: true);

            Assert.Equal(expected.Order(StringComparer.Ordinal), hits.SelectMany(h => h.Terms).Select(t => t.Term).Distinct().Order(StringComparer.Ordinal));
            RandomDocuments.AssertSame(only.Search(word, 1000, explain: true), hits);
        }
    }

    [Theory]
    [InlineData("serial", "seriall", 0.5)]
    [InlineData("retrieval", "retreival", 0.5)]
    [InlineData("retrieval", "retreevul", 0.25)]
    public void A_variant_counts_half_for_each_edit(string term, string written, double weight)
    {
        var index = Index([(0, $"{term} of something"), (1, "something else")]);

        var hit = Assert.Single(index.Search(written, 10));

        Assert.Equal(weight * index.Search(term, 10)[0].Score, hit.Score, 1e-6);
    }

    [Theory]
    [InlineData("cat", "car")] // too short
    [InlineData("e1001", "e1002")] // an error code
    [InlineData("twenty2024", "twenty2025")]
    [InlineData("serial", "aerial")] // another first letter
    [InlineData("series", "serial")] // two edits of a short word
    [InlineData("error_code", "error_mode")]
    public void Other_words_are_not_guessed_at(string term, string written) => Assert.Empty(Index([(0, term)]).Search(written, 10));

    [Fact]
    public void A_word_that_is_known_is_taken_as_it_is_written()
    {
        var index = Index([(0, "serial"), (1, "serials serials serials")]);

        Assert.Equal(0, Assert.Single(index.Search("serial", 10)).Document);
    }

    [Fact]
    public void A_variant_that_was_also_written_counts_once()
    {
        var index = Index([(0, "retrieval"), (1, "other")]);

        RandomDocuments.AssertSame(index.Search("retrieval", 10, explain: true), index.Search("retrieval retreival", 10, explain: true));
    }

    [Fact]
    public void Models_that_others_are_compared_with_guess_nothing()
    {
        Assert.True(KeywordModel.Bm25.SpellingVariants);
        Assert.False(KeywordModel.Bm25Lucene.SpellingVariants);
        Assert.False(KeywordModel.QueryLikelihood.SpellingVariants);
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(3, 10)).Select(i => (char)('a' + random.Next(i == 0 ? 2 : 3))));

    private static KeywordIndex Index(IEnumerable<(int Key, string Text)> documents)
    {
        var indexer = new DocumentIndexer(Model);
        return documents.Aggregate(new KeywordIndex(Model), (index, d) => index.Add(d.Key, indexer.Index($"d{d.Key}", null, [new($"d{d.Key}#0", $"d{d.Key}", d.Text, new(0, d.Text.Length))])));
    }

    /// <summary>Edits between two words, by the definition: letters exchanged, left out, put in or swapped, each edited once.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length + b.Length;
        }

        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                edits[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[a.Length, b.Length];
    }
}
