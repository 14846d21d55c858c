using Rag.Indexing;

namespace Rag.Evaluation.Tests.Collections;

/// <summary>What spelling variants are worth where every question has two neighbouring letters of one long word swapped; see docs/results/keyword-speed.md.</summary>
public sealed class SpellingQualityTests
{
    [Theory]
    [InlineData("cacm", 0.4713, 0.4713, 0.4525, 0.4625)]
    [InlineData("cranfield", 0.3682, 0.3683, 0.3521, 0.3595)]
    public async Task Variants_win_back_a_part_of_what_a_typo_costs(string name, double clean, double cleanWithVariants, double typos, double typosWithVariants)
    {
        var collection = await ClassicMeasures.RequireAsync(name);
        var random = new Random(1);
        var mistyped = collection with { Queries = [.. collection.Queries.Select(q => q with { Text = Mistyped(q.Text, random) })] };
        var (with, without) = (KeywordModel.Bm25, KeywordModel.Bm25 with { SpellingVariants = false });

        Assert.Equal(clean, (await ClassicMeasures.MeasureAsync(collection, without)).Ndcg10);
        Assert.Equal(cleanWithVariants, (await ClassicMeasures.MeasureAsync(collection, with)).Ndcg10);
        Assert.Equal(typos, (await ClassicMeasures.MeasureAsync(mistyped, without)).Ndcg10);
        Assert.Equal(typosWithVariants, (await ClassicMeasures.MeasureAsync(mistyped, with)).Ndcg10);
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
