using Rag.Analysis.Stemming;

namespace Rag.Core.Tests.Analysis.Stemming;

/// <summary>Languages without a vocabulary in the evaluation data: forms that the published algorithms conflate.</summary>
public sealed class StemmersTests
{
    [Theory]
    [InlineData("es", "chic chico chica chicos", "chic")]
    [InlineData("es", "torearon torear toreado", "tor")]
    [InlineData("fr", "continu continua continuait continuant continuer", "continu")]
    [InlineData("fr", "majestueusement majestueux", "majestu")]
    [InlineData("it", "abbandonata abbandonate abbandonato abbandonare abbandonerà", "abbandon")]
    [InlineData("it", "propagare propagazione", "propag")]
    [InlineData("pt", "boa boas", "boa boas")]
    [InlineData("pt", "quilométricas quilométricos quilométrico", "quilométr")]
    [InlineData("nl", "lichamelijk lichamelijke lichamelijkheden", "licham")]
    [InlineData("nl", "opgroeien opgroeiende", "opgroei")]
    [InlineData("ru", "важная важнее важнейшие важно важной", "важн")]
    [InlineData("ru", "падение падением падения", "паден")]
    [InlineData("sv", "jaktkarl jaktkarlarne jaktkarlen", "jaktkarl")]
    [InlineData("sv", "kloka klokare klokast", "klok")]
    [InlineData("xx", "words", "words")]
    public void For_gives_one_stem_for_the_forms_of_a_word(string language, string forms, string expected)
    {
        var stems = forms.Split(' ').Select(form => Stem(form, Stemmers.For(language))).Distinct();

        Assert.Equal(expected, string.Join(' ', stems));
    }

    private static string Stem(string word, Stemmer stemmer)
    {
        var buffer = new char[2 * word.Length];
        word.CopyTo(buffer);
        return new string(buffer, 0, stemmer(buffer, word.Length));
    }
}
