namespace Rag.Generation;

/// <summary>Chooses the passages that fit a token budget.</summary>
internal static class PassagePacker
{
    /// <summary>The best chunks that together hold at most <paramref name="maxTokens"/>, in <paramref name="order"/>; a chunk that no longer fits is left out. Those that are <paramref name="known"/> keep their numbers, the others are numbered on behind them.</summary>
    public static IReadOnlyList<Passage> Pack(IReadOnlyList<ScoredChunk> chunks, ITokenCounter tokens, int maxTokens, PassageOrder order = PassageOrder.BestFirst, IReadOnlyList<Passage>? known = null)
    {
        var fitting = new List<ScoredChunk>();
        foreach (var chunk in chunks)
        {
            var count = tokens.Count(chunk.Chunk.Text);
            if (count <= maxTokens)
            {
                maxTokens -= count;
                fitting.Add(chunk);
            }
        }

        var ordered = order == PassageOrder.BestFirst ? fitting : [.. fitting.Where((_, i) => i % 2 == 0), .. fitting.Where((_, i) => i % 2 == 1).Reverse()];
        var numbers = (known ?? []).DistinctBy(p => p.Number).DistinctBy(Wording).ToDictionary(Wording, p => p.Number);
        var last = (known ?? []).Select(p => p.Number).DefaultIfEmpty(0).Max();
        return [.. ordered.Select(c => new Passage(numbers.Remove((c.Chunk.Id, c.Chunk.Text), out var number) ? number : ++last, c.Chunk, c.Score))];
    }

    // A chunk that was stored anew with other words is another passage.
    private static (string Id, string Text) Wording(Passage passage) => (passage.Chunk.Id, passage.Chunk.Text);
}
