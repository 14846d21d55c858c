using System.Text.Json;
using Rag.Evaluation.Texts;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Texts;

public sealed class TranslationMetricTests
{
    // Values of sacreBLEU's own tests. The others are of what is not offered: other smoothing and tokens, lower case, averages of F (eps), TER.
    [Fact]
    public void Values_are_those_of_sacreBLEU()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("vectors-sacrebleu/cases.json")));

        var compared = json.RootElement.EnumerateArray().Select(c => (Case: c, Actual: ValueOf(c))).Where(c => c.Actual is not null).ToArray();

        Assert.Equal(28, compared.Length);
        Assert.All(compared, c => Assert.Equal(c.Case.GetProperty("expected").GetDouble(), c.Actual!.Value, c.Case.GetProperty("tolerance").GetDouble()));
    }

    [Fact]
    public void ChrF_is_that_of_the_paper_for_a_pair_counted_by_hand()
    {
        // abcd and abd: 3 of 4 and 3 of 3 characters, 1 of 3 and 1 of 2 pairs, 0 of 2 and 0 of 1 triples; no reference of four.
        var (p, r) = ((0.75 + (1 / 3.0) + 0) / 3, (1 + 0.5 + 0) / 3);

        Assert.Equal(100 * 5 * p * r / ((4 * p) + r), ChrF.Sentence("abcd", "a b d"), 10);
    }

    [Fact]
    public void ChrF_does_not_blame_a_text_for_sequences_that_are_longer_than_its_reference()
    {
        // Characters 5 of 7 and 5 of 5, pairs 3 of 5 and 3 of 3, triples 1 of 1: the first reference has none.
        var (p, r) = (((5 / 7.0) + (3 / 5.0) + 1) / 3, 1.0);

        Assert.Equal(100 * 5 * p * r / ((4 * p) + r), ChrF.Corpus(["abcd", "xyz"], ["ab", "xyz"]), 10);
    }

    [Fact]
    public void Of_two_references_equally_near_in_length_the_shorter_one_counts() => Assert.Equal(100, Bleu.Sentence("a b c d e", "a b c d e f", "a b c d"), 10);

    [Theory]
    [InlineData("Hello, world! It costs 1,000.50 (3-4 &quot;x&quot;).", "Hello , world ! It costs 1,000.50 ( 3 - 4 \" x \" ) .")]
    [InlineData("don't-know 9.", "don't-know 9 .")]
    public void Tokens_are_those_of_mteval(string text, string tokens) => Assert.Equal(tokens.Split(' '), MtevalTokens.Of(text));

    private static double? ValueOf(JsonElement test)
    {
        var options = test.GetProperty("options");
        return test.GetProperty("metric").GetString() switch
        {
            "corpus-bleu" or "sentence-bleu" when IsOffered(options) => BleuOf(test, options),
            "bleu-from-statistics" => FromStatistics(test.GetProperty("statistics"), options),
            "corpus-chrf" or "sentence-chrf" when !options.GetProperty("eps_smoothing").GetBoolean() =>
                ChrF.Corpus(Texts(test.GetProperty("hypotheses")), Texts(test.GetProperty("references")[0]), options.GetProperty("beta").GetDouble(), !options.GetProperty("remove_whitespace").GetBoolean()),
            _ => null,
        };
    }

    private static bool IsOffered(JsonElement options) =>
        options.GetProperty("tokenize").GetString() is "13a" or "none" && options.GetProperty("smooth_method").GetString() is "exp" && !options.GetProperty("lowercase").GetBoolean();

    private static double BleuOf(JsonElement test, JsonElement options)
    {
        var (candidates, streams) = (Texts(test.GetProperty("hypotheses")), test.GetProperty("references").EnumerateArray().Select(Texts).ToArray());
        Func<string, string[]> tokens = options.GetProperty("tokenize").GetString() == "13a" ? MtevalTokens.Of : text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[][] references = [.. candidates.Select((_, i) => streams.Select(s => s[i]).ToArray())];
        var score = Bleu.Counts(candidates, references, tokens, options.GetProperty("max_ngram_order").GetInt32()).Score(options.GetProperty("effective_order").GetBoolean());
        if (options.GetProperty("tokenize").GetString() == "13a" && options.GetProperty("max_ngram_order").GetInt32() == 4)
        {
            Assert.Equal(score, test.GetProperty("metric").GetString() == "sentence-bleu" ? Bleu.Sentence(candidates[0], references[0]) : Bleu.Corpus(candidates, references));
        }

        return score;
    }

    // Counts with a match of every length are not smoothed, and none at all is 0 by any smoothing; others depend on it.
    private static double? FromStatistics(JsonElement statistics, JsonElement options)
    {
        long[] matches = Numbers(statistics.GetProperty("matches")), totals = Numbers(statistics.GetProperty("totals"));
        return matches.Any(m => m > 0) && matches.Contains(0)
            ? null
            : new BleuCounts(matches, totals, statistics.GetProperty("hypothesis_length").GetInt64(), statistics.GetProperty("reference_length").GetInt64()).Score(options.GetProperty("effective_order").GetBoolean());
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetInt64())];

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(t => t.GetString()!)];
}
