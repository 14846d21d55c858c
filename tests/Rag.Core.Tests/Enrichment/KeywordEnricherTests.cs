using Rag.Enrichment;
using Rag.Testing;

namespace Rag.Core.Tests.Enrichment;

public sealed class KeywordEnricherTests
{
    private const string Text = """
        Garbage collection in real time

        The garbage collector of a language moves objects while the program runs. A generational garbage collector looks at young objects first, for most of them die young.
        We compare the pauses of generational collection with those of reference counting. Pauses of the collector are short when few young objects live.
        """;

    [Fact]
    public async Task Phrases_that_stand_where_it_matters_come_first()
    {
        var keywords = await FindAsync(Of(Text));

        Assert.Contains(keywords.Take(3), k => k.Value.Contains("arbage collect", StringComparison.Ordinal));
        Assert.Contains("generational", string.Join(' ', keywords.Select(k => k.Value)), StringComparison.Ordinal);
        Assert.All(keywords, k => Assert.Equal(("keyword", "yake-1 8"), (k.Name, k.Source)));
    }

    [Fact]
    public async Task Each_is_counted_where_it_stands_in_any_of_its_forms()
    {
        const string Pumps = "A pump is old. The pumps are new. Pumps and the pump are of steel, and steel is strong.";

        var found = (await FindAsync(Of(Pumps))).Single(k => k.Value == "pump");

        Assert.Equal(4, found.Count);
        Assert.Equal(["pump", "pumps", "Pumps", "pump"], found.Spans.Select(s => s.Of(Pumps)));
    }

    [Fact]
    public async Task Of_any_text_keywords_are_phrases_of_it_without_stop_words_at_their_ends_and_none_repeats_another()
    {
        var random = new Random(4);
        for (var i = 0; i < 60; i++)
        {
            var document = RandomDocuments.Next(random, 1 + (i % 20));

            var keywords = await FindAsync(document);

            Assert.Equivalent(keywords, await FindAsync(document), strict: true);
            Assert.InRange(keywords.Count, 0, 8);
            Assert.Distinct(keywords.Select(k => k.Value.ToLowerInvariant()));
            foreach (var keyword in keywords)
            {
                var words = keyword.Value.Split([' ', '-']);
                Assert.InRange(words.Length, 1, 3);
                Assert.True(words[0].Length >= 3 && words[^1].Length >= 3);
                Assert.Equal(keyword.Value, string.Join(' ', keyword.Spans[0].Of(document.Text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
                Assert.InRange(keyword.Spans.Count, 1, Math.Min(8, keyword.Count));
            }
        }
    }

    [Fact]
    public async Task Stop_words_are_those_of_the_language()
    {
        const string German = "Die Pumpe der Stadt und die Pumpe des Dorfes sind alt, aber die Pumpe der Stadt ist neu gebaut.";

        Assert.DoesNotContain(await FindAsync(Of(German) with { Language = "de" }), k => k.Value is "Die" or "die" or "der" or "und" or "sind" or "aber");
    }

    [Theory]
    [InlineData("")]
    [InlineData("the of and to")]
    [InlineData("12 34 56")]
    [InlineData("日本語の文章には空白がない。")]
    public async Task What_has_no_words_of_its_own_has_no_keywords(string text) => Assert.Empty(await FindAsync(Of(text)));

    [Fact]
    public async Task Only_so_many_are_wanted_and_cancellation_stops()
    {
        Assert.Equal(2, (await new KeywordEnricher(2).FindAsync(Of(Text))).Count);
        Assert.NotEqual(new KeywordEnricher(2).Name, new KeywordEnricher().Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeywordEnricher(0));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new KeywordEnricher().FindAsync(Of(Text), new(canceled: true)));
    }

    private static Document Of(string text) => new("a", "a", text, text.Length == 0 ? [] : [new(BlockKind.Paragraph, new(0, text.Length))]) { Language = "en" };

    private static Task<IReadOnlyList<DocumentFinding>> FindAsync(Document document) => new KeywordEnricher().FindAsync(document);
}
