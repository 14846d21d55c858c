namespace Rag.Generation;

/// <summary>Chooses the passages that fit a token budget.</summary>
internal static class PassagePacker
{
    /// <summary>The best chunks that together hold at most <paramref name="maxTokens"/>, numbered from 1; a chunk that no longer fits is left out.</summary>
    public static IReadOnlyList<Passage> Pack(IReadOnlyList<ScoredChunk> chunks, ITokenCounter tokens, int maxTokens)
    {
        var passages = new List<Passage>();
        foreach (var (chunk, score) in chunks)
        {
            var count = tokens.Count(chunk.Text);
            if (count <= maxTokens)
            {
                maxTokens -= count;
                passages.Add(new(passages.Count + 1, chunk, score));
            }
        }

        return passages;
    }
}
