using Rag.Analysis;

namespace Rag.Core.Tests.Analysis;

public sealed class AnalyzersTests
{
    [Theory]
    [InlineData("The Dogs' and the cat's quick foxes are running.", "dog|cat|quick|fox|run")]
    [InlineData("An IBM's abilities, 3.14 logical!", "ibm|abil|3.14|logic")]
    public void LuceneEnglish_gives_the_terms_of_Lucenes_EnglishAnalyzer(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Analyzers.LuceneEnglish.Terms(text).Select(term => term.Text)));
    }

    [Fact]
    public void LuceneEnglish_counts_stop_words_in_positions()
    {
        var terms = Analyzers.LuceneEnglish.Terms("the cat sat on the mat");

        Assert.Equal([new("cat", 1, new(4, 7)), new("sat", 2, new(8, 11)), new("mat", 5, new(19, 22))], terms);
    }

    [Fact]
    public void LuceneEnglish_cuts_a_token_of_more_than_255_characters()
    {
        Assert.Equal([255, 45], Analyzers.LuceneEnglish.Terms(new string('x', 300)).Select(term => term.Text.Length));
    }

    [Fact]
    public void For_takes_a_language_with_or_without_a_region_and_falls_back_on_plain_words()
    {
        Assert.Same(Analyzers.For("en"), Analyzers.For("en-GB"));
        Assert.Same(Analyzers.For(null), Analyzers.For("xx"));
        Assert.Equal("words-any-1", Analyzers.For(null).Name);
    }
}
