using Rag.Evaluation.Support;

namespace Rag.Evaluation.Tests.Support;

public sealed class WordSupportJudgeTests
{
    private const string Source = "Marlow Ferry was founded in 1641 by the miller Josias Penn. It closed in 2003 after a fire. The town has 4,200 inhabitants.";

    [Theory]
    [InlineData("Marlow Ferry was founded in 1641.", true)]
    [InlineData("The miller Josias Penn founded Marlow Ferry in 1641.", true)]
    [InlineData("Marlow Ferry was founded in 1741.", false)] // another number
    [InlineData("Marlow Ferry was not founded in 1641.", false)] // a denial
    [InlineData("Volcanoes erupt in Iceland.", false)]
    [InlineData("", false)]
    public async Task A_statement_is_supported_where_the_verifier_would_support_it(string statement, bool supported)
    {
        var judged = Assert.Single(await new WordSupportJudge().JudgeAsync([new(statement, Source)]));

        Assert.Equal(supported, judged >= 0.6);
    }

    [Fact]
    public async Task Each_claim_is_judged_by_itself_and_in_order()
    {
        var judged = await new WordSupportJudge().JudgeAsync([new("It closed in 2003.", Source), new("It closed in 2003.", "It opened in 1990."), new("It closed in 2003.", "")]);

        Assert.Equal([true, false, false], judged.Select(j => j >= 0.6));
    }
}
