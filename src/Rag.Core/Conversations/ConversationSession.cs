namespace Rag.Conversations;

/// <summary>A conversation that is kept: a tree of turns. A question that is asked again in other words becomes a turn beside the first; nothing is overwritten.</summary>
/// <param name="Id">The name that its owner gave it; unique in its tenant.</param>
public sealed record ConversationSession(string Id)
{
    // A line of a list.
    private const int MaxTitle = 80;

    /// <summary>Whose it is. Other tenants can neither list nor read it. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>What it is about, on one line: the beginning of its first question unless it was set. Default empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>All turns of all branches, by ascending <see cref="Turn.Id"/>; none for a session that nothing was asked in yet.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>How often the words of a deleted document were taken out of it; tells a store whether what was made from the session is still fit to be kept.</summary>
    public int Redactions { get; init; }

    /// <summary>The turns that lead to a turn, first question first, that turn last.</summary>
    /// <param name="turn">Its <see cref="Turn.Id"/>; 0 for the place before the first question; <see langword="null"/> for the newest turn of all branches.</param>
    /// <exception cref="ArgumentException">The session has no such turn.</exception>
    public IReadOnlyList<Turn> Branch(int? turn = null)
    {
        var branch = new List<Turn>();
        for (var at = turn ?? (Turns is [.., var newest] ? newest.Id : 0); at != 0; at = branch[^1].Parent)
        {
            ThrowIfNoTurn(Id, at, Turns.Count);
            branch.Add(Turns[at - 1]);
        }

        branch.Reverse();
        return branch;
    }

    /// <summary>
    /// The session without the words of a document that was deleted. Its passages and quotes go, and each sentence that cites it or has a word that, of all that its turn was made
    /// from, only the document had; summaries go, for they are made anew when they are needed. A turn that lost something says so in <see cref="Turn.Notice"/>.
    /// Questions as asked are the asker's own words and stay.
    /// </summary>
    public ConversationSession Without(string documentId)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        return Redaction.Without(this, documentId);
    }

    /// <summary>Turns are numbered without a gap, so their count tells which there are.</summary>
    internal static void ThrowIfNoTurn(string sessionId, int turn, int count)
    {
        if (turn < 0 || turn > count)
        {
            throw new ArgumentException($"The session '{sessionId}' has no turn {turn}; {(count == 0 ? "it has none. Was it deleted?" : $"it has the turns 1 to {count}.")}", nameof(turn));
        }
    }

    /// <summary>The title of a session that begins with a question.</summary>
    internal static string TitleOf(Answer first) => Prompt.Shorten(Prompt.OnOneLine(first.Question), MaxTitle);

    /// <summary>The turns that lead to a turn, numbered from 1, for a session of their own.</summary>
    internal IReadOnlyList<Turn> CopyOf(int turn) => [.. Branch(turn).Select((t, i) => t with { Id = i + 1, Parent = i })];
}

/// <summary>What a store says of a session without its turns.</summary>
/// <param name="Id">Its name in its tenant.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Turns">Number of turns of all branches, at least 1.</param>
/// <param name="ChangedAt">When the newest of them was added.</param>
public sealed record StoredSession(string Id, string Title, int Turns, DateTimeOffset ChangedAt);
