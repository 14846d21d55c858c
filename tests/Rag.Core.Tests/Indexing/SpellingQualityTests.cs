using Rag.Indexing;

namespace Rag.Core.Tests.Indexing;

/// <summary>What spelling variants are worth where every question has two neighbouring letters of one long word swapped; see docs/results/keyword-speed.md.</summary>
public sealed class SpellingQualityTests
{
    [Theory]
    [InlineData("cacm", 0.4713, 0.4713, 0.4525, 0.4625)]
    [InlineData("cranfield", 0.3682, 0.3683, 0.3521, 0.3595)]
    public void Variants_win_back_a_part_of_what_a_typo_costs(string name, double clean, double cleanWithVariants, double typos, double typosWithVariants)
    {
        var collection = name == "cacm" ? TestCollection.Cacm() : TestCollection.Cranfield();
        var random = new Random(1);
        var mistyped = collection with { Topics = [.. collection.Topics.Select(t => (t.Number, Mistyped(t.Text, random)))] };
        var with = collection.Index(KeywordModel.Bm25);
        var without = collection.Index(KeywordModel.Bm25 with { SpellingVariants = false });

        Assert.Equal(clean, collection.Measure(without, null).Ndcg10, 1e-4);
        Assert.Equal(cleanWithVariants, collection.Measure(with, null).Ndcg10, 1e-4);
        Assert.Equal(typos, mistyped.Measure(without, null).Ndcg10, 1e-4);
        Assert.Equal(typosWithVariants, mistyped.Measure(with, null).Ndcg10, 1e-4);
    }

    private static string Mistyped(string text, Random random)
    {
        var words = text.Split(' ');
        var candidates = words.Index().Where(w => w.Item.Length >= 6 && w.Item.All(char.IsAsciiLetterLower)).Select(w => w.Index).ToArray();
        if (candidates.Length > 0)
        {
            var place = candidates[random.Next(candidates.Length)];
            var letters = words[place].ToCharArray();
            var at = random.Next(1, letters.Length - 2);
            (letters[at], letters[at + 1]) = (letters[at + 1], letters[at]);
            words[place] = new(letters);
        }

        return string.Join(' ', words);
    }
}
