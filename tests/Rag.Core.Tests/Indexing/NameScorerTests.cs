using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

public sealed class NameScorerTests
{
    private static readonly KeywordModel Model = KeywordModel.Bm25 with { SpellingVariants = false };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Texts_score_as_in_an_index_of_just_them(int seed)
    {
        var random = new Random(seed);
        string Words(int most) => string.Join(' ', Enumerable.Range(0, random.Next(most)).Select(_ => $"{(random.Next(3) == 0 ? "reports" : "größen")}{random.Next(9)} annual"));
        for (var round = 0; round < 100; round++)
        {
            (string Text, string? Language)[] texts = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => (Words(4), (string?)(random.Next(3) == 0 ? "de" : "en")))];
            var index = new KeywordIndex(Model);
            foreach (var (place, text) in texts.Index())
            {
                index = index.Add(place, new DocumentIndexer(Model).Index($"d{place}", text.Language, [new Chunk($"d{place}#0", $"d{place}", text.Text, new(0, text.Text.Length))]));
            }

            var query = Words(5);
            var expected = index.Search(query, texts.Length, explain: true).ToDictionary(h => h.Document);

            var scorer = new NameScorer(Model, query, texts);

            for (var text = 0; text < texts.Length; text++)
            {
                Assert.Equal(expected.GetValueOrDefault(text)?.Score ?? 0, scorer.Score(text));
                Assert.Equal(expected.GetValueOrDefault(text)?.Terms ?? [], scorer.Explain(text));
            }
        }
    }
}
