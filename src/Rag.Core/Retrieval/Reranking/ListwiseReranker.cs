using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Citations;

namespace Rag.Retrieval.Reranking;

/// <summary>Has a language model put passages in order, a window at a time from the last to the first, so that a good one rises through all windows. Safe for concurrent use where the client is.</summary>
/// <remarks>
/// <para>RankGPT: Sun et al., "Is ChatGPT good at search? Investigating large language models as re-ranking agents", EMNLP 2023. Windows overlap, and one begins where the order in which the candidates come leaves off.</para>
/// <para>
/// The model sees question and passages between fences that they do not hold. Of its reply only the numbers of passages count, each once; those that it leaves out keep their order behind those that it names.
/// Scores are one divided by the rank. Passages with the same words are read once and share their rank.
/// </para>
/// </remarks>
public sealed partial class ListwiseReranker : IReranker
{
    /// <summary>Passages that are read where nothing else is said; what comes behind follows in the order in which it came.</summary>
    public const int DefaultDepth = 50;

    /// <summary>Passages of a window where nothing else is said, as in the paper.</summary>
    public const int DefaultWindow = 20;

    // In UTF-16 code units: some 300 words, as in the paper.
    private const int MaxPassageLength = 2_000;
    private const int MaxReplyTokens = 512;

    private static readonly string Instructions = Prompt.Read("listwise");

    private readonly IChatClient _client;
    private readonly int _window;
    private readonly int _step;

    /// <summary>Ranks by a model.</summary>
    /// <param name="client">The model; stays the caller's. Asked <c>1 + (depth - window) / step</c> times, rounded up.</param>
    /// <param name="depth">Passages to read, at least 1. Default <see cref="DefaultDepth"/>.</param>
    /// <param name="window">Passages in one prompt, at least 2. Default <see cref="DefaultWindow"/>.</param>
    /// <param name="step">How far a window moves, 1 to less than <paramref name="window"/>; what is left of it is what can rise further. Default 10, as in the paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ListwiseReranker(IChatClient client, int depth = DefaultDepth, int window = DefaultWindow, int step = DefaultWindow / 2)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, window);
        (_client, Depth, _window, _step) = (client, depth, window, step);
    }

    /// <summary>Passages that are read.</summary>
    public int Depth { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScoredChunk>> RerankAsync(Query query, IReadOnlyList<ScoredChunk> candidates, int top, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var groups = candidates.GroupBy(c => (c.Chunk.Title, c.Chunk.Context, c.Chunk.Text)).Select(g => g.ToArray()).ToArray();
        var end = Math.Min(Depth, groups.Length);
        for (var start = end; start > 0 && end > 1; end -= _step)
        {
            start = Math.Max(0, end - _window);
            var window = groups[start..end];
            var order = await OrderAsync(query.Text, [.. window.Select(g => g[0].Chunk)], cancellationToken);
            order.Select(i => window[i]).ToArray().CopyTo(groups, start);
        }

        return [.. groups
            .SelectMany((group, i) => group.Select(c => c with { Score = 1.0 / (i + 1), Terms = query.Explain ? [new("(rank by the model)", i + 1, 1, 1.0 / (i + 1))] : [] }))
            .OrderByDescending(c => c.Score).ThenBy(c => c.Chunk.Id, StringComparer.Ordinal)
            .Take(top)];
    }

    private async Task<IEnumerable<int>> OrderAsync(string question, IReadOnlyList<Chunk> passages, CancellationToken cancellationToken)
    {
        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await _client.GetResponseAsync(Messages(question.Trim(), passages), chat, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var marks = OnlyNumbers().IsMatch(reply.Text) ? Number().Replace(reply.Text, "[$0]") : reply.Text;
        var named = CitationMark.Parse(marks).SelectMany(mark => mark.Numbers).Where(n => n >= 1 && n <= passages.Count).Select(n => n - 1);
        return named.Concat(Enumerable.Range(0, passages.Count)).Distinct();
    }

    private static ChatMessage[] Messages(string question, IReadOnlyList<Chunk> passages)
    {
        var shown = passages.Select(p => (Heading: Prompt.OnOneLine($"{p.Title} {p.Context}"), Text: Prompt.Shorten(p.Text.Trim(), MaxPassageLength))).ToArray();
        var fence = Prompt.Fence([question, .. shown.SelectMany(s => (string[])[s.Heading, s.Text])]);
        var message = new StringBuilder();
        for (var i = 0; i < shown.Length; i++)
        {
            message.Append(fence).Append(" [").Append(i + 1).Append("] ").Append(shown[i].Heading).Append('\n').Append(shown[i].Text).Append('\n').Append(fence).Append("\n\n");
        }

        message.Append(fence).Append(" question\n").Append(question).Append('\n').Append(fence);
        return [new(ChatRole.System, Instructions.Replace("{fence}", fence, StringComparison.Ordinal)), new(ChatRole.User, message.ToString())];
    }

    // "2 > 1 > 3", as models write it that forget the brackets.
    [GeneratedRegex(@"^[\d\s>,;.]+$")]
    private static partial Regex OnlyNumbers();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
