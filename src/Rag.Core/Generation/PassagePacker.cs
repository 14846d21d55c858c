using Rag.Analysis;

namespace Rag.Generation;

/// <summary>Chooses the passages that fit a token budget.</summary>
internal static class PassagePacker
{
    /// <summary>
    /// The best chunks that together hold at most <paramref name="maxTokens"/>, in <paramref name="order"/>; a chunk that no longer fits, or with which the passages would not be
    /// <paramref name="accepted"/>, is left out. Those that are <paramref name="known"/> keep their numbers, the others are numbered on behind them.
    /// </summary>
    public static IReadOnlyList<Passage> Pack(
        IReadOnlyList<ScoredChunk> chunks, ITokenCounter tokens, int maxTokens, PassageOrder order = PassageOrder.BestFirst, IReadOnlyList<Passage>? known = null, Func<IReadOnlyList<Passage>, bool>? accepted = null)
    {
        var fitting = new List<ScoredChunk>();
        foreach (var chunk in chunks)
        {
            var count = tokens.Count(chunk.Chunk.Text);
            if (count <= maxTokens && (accepted is null || accepted(Number([.. fitting, chunk], order, known))))
            {
                maxTokens -= count;
                fitting.Add(chunk);
            }
        }

        return Number(fitting, order, known);
    }

    /// <summary>
    /// The run of whole sentences of a chunk that is <paramref name="accepted"/>: from the one with the most words of the question outwards, as far as it goes; <see langword="null"/> where
    /// that one alone is too much. What is left is still verbatim, with its place in the document.
    /// </summary>
    public static ScoredChunk? Cut(ScoredChunk chunk, string question, Func<ScoredChunk, bool> accepted)
    {
        var text = chunk.Chunk.Text;
        var sentences = SentenceSegmenter.Split(text, new(0, text.Length), chunk.Chunk.Language);
        if (sentences.Count == 0)
        {
            return null;
        }

        var analyzer = Analyzers.For(chunk.Chunk.Language ?? Analyzers.AssumedLanguage);
        var asked = analyzer.Terms(question).Select(term => term.Text).ToHashSet();
        var best = sentences.Index().MaxBy(s => analyzer.Terms(s.Item.Of(text)).Select(term => term.Text).Distinct().Count(asked.Contains)).Index;
        var (first, last) = (best, best);
        if (!accepted(Run(best, best)))
        {
            return null;
        }

        var (after, before) = (true, true);
        while (after || before)
        {
            after = after && last + 1 < sentences.Count && accepted(Run(first, last + 1));
            last += after ? 1 : 0;
            before = before && first > 0 && accepted(Run(first - 1, last));
            first -= before ? 1 : 0;
        }

        return Run(first, last);

        ScoredChunk Run(int from, int to) => chunk with { Chunk = Part(chunk.Chunk, new(sentences[from].Start, sentences[to].End)) };
    }

    /// <summary>A part of a chunk, verbatim and with its place in the document.</summary>
    /// <param name="chunk">The whole.</param>
    /// <param name="within">The part, counted in the text of the chunk.</param>
    public static Chunk Part(Chunk chunk, TextSpan within)
    {
        var span = within.Shift(chunk.Span.Start);
        return chunk with { Text = within.Of(chunk.Text), Span = span, Pages = chunk.Pages?.Slice(span), Lines = chunk.Lines?.Slice(span), Boxes = chunk.Boxes?.Slice(span) };
    }

    private static IReadOnlyList<Passage> Number(IReadOnlyList<ScoredChunk> fitting, PassageOrder order, IReadOnlyList<Passage>? known)
    {
        var ordered = order == PassageOrder.BestFirst ? fitting : [.. fitting.Where((_, i) => i % 2 == 0), .. fitting.Where((_, i) => i % 2 == 1).Reverse()];
        var numbers = (known ?? []).DistinctBy(p => p.Number).DistinctBy(Wording).ToDictionary(Wording, p => p.Number);
        var last = (known ?? []).Select(p => p.Number).DefaultIfEmpty(0).Max();
        return [.. ordered.Select(c => new Passage(numbers.Remove((c.Chunk.Id, c.Chunk.Text), out var number) ? number : ++last, c.Chunk, c.Score))];
    }

    // A chunk that was stored anew with other words is another passage.
    private static (string Id, string Text) Wording(Passage passage) => (passage.Chunk.Id, passage.Chunk.Text);
}
