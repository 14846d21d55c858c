using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class BeamSearchTests
{
    private static readonly float[] Logits = [MathF.Log(5), MathF.Log(3), MathF.Log(2)];

    [Fact]
    public void Rows_start_with_the_prompt_and_fan_out()
    {
        var search = new BeamSearch(new BeamSearchOptions { Width = 2, MaxTokens = 2 }, _ => false);

        Assert.Equal([new BeamRow(0, -1, -1)], search.Rows);
        search.Observe(0, Logits);
        search.Advance();

        Assert.Equal([new BeamRow(0, 0, 0), new BeamRow(1, 1, 0)], search.Rows);
    }

    [Fact]
    public void Advance_keeps_the_best_sums_and_names_their_parents()
    {
        var search = new BeamSearch(new BeamSearchOptions { Width = 2, MaxTokens = 3, LengthPenalty = 0, Best = 2 }, _ => false);
        Step(search, Logits);

        // 0.5 * (0.4, 0.3, 0.3) against 0.3 * (0, 1, 0)
        Step(search, [MathF.Log(4), MathF.Log(3), MathF.Log(3)], [float.NegativeInfinity, 0, float.NegativeInfinity]);

        Assert.Equal([new BeamRow(0, 1, 1), new BeamRow(1, 0, 0)], search.Rows);
        Assert.Equal([Math.Log(0.3), Math.Log(0.2)], search.Hypotheses.Select(h => h.LogProbability), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1, 1], search.Hypotheses[0].Tokens);
    }

    [Fact]
    public void Advance_breaks_ties_by_row_then_by_token()
    {
        var search = new BeamSearch(new BeamSearchOptions { Width = 4, MaxTokens = 3 }, _ => false);
        Step(search, [0, 0, 0, 0]);
        Assert.Equal([0, 1, 2, 3], search.Rows.Select(r => r.Token));

        Step(search, [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]);

        Assert.Equal([(0, 0), (0, 1), (0, 2), (0, 3)], search.Rows.Select(r => (r.Parent, r.Token)));
    }

    [Fact]
    public void Search_ends_when_the_best_finished_one_cannot_be_overtaken()
    {
        // the end has 0.5, what lives 0.3: its mean over four tokens may still come out better, its sum may not
        var bySum = new BeamSearch(new BeamSearchOptions { Width = 2, MaxTokens = 4, LengthPenalty = 0 }, t => t == 0);
        var byMean = new BeamSearch(new BeamSearchOptions { Width = 2, MaxTokens = 4 }, t => t == 0);
        var early = new BeamSearch(new BeamSearchOptions { Width = 2, MaxTokens = 4, StopsEarly = true }, t => t == 0);

        Step(bySum, Logits);
        Step(byMean, Logits);
        Step(early, Logits);

        Assert.Equal((true, false, true), (bySum.IsFinished, byMean.IsFinished, early.IsFinished));
        Assert.All([bySum, early], s => Assert.Equal([0], s.Hypotheses.Single().Tokens));
        Assert.All([bySum, early], s => Assert.True(s.Hypotheses[0].Finished));
    }

    [Fact]
    public void Search_cut_at_the_limit_gives_unfinished_hypotheses()
    {
        var search = new BeamSearch(new BeamSearchOptions { Width = 3, MaxTokens = 1, Best = 3 }, t => t == 1);

        Step(search, Logits);

        Assert.True(search.IsFinished);
        Assert.Equal([(0, false), (1, true), (2, false)], search.Hypotheses.Select(h => (h.Tokens[0], h.Finished)));
    }

    [Fact]
    public void Search_asks_whether_a_text_is_complete()
    {
        var search = new BeamSearch(new BeamSearchOptions { Width = 1, MaxTokens = 9 }, _ => false, isComplete: text => text is [0, 0]);

        Step(search, Logits);
        Step(search, Logits);

        Assert.True(search.IsFinished);
        Assert.True(search.Hypotheses.Single().Finished);
    }

    [Fact]
    public void Search_gives_each_beam_its_own_constraint()
    {
        var constraint = new AllowedTokens((place, token) => token % 3 == place % 3);
        var search = new BeamSearch(new BeamSearchOptions { Width = 4, MaxTokens = 6, Best = 4 }, _ => false, constraint);
        var random = new Random(8);
        while (!search.IsFinished)
        {
            Step(search, [.. search.Rows.Select(_ => RandomLogits.Bell(random, 12))]);
        }

        Assert.Equal(0, constraint.Place);
        Assert.Equal(4, search.Hypotheses.Count);
        Assert.All(search.Hypotheses, h => Assert.Equal([0, 1, 2, 0, 1, 2], h.Tokens.Select(t => t % 3)));
    }

    [Fact]
    public void Advance_throws_when_the_constraint_leaves_nothing()
    {
        var search = new BeamSearch(new BeamSearchOptions(), _ => false, new AllowedTokens((place, _) => place == 0));
        Step(search, Logits);

        Assert.Throws<LlamaException>(() => Step(search, [.. search.Rows.Select(_ => Logits)]));
    }

    [Fact]
    public void Search_refuses_calls_out_of_turn()
    {
        var search = new BeamSearch(new BeamSearchOptions { MaxTokens = 1 }, _ => false);

        Assert.Throws<InvalidOperationException>(search.Advance);
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Observe(1, Logits));
        Assert.Throws<ArgumentException>(() => search.Observe(0, []));
        Assert.Throws<LlamaException>(() => search.Observe(0, [float.NaN]));
        search.Observe(0, Logits);
        Assert.Throws<InvalidOperationException>(() => search.Observe(0, Logits));
        search.Advance();
        Assert.Throws<InvalidOperationException>(search.Advance);
    }

    private static void Step(BeamSearch search, params float[][] logits)
    {
        for (var row = 0; row < logits.Length; row++)
        {
            search.Observe(row, logits[row]);
        }

        search.Advance();
    }
}
