using Rag.Evaluation.Support;

namespace Rag.Evaluation.Tests.Support;

/// <summary>Worked by hand from RAGAS's definitions.</summary>
public sealed class ClaimSupportTests
{
    // Passages: the first is relevant (holds "ab" of the reference), the second is not.
    [Fact]
    public async Task Measures_follow_from_who_supports_what()
    {
        var support = await ClaimSupport.OfAsync(["a", "x", "y", "xy", "z"], ["abx", "yx"], ["ab", "c"], new ScriptedJudge());

        Assert.Equal(4.0 / 5, support.Groundedness); // z stands nowhere
        Assert.Equal(1.0 / 2, support.ContextRecall); // c stands nowhere
        Assert.Equal(1, support.ContextPrecision);
        Assert.Equal(1.0 / 5, support.NoiseSensitivityRelevant); // x; a is right
        Assert.Equal(2.0 / 5, support.NoiseSensitivityIrrelevant); // y and xy, which only the second holds; x comes from the first too
    }

    [Theory]
    [InlineData(new[] { true, false }, 1)]
    [InlineData(new[] { false, true }, 0.5)]
    [InlineData(new[] { true, false, true }, (1 + (2.0 / 3)) / 2)] // the example of RAGAS's own documentation
    [InlineData(new[] { false, false }, 0)]
    [InlineData(new bool[0], 0)]
    public void Context_precision_is_the_mean_precision_at_relevant_ranks(bool[] relevant, double precision) =>
        Assert.Equal(precision, ClaimSupport.PrecisionOf(relevant), 12);

    [Fact]
    public async Task What_cannot_be_measured_is_null()
    {
        var silent = await ClaimSupport.OfAsync([], ["a"], ["a"], new ScriptedJudge());
        var open = await ClaimSupport.OfAsync(["a"], ["a"], [], new ScriptedJudge());
        var bare = await ClaimSupport.OfAsync(["a"], [], ["a"], new ScriptedJudge());

        Assert.Equal((null, 1.0, 1.0, null), (silent.Groundedness, silent.ContextRecall, silent.ContextPrecision, silent.NoiseSensitivityRelevant));
        Assert.Equal((1.0, null, null, null, null), (open.Groundedness, open.ContextRecall, open.ContextPrecision, open.NoiseSensitivityRelevant, open.NoiseSensitivityIrrelevant));
        Assert.Equal((0.0, 0.0, null), (bare.Groundedness, bare.ContextRecall, bare.ContextPrecision));
    }

    [Fact]
    public async Task A_relevant_passage_moved_up_never_costs_precision_and_order_changes_nothing_else()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            string[] passages = [.. Texts(random, 1 + random.Next(4))], statements = [.. Texts(random, 3)], reference = [.. Texts(random, 2)];
            var support = await ClaimSupport.OfAsync(statements, passages, reference, new ScriptedJudge());
            var best = await ClaimSupport.OfAsync(statements, [.. passages.OrderByDescending(p => reference.Any(r => r.All(p.Contains)))], reference, new ScriptedJudge());

            Assert.True(best.ContextPrecision >= support.ContextPrecision);
            Assert.True(best.ContextPrecision is 0 or 1);
            Assert.Equal((support.Groundedness, support.ContextRecall, support.NoiseSensitivityRelevant, support.NoiseSensitivityIrrelevant), (best.Groundedness, best.ContextRecall, best.NoiseSensitivityRelevant, best.NoiseSensitivityIrrelevant));
            Assert.InRange(support.NoiseSensitivityRelevant!.Value + support.NoiseSensitivityIrrelevant!.Value, 0, support.Groundedness!.Value + 1e-12);
        }
    }

    private static IEnumerable<string> Texts(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => (char)('a' + random.Next(5)))));
}
