using Rag.Analysis;
using Rag.Enrichment;
using Rag.Testing;

namespace Rag.Core.Tests.Enrichment;

public sealed class SummaryEnricherTests
{
    [Fact]
    public async Task The_sentence_is_chosen_that_a_slow_computation_by_the_definition_ranks_first()
    {
        string[] words = [.. Enumerable.Range(0, 60).Select(i => $"wo{(char)('b' + (i % 20))}a{(char)('b' + (i / 20))}o")];
        var random = new Random(6);
        for (var i = 0; i < 40; i++)
        {
            string[] sentences = [.. Enumerable.Range(0, random.Next(2, 10)).Select(_ => $"Here {string.Join(' ', Enumerable.Range(0, random.Next(6, 25)).Select(_ => words[random.Next(words.Length)]))}.")];
            var text = string.Join(' ', sentences);

            var sentence = Assert.Single(await new SummaryEnricher(1).FindAsync(Of(text)));

            Assert.Equal(sentences[Central(sentences)], sentence.Value);
            Assert.Equal(("summary", "lexrank-1 1", sentence.Value), (sentence.Name, sentence.Source, Assert.Single(sentence.Spans).Of(text)));
        }
    }

    [Fact]
    public async Task A_sentence_is_not_said_twice()
    {
        const string Text = "The pump of the town gives clean water. The pump of the town gives clean water! Its price was paid by the people of the place. All of the pipes below the streets are of steel.";

        var summary = await new SummaryEnricher(3).FindAsync(Of(Text));

        Assert.Equal(3, summary.Count);
        Assert.Single(summary, s => s.Value.StartsWith("The pump", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_any_text_a_summary_is_whole_sentences_of_its_prose_in_their_order()
    {
        var random = new Random(8);
        for (var i = 0; i < 60; i++)
        {
            var document = RandomDocuments.Next(random, 1 + (i % 20));

            var summary = await new SummaryEnricher().FindAsync(document);

            Assert.Equivalent(summary, await new SummaryEnricher().FindAsync(document), strict: true);
            Assert.InRange(summary.Count, 0, 3);
            Assert.Equal(summary.Select(s => s.Spans[0]).Order(), summary.Select(s => s.Spans[0]));
            Assert.All(summary, s => Assert.Equal(s.Value, s.Spans[0].Of(document.Text)));
            Assert.All(summary, s => Assert.Contains(document.Blocks, b => b.Kind == BlockKind.Paragraph && b.Span.Contains(s.Spans[0])));
        }
    }

    [Fact]
    public async Task Tables_code_and_lines_that_are_no_sentences_are_left_out()
    {
        const string Text = "A line that does not end as a sentence does\n\nThis here would be a sentence of code.\n\nToo short.";
        Document document = new("a", "a", Text, [new(BlockKind.Paragraph, new(0, 43)), new(BlockKind.Code, new(45, 83)), new(BlockKind.Paragraph, new(85, 95))]);

        Assert.Empty(await new SummaryEnricher().FindAsync(document));
        Assert.Empty(await new SummaryEnricher().FindAsync(new("a", "a", "", [])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SummaryEnricher(11));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SummaryEnricher().FindAsync(document, new(canceled: true)));
    }

    // the definition, with every cosine computed by itself
    private static int Central(string[] sentences)
    {
        var counts = sentences.Select(s => Analyzers.For("en").Terms(s).CountBy(t => t.Text).ToDictionary()).ToArray();
        double Idf(string term) => Math.Log((sentences.Length + 1.0) / counts.Count(c => c.ContainsKey(term)));
        double Dot(int i, int j) => counts[i].Sum(t => t.Value * counts[j].GetValueOrDefault(t.Key) * Idf(t.Key) * Idf(t.Key));
        var all = Enumerable.Range(0, sentences.Length).ToArray();
        var cosines = all.Select(i => all.Select(j => Dot(i, j) / Math.Sqrt(Dot(i, i) * Dot(j, j)) is > 0.1 and var c ? c : 0).ToArray()).ToArray();
        var ranks = all.Select(_ => 1.0 / all.Length).ToArray();
        for (var round = 0; round < 100; round++)
        {
            ranks = [.. all.Select(j => (0.15 / (j + 1) / all.Sum(k => 1.0 / (k + 1))) + (0.85 * all.Sum(i => ranks[i] * cosines[i][j] / cosines[i].Sum())))];
        }

        return Array.IndexOf(ranks, ranks.Max());
    }

    private static Document Of(string text) => new("a", "a", text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Language = "en" };
}
