using Rag.Evaluation.Spans;

namespace Rag.Evaluation.Tests.Spans;

public sealed class SpanScoreTests
{
    [Fact]
    public void Characters_are_counted_as_the_published_code_counts_them()
    {
        // Wanted 10..20 and 30..40. Retrieved 0..15, again 10..15, 35..60 and a stretch of another text: 5 and 5 of 20 wanted characters, 15 + 5 + 25 + 10 retrieved, 10 missed.
        var question = new SpanQuestion("?", "a", [new(10, 20), new(30, 40)]);

        var score = SpanScore.Of(question, [Piece("a", 0, 15), Piece("a", 10, 15), Piece("a", 35, 60), Piece("b", 10, 20)]);

        Assert.Equal(new SpanScore(0.5, 10 / 55.0, 10 / 65.0), score);
    }

    [Fact]
    public void Nothing_retrieved_scores_nothing() => Assert.Equal(new SpanScore(0, 0, 0), SpanScore.Of(new("?", "a", [new(0, 9)]), []));

    [Fact]
    public void A_passage_is_needed_when_it_holds_or_touches_an_excerpt()
    {
        Chunk[] all = [Piece("a", 0, 9), Piece("a", 0, 10), Piece("a", 12, 14), Piece("a", 20, 30), Piece("a", 21, 30), Piece("b", 10, 20)];

        Assert.Equal(3, SpanScore.Needed(new("?", "a", [new(10, 20)]), all));
    }

    // An oracle that marks characters one by one.
    [Fact]
    public void Scores_are_those_of_sets_of_characters()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            TextSpan[] excerpts = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => Span(random, 20 * i, 20))];
            Chunk[] chunks = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => Span(random, 0, 100)).Select(s => Piece(random.Next(4) == 0 ? "b" : "a", s.Start, s.End))];
            HashSet<int> wanted = [.. excerpts.SelectMany(Places)];
            HashSet<int> got = [.. chunks.Where(c => c.DocumentId == "a").SelectMany(c => Places(c.Span))];
            var (hits, all) = ((double)wanted.Count(got.Contains), chunks.Sum(c => c.Span.Length));

            var score = SpanScore.Of(new("?", "a", excerpts), chunks);

            Assert.Equal(hits / wanted.Count, score.Recall, 12);
            Assert.Equal(all == 0 ? 0 : hits / all, score.Precision, 12);
            Assert.Equal(hits / (all + wanted.Count - hits), score.IntersectionOverUnion, 12);
        }
    }

    private static TextSpan Span(Random random, int from, int length)
    {
        var start = from + random.Next(length);
        return new(start, random.Next(start + 1, from + length + 1));
    }

    private static IEnumerable<int> Places(TextSpan span) => Enumerable.Range(span.Start, span.Length);

    private static Chunk Piece(string document, int start, int end) => new($"{document}#{start}", document, new('x', end - start), new(start, end));
}
