using Rag.Evaluation.Texts;

namespace Rag.Evaluation.Tests.Texts;

public sealed class SquadAnswerTests
{
    [Theory]
    [InlineData("The  Cat, an ANIMAL!", "cat animal")]
    [InlineData("$1,000 (a_b) ~`^", "1000 ab")]
    [InlineData("theatre and anthem", "theatre and anthem")]
    [InlineData("a the an", "")]
    [InlineData("«Straße» – 東京", "«straße» – 東京")] // only ASCII punctuation goes
    public void Texts_are_normalised_as_the_official_script_does(string text, string normal) => Assert.Equal(normal, SquadAnswer.Normalize(text));

    [Theory]
    [InlineData("the Eiffel Tower", "Eiffel tower.", 1, 1)]
    [InlineData("in the Eiffel Tower", "Eiffel Tower", 0, 0.8)]
    [InlineData("to be or not to be", "to be to", 0, 6.0 / 9)] // each word as often as in both
    [InlineData("Paris", "London", 0, 0)]
    [InlineData("", "", 1, 1)]
    [InlineData("the", "", 1, 1)]
    [InlineData("Paris", "", 0, 0)]
    [InlineData("", "Paris", 0, 0)]
    public void Answers_are_compared_by_their_words(string prediction, string gold, double exactMatch, double f1)
    {
        Assert.Equal(exactMatch, SquadAnswer.ExactMatch(prediction, gold));
        Assert.Equal(f1, SquadAnswer.F1(prediction, gold), 12);
    }

    [Theory]
    [InlineData("It was founded in 1641, by the miller.", "1641", true)]
    [InlineData("It was founded in 16412.", "641,", false)]
    [InlineData("The Miller's wife", "a millers", true)]
    [InlineData("The millers", "mill", true)] // letter by letter
    [InlineData("The Millers", "mill", false)]
    [InlineData("1987年に開館した。", "1987年", true)]
    [InlineData("anything", "", false)]
    [InlineData("anything", "the", false)]
    public void A_text_holds_an_answer_in_whole_words_or_letter_by_letter(string text, string gold, bool holds) => Assert.Equal(holds, SquadAnswer.Holds(text, gold));
}
