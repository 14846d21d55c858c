using Rag.Evaluation.Answers;

namespace Rag.Evaluation.Tests.Answers;

public sealed class AbstentionTests
{
    [Fact]
    public void Silence_is_right_on_questions_without_an_answer()
    {
        var abstention = Abstention.Of([new(true, false, 0.9), new(true, true, 0.2), new(false, true, 0.2), new(false, true, 0.1), new(false, false, 0.5), new(false, false, 0.95)]);

        Assert.Equal(2.0 / 3, abstention.Precision!.Value, 12);
        Assert.Equal(2.0 / 4, abstention.Recall!.Value, 12);
        Assert.Equal(4.0 / 7, abstention.F1!.Value, 12);
        Assert.Equal((3 + 1.5) / 8, abstention.Auroc!.Value, 12); // .9 beats three of four; .2 beats one and ties with one
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Auroc_is_the_share_of_pairs_in_the_right_order_ties_counted_half(int seed)
    {
        var random = new Random(seed);
        var questions = Enumerable.Range(0, 200).Select(_ => new JudgedSilence(random.Next(3) > 0, false, random.Next(20) / 20.0)).ToList();

        var pairs = from yes in questions where yes.Answerable from no in questions where !no.Answerable select yes.Confidence > no.Confidence ? 1 : yes.Confidence < no.Confidence ? 0 : 0.5;
        Assert.Equal(pairs.Average(), Abstention.Of(questions).Auroc!.Value, 12);
    }

    [Fact]
    public void What_cannot_be_measured_has_no_value()
    {
        Assert.Equal(new(null, null, null, null), Abstention.Of([]));
        Assert.Equal(new(null, null, null, null), Abstention.Of([new(true, false, 1)]));
        Assert.Equal(new(0, null, null, null), Abstention.Of([new(true, true, 0)]));
        Assert.Equal(new(null, 0, null, null), Abstention.Of([new(false, false, 0)]));
        Assert.Equal(new(0, 0, 0, 1), Abstention.Of([new(false, false, 0), new(true, true, 1)]));
    }
}
