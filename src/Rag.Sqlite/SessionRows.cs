using System.Globalization;
using Microsoft.Data.Sqlite;
using Rag.Conversations;

namespace Rag.Sqlite;

/// <summary>Reads and writes sessions over the one writing connection, inside a transaction that the caller holds. Not safe for concurrent use.</summary>
internal sealed class SessionRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _list = new(connection, """
        SELECT sessions.id, title, count(*), max(added_at) FROM sessions JOIN turns ON turns.session = sessions.row WHERE tenant = $0 GROUP BY sessions.row
        """);

    private readonly Statement _find = new(connection, "SELECT row FROM sessions WHERE tenant = $0 AND id = $1");
    private readonly Statement _session = new(connection, "SELECT tenant, id, title, redactions FROM sessions WHERE row = $0");
    private readonly Statement _state = new(connection, "SELECT redactions, (SELECT count(*) FROM turns WHERE session = row) FROM sessions WHERE row = $0");
    private readonly Statement _turns = new(connection, "SELECT turn, parent, answer, added_at, summary, notice FROM turns WHERE session = $0 ORDER BY turn");
    private readonly Statement _add = new(connection, "INSERT INTO sessions(tenant, id, title, redactions) VALUES($0, $1, $2, $3) RETURNING row");
    private readonly Statement _addTurn = new(connection, "INSERT INTO turns(session, turn, parent, answer, added_at, summary, notice) VALUES($0, $1, $2, $3, $4, $5, $6)");
    private readonly Statement _addSource = new(connection, "INSERT OR IGNORE INTO session_sources(document, session) VALUES($0, $1)");
    private readonly Statement _setTurn = new(connection, "UPDATE turns SET answer = $2, summary = $3, notice = $4 WHERE session = $0 AND turn = $1");
    private readonly Statement _setRedactions = new(connection, "UPDATE sessions SET redactions = $1 WHERE row = $0");
    private readonly Statement _setSummary = new(connection, "UPDATE turns SET summary = $2 WHERE session = $0 AND turn = $1");
    private readonly Statement _setTitle = new(connection, "UPDATE sessions SET title = $2 WHERE tenant = $0 AND id = $1");

    private readonly Statement _resting = new(connection, """
        SELECT session FROM session_sources JOIN sessions ON sessions.row = session_sources.session WHERE document = $1 AND tenant = $0
        """);

    private readonly Statement _dropSource = new(connection, "DELETE FROM session_sources WHERE document = $0 AND session = $1");

    private readonly Statement[] _deletes =
    [
        new(connection, "DELETE FROM turns WHERE session = $0"),
        new(connection, "DELETE FROM session_sources WHERE session = $0"),
        new(connection, "DELETE FROM sessions WHERE row = $0"),
    ];

    public IReadOnlyList<StoredSession> List(string tenant)
    {
        List<StoredSession> sessions = [];
        using var row = _list.Query(SqliteText.Value(tenant));
        while (row.Read())
        {
            sessions.Add(new(SqliteText.Read(row, 0), SqliteText.Read(row, 1), row.GetInt32(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))));
        }

        return [.. sessions.OrderByDescending(s => s.ChangedAt).ThenBy(s => s.Id, StringComparer.Ordinal)];
    }

    public long? Find(string tenant, string sessionId) => _find.Scalar(SqliteText.Value(tenant), SqliteText.Value(sessionId)) as long?;

    public ConversationSession Read(long session)
    {
        using var row = _session.Query(session);
        return row.Read()
            ? new(SqliteText.Read(row, 1)) { Tenant = SqliteText.Read(row, 0), Title = SqliteText.Read(row, 2), Redactions = row.GetInt32(3), Turns = Turns(session) }
            : throw new InvalidDataException($"session row {session} is missing");
    }

    /// <summary>How often words were taken out of a session, and how many turns it has.</summary>
    public (int Redactions, int Turns) State(long session)
    {
        using var row = _state.Query(session);
        return row.Read() ? (row.GetInt32(0), row.GetInt32(1)) : throw new InvalidDataException($"session row {session} is missing");
    }

    public long Add(ConversationSession session)
    {
        var row = Convert.ToInt64(_add.Scalar(SqliteText.Value(session.Tenant), SqliteText.Value(session.Id), SqliteText.Value(session.Title), session.Redactions), CultureInfo.InvariantCulture);
        foreach (var turn in session.Turns)
        {
            Add(row, turn);
        }

        return row;
    }

    public void Add(long session, Turn turn)
    {
        _addTurn.Run(
            session, turn.Id, turn.Parent, SqliteText.Value(StoredAnswer.Write(turn.Answer)), turn.At.ToUnixTimeMilliseconds(), SqliteText.Value(turn.Summary), SqliteText.Value(turn.Notice));
        foreach (var document in turn.Answer.Passages.Select(p => p.Chunk.DocumentId).Distinct(StringComparer.Ordinal))
        {
            _addSource.Run(SqliteText.Value(document), session);
        }
    }

    public void SetSummary(long session, int turn, string summary) => _setSummary.Run(session, turn, SqliteText.Value(summary));

    public bool SetTitle(string tenant, string sessionId, string title) => _setTitle.Run(SqliteText.Value(tenant), SqliteText.Value(sessionId), SqliteText.Value(title)) > 0;

    public void Delete(long session)
    {
        foreach (var statement in _deletes)
        {
            statement.Run(session);
        }
    }

    /// <summary>Takes the words of a document out of all sessions of its tenant.</summary>
    public void Redact(string tenant, string documentId)
    {
        List<long> resting = [];
        using (var row = _resting.Query(SqliteText.Value(tenant), SqliteText.Value(documentId)))
        {
            while (row.Read())
            {
                resting.Add(row.GetInt64(0));
            }
        }

        foreach (var session in resting)
        {
            var redacted = Read(session).Without(documentId);
            foreach (var turn in redacted.Turns)
            {
                _setTurn.Run(session, turn.Id, SqliteText.Value(StoredAnswer.Write(turn.Answer)), SqliteText.Value(turn.Summary), SqliteText.Value(turn.Notice));
            }

            _setRedactions.Run(session, redacted.Redactions);
            _dropSource.Run(SqliteText.Value(documentId), session);
        }
    }

    public void Dispose() => Array.ForEach(
        [_list, _find, _session, _state, _turns, _add, _addTurn, _addSource, _setTurn, _setRedactions, _setSummary, _setTitle, _resting, _dropSource, .. _deletes],
        s => s.Dispose());

    private List<Turn> Turns(long session)
    {
        List<Turn> turns = [];
        using var row = _turns.Query(session);
        while (row.Read())
        {
            turns.Add(new(row.GetInt32(0), row.GetInt32(1), StoredAnswer.Read(SqliteText.Read(row, 2)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))
            {
                Summary = SqliteText.ReadOrNull(row, 4),
                Notice = SqliteText.ReadOrNull(row, 5),
            });
        }

        return turns;
    }
}
