using Rag.Evaluation.Perturbations;

namespace Rag.Evaluation.Tests.Perturbations;

public sealed class PerturbationTests
{
    [Theory]
    [InlineData("lowerCase", "Who was Adam?", "who was adam?")]
    [InlineData("contractions", "What is the pier that did not sink?", "What's the pier that didn't sink?")]
    [InlineData("synonyms", "Which BIG area was built?", "Which LARGE region was constructed?")]
    [InlineData("request", "What is a pier?", "Please tell me: what is a pier.")]
    [InlineData("spelling", "Which color has the centre?", "Which colour has the center?")]
    [InlineData("vernacular", "Who is not with them?", "Who ain't wit dem?")]
    [InlineData("genders", "He said that the queen's Mother left her.", "She said that the queen's Father left him.")]
    [InlineData("names", "Did Adam and Adams meet Emily?", "Did Alonzo and Adams meet Malika?")]
    public void A_change_is_of_whole_words_and_keeps_capitals(string name, string text, string changed) => Assert.Equal(changed, Of(name)(text));

    [Fact]
    public void Typos_change_words_of_letters_only_and_are_the_same_each_time()
    {
        var random = new Random(9);
        for (var round = 0; round < 300; round++)
        {
            var text = string.Join(' ', Enumerable.Range(0, 1 + random.Next(12)).Select(_ => string.Concat(Enumerable.Range(0, 1 + random.Next(9)).Select(_ => (char)('a' + random.Next(26))))).Append("1641?"));
            var slips = Of("typos")(text);
            var (before, after) = (text.Split(' '), slips.Split(' '));

            Assert.Equal(slips, Of("typos")(text));
            Assert.Equal(before.Length, after.Length);
            Assert.InRange(before.Zip(after).Count(p => p.First != p.Second), 0, ((before.Length - 1 + 5) / 6));
            Assert.All(before.Zip(after), p => Assert.True(p.First == p.Second || (p.First.Length > 3 && p.First[0] == p.Second[0] && Math.Abs(p.First.Length - p.Second.Length) <= 1)));
            Assert.True(slips != text || before.All(w => w.Length < 4 || w == "1641?"));
        }
    }

    [Fact]
    public void Every_change_has_a_name_of_its_own_and_leaves_nothing_of_nothing() => Assert.Multiple(
        () => Assert.Equal(Perturbation.All.Count, Perturbation.All.Select(p => p.Name).Distinct().Count()),
        () => Assert.All(Perturbation.All, p => Assert.Equal("", p.Of(""))));

    private static Func<string, string> Of(string name) => Perturbation.All.Single(p => p.Name == name).Of;
}
