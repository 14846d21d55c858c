using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>An answer, under an id by which it can be rated.</summary>
/// <param name="Id">Of the answer; the server remembers the newest ones.</param>
/// <param name="Turn">The turn that it became in its conversation; <c>null</c> without one.</param>
/// <param name="Confidence">How probable it is that the first cited sentence answers the question, 0 to 1; <c>null</c> where that is not known.</param>
/// <param name="Answer">What <c>rag ask --json</c> prints.</param>
internal sealed record AnswerJson(string Id, int? Turn, double? Confidence, AskJson Answer);

/// <summary>What a search found, best first.</summary>
internal sealed record SearchJson(string Query, IReadOnlyList<PassageJson> Hits);

/// <summary>A passage; <c>score</c> only for keys that are shown scores.</summary>
internal sealed record PassageJson(int Rank, string ChunkId, string DocumentId, string Title, int? Page, int Start, int End, string Context, string Text)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Place { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }
}

/// <summary>Documents in the order of their ids.</summary>
/// <param name="Documents">Some of them.</param>
/// <param name="Next">What <c>after</c> is for the next ones; <c>null</c> at the end.</param>
internal sealed record DocumentPage(IReadOnlyList<DocumentJson> Documents, string? Next);

/// <summary>Conversations, the one that was changed last first.</summary>
internal sealed record SessionPage(IReadOnlyList<SessionSummaryJson> Sessions);

/// <summary>A conversation without its turns.</summary>
internal sealed record SessionSummaryJson(string Id, string Title, int Turns, DateTimeOffset ChangedAt);

/// <summary>A conversation.</summary>
internal sealed record SessionJson(string Id, string Title, IReadOnlyList<TurnJson> Turns);

/// <summary>A turn; <c>parent</c> is the turn that it goes on from, 0 for a first one.</summary>
internal sealed record TurnJson(int Id, int Parent, DateTimeOffset At, AskJson Answer);

/// <summary>Whether the server works.</summary>
internal sealed record HealthJson(string Status);

/// <summary>An event with a text in it.</summary>
internal sealed record TextEvent(string Text);
