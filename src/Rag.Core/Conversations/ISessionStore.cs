namespace Rag.Conversations;

/// <summary>Keeps sessions. Safe for concurrent use; several askers may add turns to one session, each at its own place in the tree.</summary>
/// <remarks>A session is known by its tenant and its id. It comes into being with its first turn. Every change is one atomic step.</remarks>
public interface ISessionStore
{
    /// <summary>A tenant's sessions without their turns, the one that was changed last first; ties by id (ordinal).</summary>
    Task<IReadOnlyList<StoredSession>> ListAsync(string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>The session as it stands; one without turns where there is none.</summary>
    Task<ConversationSession> GetAsync(string sessionId, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Adds a turn, and with the first one the session.</summary>
    /// <param name="session">The session as it was read before the question was asked.</param>
    /// <param name="parent">The <see cref="Turn.Id"/> of the turn that it goes on from; 0 for a first question.</param>
    /// <param name="answer">The question and its answer.</param>
    /// <param name="cancellationToken">Stops before the turn is kept.</param>
    /// <returns>The turn as it is kept.</returns>
    /// <exception cref="ArgumentException">The session has no turn <paramref name="parent"/>, or has none any more.</exception>
    Task<Turn> AddTurnAsync(ConversationSession session, int parent, Answer answer, CancellationToken cancellationToken = default);

    /// <summary>Begins another session with copies of the turns that lead to a turn, numbered from 1.</summary>
    /// <param name="session">The session to copy from.</param>
    /// <param name="turn">The last turn to copy.</param>
    /// <param name="newSessionId">The other session's name, in the same tenant.</param>
    /// <param name="cancellationToken">Stops before anything is kept.</param>
    /// <returns>Whether it was begun; not where there is a session of that name.</returns>
    /// <exception cref="ArgumentException">The session has no such turn.</exception>
    Task<bool> ForkAsync(ConversationSession session, int turn, string newSessionId, CancellationToken cancellationToken = default);

    /// <summary>Keeps the summary of what was said up to and with a turn; without effect where the session has changed so that it is not fit to be kept.</summary>
    /// <param name="session">The session as it was read before the summary was made.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="summary">For <see cref="Turn.Summary"/>.</param>
    /// <param name="cancellationToken">Stops before the summary is kept.</param>
    Task SetSummaryAsync(ConversationSession session, int turn, string summary, CancellationToken cancellationToken = default);

    /// <summary>Gives a session another title.</summary>
    /// <returns>Whether there was such a session.</returns>
    Task<bool> SetTitleAsync(string sessionId, string title, string tenant = "", CancellationToken cancellationToken = default);

    /// <summary>Deletes a session with all of its turns.</summary>
    /// <returns>Whether there was such a session.</returns>
    Task<bool> DeleteAsync(string sessionId, string tenant = "", CancellationToken cancellationToken = default);
}
