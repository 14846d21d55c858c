using Rag.Conversations;

namespace Rag.Sqlite;

/// <summary>Keeps conversations about the documents of a <see cref="SqliteChunkStore"/>, in its file. Safe for concurrent use, also by several processes.</summary>
/// <remarks>
/// Deleting a document takes its words out of every session of its tenant, in the same transaction (<see cref="ConversationSession.Without"/>). A document that is replaced
/// stays readable in earlier answers as it was: an answer is a record of what its source said then. To take that out too, delete the document and store it anew.
/// </remarks>
public sealed class SqliteSessionStore : ISessionStore
{
    private readonly StoreDatabase _database;
    private readonly SemaphoreSlim _gate;
    private readonly TimeProvider _clock;

    internal SqliteSessionStore(StoreDatabase database, SemaphoreSlim gate, TimeProvider clock)
    {
        (_database, _gate, _clock) = (database, gate, clock);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSession>> ListAsync(string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return RunAsync(writes: false, rows => rows.List(tenant), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ConversationSession> GetAsync(string sessionId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        ArgumentNullException.ThrowIfNull(tenant);
        return RunAsync(writes: false, rows => rows.Find(tenant, sessionId) is { } row ? rows.Read(row) : new(sessionId) { Tenant = tenant }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Turn> AddTurnAsync(ConversationSession session, int parent, Answer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(answer);
        return RunAsync(
            writes: true,
            rows =>
            {
                var row = rows.Find(session.Tenant, session.Id);
                var (redactions, turns) = row is { } found ? rows.State(found) : (0, 0);
                ConversationSession.ThrowIfNoTurn(session.Id, parent, turns);
                var turn = Fit(session, redactions, new(turns + 1, parent, answer, DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds())));
                rows.Add(row ?? rows.Add(session with { Turns = [], Title = ConversationSession.TitleOf(answer), Redactions = 0 }), turn);
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
        return RunAsync(
            writes: true,
            rows =>
            {
                var stored = rows.Find(session.Tenant, session.Id) is { } row ? rows.Read(row) : session with { Turns = [] };
                var copies = stored.CopyOf(turn);
                var isFree = rows.Find(session.Tenant, newSessionId) is null;
                if (isFree)
                {
                    rows.Add(stored with { Id = newSessionId, Turns = copies });
                }

                return isFree;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetSummaryAsync(ConversationSession session, int turn, string summary, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(summary);
        return RunAsync(
            writes: true,
            rows =>
            {
                // Were a document deleted while the summary was made, it may hold its words.
                if (rows.Find(session.Tenant, session.Id) is { } row && rows.State(row).Redactions == session.Redactions)
                {
                    rows.SetSummary(row, turn, summary);
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
        return RunAsync(writes: true, rows => rows.SetTitle(tenant, sessionId, title), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string sessionId, string tenant = "", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sessionId);
        ArgumentNullException.ThrowIfNull(tenant);
        return RunAsync(
            writes: true,
            rows =>
            {
                if (rows.Find(tenant, sessionId) is not { } row)
                {
                    return false;
                }

                rows.Delete(row);
                return true;
            },
            cancellationToken,
            clears: true);
    }

    // What was asked and answered while a document was deleted must not bring its words back.
    private Turn Fit(ConversationSession asked, int redactions, Turn turn)
    {
        var answer = asked.Redactions == redactions ? turn.Answer : turn.Answer with { Searched = turn.Answer.Question };
        var gone = answer.Passages.Select(p => p.Chunk.DocumentId).Distinct(StringComparer.Ordinal).Where(id => _database.WriterRows.Find(asked.Tenant, id) is null);
        return gone.Aggregate(new ConversationSession(asked.Id) { Turns = [turn with { Answer = answer }] }, (session, document) => session.Without(document)).Turns[0];
    }

    private Task<T> RunAsync<T>(bool writes, Func<SessionRows, T> action, CancellationToken cancellationToken, bool clears = false) => StoreErrors.GuardedAsync(_database.Path, async () =>
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_database.IsClosed, this);
            if (!writes)
            {
                _database.BeginRead();
                return action(_database.Sessions);
            }

            await _database.BeginWriteAsync(cancellationToken);
            var result = action(_database.Sessions);
            cancellationToken.ThrowIfCancellationRequested();
            _database.Commit();
            if (clears)
            {
                _database.TryTruncateLog(); // where a reader is in the way, the log goes when the store is closed
            }

            return result;
        }
        finally
        {
            _database.Rollback(); // without effect after a commit
            _gate.Release();
        }
    });
}
