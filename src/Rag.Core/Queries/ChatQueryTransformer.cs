using Microsoft.Extensions.AI;

namespace Rag.Queries;

/// <summary>Has a language model write the queries, at temperature 0. Safe for concurrent use where the client is.</summary>
/// <remarks>
/// The model sees the question, and for <see cref="QueryTechnique.StandAlone"/> the last messages before it, between fences that they do not hold.
/// Of its reply, only lines that can be queries are taken; a reply without one leaves the question as it was.
/// </remarks>
public sealed class ChatQueryTransformer : IQueryTransformer
{
    /// <summary>Most queries that are taken of a reply where nothing else is said.</summary>
    public const int DefaultQueries = 3;

    /// <summary>The <see cref="ChatMessage.AuthorName"/> of a message in <see cref="Query.History"/> that sums up what was said before the others; it is read however long ago that was.</summary>
    public const string SummaryAuthor = "summary";

    // A model's queries are a line, its passage a paragraph; what is longer costs more than it helps.
    private const int MaxReplyTokens = 512;
    private const int MaxMessages = 6;
    private const int MaxMessageLength = 2_000;

    private readonly IChatClient _client;
    private readonly QueryTechnique _technique;
    private readonly int _queries;
    private readonly string _instructions;

    /// <summary>One technique by one model.</summary>
    /// <param name="client">The model; stays the caller's.</param>
    /// <param name="technique">What it is asked for.</param>
    /// <param name="queries">Most queries beside the question for <see cref="QueryTechnique.MultiQuery"/> and <see cref="QueryTechnique.Decomposition"/>, at least 1; the others give one. Default <see cref="DefaultQueries"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="queries"/> is less than 1, or the technique is none.</exception>
    public ChatQueryTransformer(IChatClient client, QueryTechnique technique, int queries = DefaultQueries)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        (_client, _technique) = (client, technique);
        _queries = technique is QueryTechnique.MultiQuery or QueryTechnique.Decomposition ? queries : 1;
        _instructions = Prompt.Read(technique switch
        {
            QueryTechnique.StandAlone => "stand-alone",
            QueryTechnique.MultiQuery => "multi-query",
            QueryTechnique.HypotheticalDocument => "hypothetical-document",
            QueryTechnique.StepBack => "step-back",
            QueryTechnique.Decomposition => "decomposition",
            _ => throw new ArgumentOutOfRangeException(nameof(technique), technique, $"There is no technique {technique}."),
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(query.Text) || (_technique == QueryTechnique.StandAlone && query.History.Count == 0))
        {
            return [query];
        }

        var chat = new ChatOptions { Temperature = 0, MaxOutputTokens = MaxReplyTokens, Reasoning = new() { Effort = ReasoningEffort.None } };
        var reply = await _client.GetResponseAsync(Messages(query), chat, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var written = _technique == QueryTechnique.HypotheticalDocument ? QueryReply.Passage(reply.Text) : QueryReply.Lines(reply.Text);
        var made = written.Where(text => !text.Equals(query.Text.Trim(), StringComparison.OrdinalIgnoreCase)).Take(_queries).Select(text => query with { Text = text, History = [] });
        return _technique == QueryTechnique.StandAlone ? [made.FirstOrDefault(query)] : [query, .. made];
    }

    private ChatMessage[] Messages(Query query)
    {
        var question = query.Text.Trim();
        var said = _technique == QueryTechnique.StandAlone
            ? query.History.Where((m, i) => i >= query.History.Count - MaxMessages || m.AuthorName == SummaryAuthor).Select(m => $"{m.AuthorName ?? m.Role.Value}: {Prompt.Shorten(Prompt.OnOneLine(m.Text), MaxMessageLength)}").ToArray()
            : [];
        var fence = Prompt.Fence([question, .. said]);
        var conversation = said.Length == 0 ? "" : $"{fence} conversation\n{string.Join('\n', said)}\n{fence}\n\n";
        return
        [
            new(ChatRole.System, _instructions.Replace("{fence}", fence, StringComparison.Ordinal).Replace("{queries}", $"{_queries}", StringComparison.Ordinal)),
            new(ChatRole.User, $"{conversation}{fence} question\n{question}\n{fence}"),
        ];
    }
}
