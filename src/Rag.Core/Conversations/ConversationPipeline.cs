using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Rag.Generation;

namespace Rag.Conversations;

/// <summary>From a question in a session to a checked answer that is kept in it. Safe for concurrent use.</summary>
/// <remarks>
/// The question is read with what was said before it on its branch, by the pipeline's transformer. A passage that was given to an earlier answer of the branch is cited
/// by the number that it had there. A session is as confidential as the documents that it was asked of: whoever may use its tenant can read it.
/// </remarks>
/// <param name="pipeline">Makes answers. Follow-up questions are understood where it has a transformer that reads <see cref="Query.History"/>.</param>
/// <param name="sessions">Keeps the turns.</param>
/// <param name="summarizer">Shortens what does not fit. Default: <see cref="ExtractiveSummarizer"/>.</param>
/// <param name="tokens">Counts the tokens of the history. Default: <see cref="ApproximateTokenCounter"/>.</param>
/// <param name="historyTokens">What the history that a question is read with may have, at least 4; a quarter is for the summary of older turns. Default <see cref="DefaultHistoryTokens"/>.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="historyTokens"/> is less than 4.</exception>
public sealed class ConversationPipeline(
    RagPipeline pipeline,
    ISessionStore sessions,
    IConversationSummarizer? summarizer = null,
    ITokenCounter? tokens = null,
    int historyTokens = ConversationPipeline.DefaultHistoryTokens)
{
    /// <summary>About ten questions with answers of two sentences: further back no follow-up reaches, and a small model reads it in a second.</summary>
    public const int DefaultHistoryTokens = 1000;

    private readonly ConversationHistory _history = new(
        sessions,
        summarizer ?? new ExtractiveSummarizer(tokens),
        tokens ?? new ApproximateTokenCounter(),
        historyTokens >= 4 ? historyTokens : throw new ArgumentOutOfRangeException(nameof(historyTokens), historyTokens, "A history has at least 4 tokens."));

    /// <summary>The turn that the question became.</summary>
    /// <inheritdoc cref="AskStreamingAsync"/>
    public async Task<Turn> AskAsync(string sessionId, Query query, int? after = null, AskOptions? options = null, CancellationToken cancellationToken = default)
    {
        Turn? kept = null;
        await foreach (var _ in Stream(sessionId, query, after, options, turn => kept = turn, cancellationToken))
        {
        }

        return kept!;
    }

    /// <summary>The answer as it is made, as <see cref="RagPipeline.AskStreamingAsync(Query, AskOptions?, CancellationToken)"/> gives it. It is kept before it is <see cref="AnswerUpdate.Completed"/>, which names the turn.</summary>
    /// <param name="sessionId">The session, of the query's tenant; made where there is none.</param>
    /// <param name="query">The question and where to look; its history and what is known come from the session.</param>
    /// <param name="after">
    /// The <see cref="Turn.Id"/> of the turn that the question goes on from: <see langword="null"/> for the newest of all branches, an earlier one to fork there, the <see cref="Turn.Parent"/>
    /// of a turn to ask that turn's question in other words, 0 to begin anew.
    /// </param>
    /// <param name="options">What this question asks for. Default: <c>new()</c>.</param>
    /// <param name="cancellationToken">Stops the answering; nothing of the question is kept then.</param>
    /// <exception cref="ArgumentException">The question is blank or longer than <see cref="RagPipeline.MaxQuestionLength"/>, or the session has no such turn.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public IAsyncEnumerable<AnswerUpdate> AskStreamingAsync(string sessionId, Query query, int? after = null, AskOptions? options = null, CancellationToken cancellationToken = default) =>
        Stream(sessionId, query, after, options, _ => { }, cancellationToken);

    /// <summary>What a question after a turn would be read with: the newest turns in full and the older ones summed up, oldest first; for an agent that answers in the session's stead.</summary>
    /// <param name="session">The session.</param>
    /// <param name="after">As in <see cref="AskStreamingAsync"/>.</param>
    /// <param name="cancellationToken">Stops the summing up.</param>
    /// <exception cref="ArgumentException">The session has no such turn.</exception>
    public Task<IReadOnlyList<ChatMessage>> HistoryAsync(ConversationSession session, int? after = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _history.ReadAsync(session, session.Branch(after), cancellationToken);
    }

    private IAsyncEnumerable<AnswerUpdate> Stream(string sessionId, Query query, int? after, AskOptions? options, Action<Turn> kept, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        RagPipeline.ThrowIfUnfit(query);
        return StreamAsync(sessionId, query, after, options ?? new(), kept, cancellationToken);
    }

    private async IAsyncEnumerable<AnswerUpdate> StreamAsync(string sessionId, Query query, int? after, AskOptions options, Action<Turn> kept, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var session = await sessions.GetAsync(sessionId, query.Tenant, cancellationToken);
        var branch = session.Branch(after);
        var asked = query with { History = await _history.ReadAsync(session, branch, cancellationToken) };
        var known = options with { Known = [.. branch.SelectMany(t => t.Answer.Passages)] };
        await foreach (var update in pipeline.AskStreamingAsync(asked, known, cancellationToken))
        {
            if (update is not AnswerUpdate.Completed { Answer: var answer })
            {
                yield return update;
                continue;
            }

            var turn = await sessions.AddTurnAsync(session, branch is [.., var last] ? last.Id : 0, answer, cancellationToken);
            kept(turn);
            yield return new AnswerUpdate.Completed(answer) { Turn = turn.Id };
        }
    }
}
