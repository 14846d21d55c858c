using Microsoft.Extensions.Logging;

namespace Rag.Llama.Embeddings;

/// <summary>What vectors and scores warn of.</summary>
internal static partial class VectorLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Texts} texts were longer than the {Limit} tokens that '{Model}' reads at once: {Tokens} tokens at their ends are not in their vectors. Cut smaller chunks, or let long texts be split.")]
    public static partial void Truncated(this ILogger logger, string model, int texts, int tokens, int limit);

    [LoggerMessage(2, LogLevel.Warning, "{Texts} texts were longer with their query than the {Limit} tokens that '{Model}' reads at once: {Tokens} tokens at the ends do not count in their scores. Cut smaller chunks, or ask a shorter question.")]
    public static partial void PairTruncated(this ILogger logger, string model, int texts, int tokens, int limit);
}
