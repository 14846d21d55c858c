using System.Text.Json;
using Rag.Evaluation.Texts;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Texts;

public sealed class RougeTests
{
    // Values of ROUGE-1.5.5 and of Google's rouge_scorer, with and without stems. Four more cases are of a program that counts by rules of its own (distinct sequences, another L).
    [Fact]
    public void Values_are_those_of_the_published_scorers()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("vectors-rouge/cases.json")));
        var cases = json.RootElement.EnumerateArray().Where(c => !c.GetProperty("options").TryGetProperty("convention", out _)).ToArray();

        Assert.Equal(19, cases.Length);
        Assert.All(cases, test =>
        {
            var compared = test.GetProperty("expected").EnumerateObject().Select(e => (e.Value, Score: ScoreOf(test, e.Name))).Where(e => e.Score is not null).ToArray();
            Assert.NotEmpty(compared);
            var tolerance = test.GetProperty("tolerance").GetDouble();
            Assert.All(compared, pair =>
            {
                Assert.Equal(pair.Value.GetProperty("p").GetDouble(), pair.Score!.Precision, tolerance);
                Assert.Equal(pair.Value.GetProperty("r").GetDouble(), pair.Score.Recall, tolerance);
                Assert.Equal(pair.Value.GetProperty("f").GetDouble(), pair.Score.F, tolerance);
            });
        });
    }

    // The longest common sequence by its definition: the longest of all 2^n subsequences that the other text has too.
    [Fact]
    public void L_is_the_longest_of_all_common_sequences()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (first, second) = (Words(random, random.Next(1, 8)), Words(random, random.Next(1, 8)));
            var longest = Enumerable.Range(0, 1 << first.Length).Select(mask => first.Where((_, i) => (mask >> i & 1) == 1).ToArray()).Where(s => IsIn(s, second)).Max(s => s.Length);

            var score = Rouge.L(string.Join(' ', first), string.Join(' ', second));

            Assert.Equal((double)longest / first.Length, score.Precision, 12);
            Assert.Equal((double)longest / second.Length, score.Recall, 12);
            Assert.Equal(score, Rouge.LSum([string.Join(' ', first)], [string.Join(' ', second)]));
        }
    }

    private static RougeScore? ScoreOf(JsonElement test, string name)
    {
        var (candidate, reference) = (test.GetProperty("candidate").GetString()!, test.GetProperty("references")[0].GetString()!);
        var stem = test.GetProperty("options").GetProperty("stemming").GetBoolean();
        return name switch
        {
            "rouge-l" => Rouge.L(candidate, reference, stem),
            "rouge-lsum" => Rouge.LSum(candidate.Split('\n'), reference.Split('\n'), stem),
            "rouge-w" => null, // weighted L is not offered
            _ => Rouge.N(candidate, reference, name[^1] - '0', stem),
        };
    }

    private static string[] Words(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => "abc"[random.Next(3)].ToString())];

    private static bool IsIn(string[] sequence, string[] text)
    {
        var at = 0;
        foreach (var word in text)
        {
            at += at < sequence.Length && sequence[at] == word ? 1 : 0;
        }

        return at == sequence.Length;
    }
}
