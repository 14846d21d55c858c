namespace Rag.Conversations;

/// <summary>Keeps sessions for as long as the object lives. Safe for concurrent use.</summary>
/// <param name="time">The clock for <see cref="Turn.At"/>. Default: the system's.</param>
/// <remarks>It knows no documents: it keeps what a session holds of one that is deleted.</remarks>
public sealed class InMemorySessionStore(TimeProvider? time = null) : ISessionStore
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<(string Tenant, string Id), ConversationSession> _sessions = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSession>> ListAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return Run<IReadOnlyList<StoredSession>>(
            () =>
            [
                .. _sessions.Values.Where(s => s.Tenant == tenant).Select(s => new StoredSession(s.Id, s.Title, s.Turns.Count, s.Turns[^1].At))
                    .OrderByDescending(s => s.ChangedAt).ThenBy(s => s.Id, StringComparer.Ordinal),
            ],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ConversationSession> GetAsync(string sessionId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        ArgumentNullException.ThrowIfNull(tenant);
        return Run(() => Find(sessionId, tenant), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Turn> AddTurnAsync(ConversationSession session, int parent, Answer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(answer);
        return Run(
            () =>
            {
                var stored = Find(session.Id, session.Tenant);
                ConversationSession.ThrowIfNoTurn(session.Id, parent, stored.Turns.Count);
                var turn = new Turn(stored.Turns.Count + 1, parent, answer, _time.GetUtcNow());
                _sessions[(session.Tenant, session.Id)] = stored with { Turns = [.. stored.Turns, turn], Title = stored.Turns.Count == 0 ? ConversationSession.TitleOf(answer) : stored.Title };
                return turn;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> ForkAsync(ConversationSession session, int turn, string newSessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentException.ThrowIfNullOrWhiteSpace(newSessionId);
        ArgumentOutOfRangeException.ThrowIfLessThan(turn, 1);
        return Run(
            () =>
            {
                var stored = Find(session.Id, session.Tenant);
                return _sessions.TryAdd((session.Tenant, newSessionId), stored with { Id = newSessionId, Turns = stored.CopyOf(turn) });
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetSummaryAsync(ConversationSession session, int turn, string summary, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(summary);
        return Run(
            () =>
            {
                var stored = Find(session.Id, session.Tenant);
                if (stored.Turns.Count > 0)
                {
                    _sessions[(session.Tenant, session.Id)] = stored with { Turns = [.. stored.Turns.Select(t => t.Id == turn ? t with { Summary = summary } : t)] };
                }

                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SetTitleAsync(string sessionId, string title, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(tenant);
        return Run(
            () =>
            {
                var stored = Find(sessionId, tenant);
                if (stored.Turns.Count > 0)
                {
                    _sessions[(tenant, sessionId)] = stored with { Title = title };
                }

                return stored.Turns.Count > 0;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string sessionId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        ArgumentNullException.ThrowIfNull(tenant);
        return Run(() => _sessions.Remove((tenant, sessionId)), cancellationToken);
    }

    private ConversationSession Find(string sessionId, string tenant) => _sessions.GetValueOrDefault((tenant, sessionId)) ?? new(sessionId) { Tenant = tenant };

    private Task<T> Run<T>(Func<T> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(action());
        }
    }
}
