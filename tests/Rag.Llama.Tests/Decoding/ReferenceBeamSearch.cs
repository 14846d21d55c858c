namespace Rag.Llama.Tests.Decoding;

/// <summary>Beam search and the search of everything, written for being obvious: full sorts, no early end.</summary>
internal static class ReferenceBeamSearch
{
    public sealed record Text(int[] Tokens, double Sum, bool Finished)
    {
        public double Score(double alpha) => Sum / Math.Pow(Tokens.Length, alpha);
    }

    public static List<Text> Search(TableSource source, int[] prompt, int width, int maxTokens, double alpha, Func<int, bool> isEnd)
    {
        var (live, finished) = (new List<Text> { new([], 0, false) }, new List<Text>());
        for (var step = 0; step < maxTokens && live.Count > 0; step++)
        {
            var next = live.SelectMany(t => source.LogProbabilities([.. prompt, .. t.Tokens]).Select((p, token) => new Text([.. t.Tokens, token], t.Sum + p, isEnd(token))))
                .OrderByDescending(t => t.Sum).Take(width - finished.Count).ToList();
            finished.AddRange(next.Where(t => t.Finished));
            live = [.. next.Where(t => !t.Finished)];
        }

        return [.. finished.Concat(live).OrderByDescending(t => t.Score(alpha))];
    }

    public static List<Text> Everything(TableSource source, int[] prompt, int maxTokens, double alpha, Func<int, bool> isEnd)
    {
        return [.. All(new Text([], 0, false)).OrderByDescending(t => t.Score(alpha))];

        IEnumerable<Text> All(Text text) => text.Finished || text.Tokens.Length == maxTokens
            ? [text]
            : source.LogProbabilities([.. prompt, .. text.Tokens]).SelectMany((p, token) => All(new Text([.. text.Tokens, token], text.Sum + p, isEnd(token))));
    }
}
