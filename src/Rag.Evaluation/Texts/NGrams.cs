namespace Rag.Evaluation.Texts;

/// <summary>Sequences of tokens and how often they occur.</summary>
internal static class NGrams
{
    /// <summary>Every sequence of <paramref name="length"/> tokens; tokens hold no line feed.</summary>
    public static Dictionary<string, int> Of(string[] tokens, int length)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (var start = 0; start + length <= tokens.Length; start++)
        {
            var sequence = length == 1 ? tokens[start] : string.Join('\n', tokens, start, length);
            counts[sequence] = counts.GetValueOrDefault(sequence) + 1;
        }

        return counts;
    }

    /// <summary>How many sequences both have, each as often as in both.</summary>
    public static int Common(Dictionary<string, int> first, Dictionary<string, int> second) => first.Sum(n => Math.Min(n.Value, second.GetValueOrDefault(n.Key)));
}
