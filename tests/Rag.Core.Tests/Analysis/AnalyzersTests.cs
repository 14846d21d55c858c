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

    [Theory]
    [InlineData("en", "The models were created by OnModelCreating", "model creat onmodelcr model creat")]
    [InlineData("en", "the user's IDs, don't", "user id don't")]
    [InlineData("en", "C# and C++ on .NET with ASP.NET v1.2.3", "c# c c++ c .net net asp.net asp net v1.2.3 1.2.3")]
    [InlineData("en", "snake_case __init__ HTTPServer Microsoft.EntityFramework 3.14", "snake_cas snake case __init__ init httpserver http server microsoft.entityframework microsoft entityframework entiti framework 3.14")]
    [InlineData("en", "the U.S.A. and naïve cafés", "usa naiv cafe")]
    [InlineData("de", "die Häuser der Straße", "haus strass")]
    [InlineData("fr", "l'eau d'une rivière et les chevaux", "eau rivi cheval")]
    [InlineData("it", "dell'anno", "anno")]
    [InlineData("es", "los niños", "niñ")]
    [InlineData("sv", "flickorna på ön", "flick ön")]
    [InlineData("ru", "красивые книги", "красив книг")]
    [InlineData(null, "Naïve ＡＢＣ co\u00ADoperate, the", "naive abc cooperate the")]
    [InlineData("ja", "東京へ行く。駅 カタカナ", "東京 京へ へ行 行く 駅 カタ タカ カナ")]
    [InlineData("ko", "한국어", "한국 국어")]
    public void For_gives_the_terms_of_the_default_analysis(string? language, string text, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Analyzers.For(language).Terms(text).Select(term => term.Text)));
    }

    [Fact]
    public void For_puts_the_parts_of_a_name_at_the_position_of_the_whole()
    {
        var terms = Analyzers.For("en").Terms("one DbContext");

        Assert.Equal([new("one", 0, new(0, 3)), new("dbcontext", 1, new(4, 13)), new("db", 1, new(4, 6)), new("context", 1, new(6, 13))], terms);
    }

    [Fact]
    public void Every_analysis_gives_terms_inside_the_text_at_ascending_positions_for_any_text()
    {
        var random = new Random(7);
        var analyzers = StopWords.Languages.Append("ja").Select(Analyzers.For).Append(Analyzers.For(null)).Append(Analyzers.LuceneEnglish).ToList();
        const string Alphabet = "abceingsuyABC'\u2019._-#+ 12\u00DF\u00E4\u00EB\u00E6\u0301\u00AD\u65E5\u3042\u30AB\uD55C\u0438\u0439\u043D\uD83D\uDE00";
        for (var round = 0; round < 3_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            foreach (var analyzer in analyzers)
            {
                var last = 0;
                analyzer.Analyze(text, (term, position, span) =>
                {
                    Assert.True(!term.IsEmpty && position >= last && span.Length > 0 && span.End <= text.Length);
                    last = position;
                });
            }
        }
    }
}
