using System.Text.Json.Serialization;

namespace Rag.Api.Json;

/// <summary>An answer, under an id by which it can be rated.</summary>
internal sealed record AnswerJson(
    [Description("The id by which the answer can be rated; the server remembers the newest ones.")] string Id,
    [Description("The turn that it became in its conversation; null without one.")] int? Turn,
    [Description("How probable it is that the first cited sentence answers the question, 0 to 1; null where that is not known.")] double? Confidence,
    [Description("The answer with its citations and sources.")] AskJson Answer);

/// <summary>What a search found, best first.</summary>
internal sealed record SearchJson(
    [Description("The query, as it was asked.")] string Query,
    [Description("The passages that were found, best first.")] IReadOnlyList<PassageJson> Hits);

/// <summary>A passage that a search found.</summary>
internal sealed record PassageJson(
    [Description("Its place in the list, from 1.")] int Rank,
    [Description("The id of the passage.")] string ChunkId,
    [Description("The id of its document.")] string DocumentId,
    [Description("The title of its document.")] string Title,
    [Description("The page on which the passage begins, from 1; null where the format has none.")] int? Page,
    [Description("Where the passage begins in the document's text, in UTF-16 code units from 0.")] int Start,
    [Description("Where the passage ends in the document's text, behind its last code unit.")] int End,
    [Description("The headings above the passage, from the outermost; empty where there are none.")] string Context,
    [Description("The words of the passage.")] string Text)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Where the passage stands, as its format names places, such as Prices!A2:D2; left out where it has no names.")]
    public string? Place { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("How well it was found, higher is better; left out for keys that are not shown scores.")]
    public double? Score { get; init; }
}

/// <summary>Documents in the order of their ids.</summary>
internal sealed record DocumentPage(
    [Description("Some of the documents, in the order of their ids.")] IReadOnlyList<DocumentJson> Documents,
    [Description("What after is for the next ones; null at the end.")] string? Next);

/// <summary>Conversations, the one that was changed last first.</summary>
internal sealed record SessionPage(
    [Description("The conversations, the one that was changed last first.")] IReadOnlyList<SessionSummaryJson> Sessions);

/// <summary>A conversation without its turns.</summary>
internal sealed record SessionSummaryJson(
    [Description("The id of the conversation.")] string Id,
    [Description("What it is called: the beginning of its first question.")] string Title,
    [Description("How many turns it has.")] int Turns,
    [Description("When it was changed last.")] DateTimeOffset ChangedAt);

/// <summary>A conversation.</summary>
internal sealed record SessionJson(
    [Description("The id of the conversation.")] string Id,
    [Description("What it is called: the beginning of its first question.")] string Title,
    [Description("Its turns, in the order in which they were asked.")] IReadOnlyList<TurnJson> Turns);

/// <summary>A turn.</summary>
internal sealed record TurnJson(
    [Description("The number of the turn in its conversation, from 1.")] int Id,
    [Description("The turn that it goes on from; 0 for a first one.")] int Parent,
    [Description("When it was asked.")] DateTimeOffset At,
    [Description("The question with its answer.")] AskJson Answer);

/// <summary>Whether the server works.</summary>
internal sealed record HealthJson(
    [Description("How the server is: live, ready or unready.")] string Status);

/// <summary>An event with a text in it.</summary>
internal sealed record TextEvent(string Text);
