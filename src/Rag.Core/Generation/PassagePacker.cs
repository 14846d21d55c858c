namespace Rag.Generation;

/// <summary>Chooses the passages that fit a token budget.</summary>
internal static class PassagePacker
{
    /// <summary>The best chunks that together hold at most <paramref name="maxTokens"/>, in <paramref name="order"/> and numbered in it from 1; a chunk that no longer fits is left out.</summary>
    public static IReadOnlyList<Passage> Pack(IReadOnlyList<ScoredChunk> chunks, ITokenCounter tokens, int maxTokens, PassageOrder order = PassageOrder.BestFirst)
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
        return [.. ordered.Select((chunk, i) => new Passage(i + 1, chunk.Chunk, chunk.Score))];
    }
}
