namespace Rag.Api.Json;

/// <summary>A question.</summary>
/// <param name="Question">What is to be known.</param>
/// <param name="Filter">Which documents, as <c>docs/reference/filters.md</c> says; all where missing.</param>
/// <param name="Session">The conversation that it belongs to; made where there is none. None where missing.</param>
/// <param name="After">The turn that it goes on from; the newest where missing.</param>
/// <param name="Stream">Whether the answer is sent in events as it is made.</param>
internal sealed record AskRequest(string Question, string? Filter = null, string? Session = null, int? After = null, bool Stream = false);

/// <summary>A search.</summary>
/// <param name="Query">What is looked for.</param>
/// <param name="Top">How many passages, 1 to 100; 10 where missing.</param>
/// <param name="Filter">Which documents.</param>
internal sealed record SearchRequest(string Query, int Top = 10, string? Filter = null);

/// <summary>A task for an agent.</summary>
/// <param name="Task">What is to be done.</param>
/// <param name="Strategy">How it reasons; <c>react</c> where missing.</param>
/// <param name="MaxSteps">Turns, 1 to 50; 16 where missing.</param>
/// <param name="Filter">Which documents it may see.</param>
/// <param name="Stream">Whether steps are sent as they are taken.</param>
internal sealed record AgentRequest(string Task, string Strategy = "react", int MaxSteps = 16, string? Filter = null, bool Stream = false);

/// <summary>What a person thinks of an answer: of one by its id, or of a turn of a conversation.</summary>
/// <param name="Verdict"><c>good</c> or <c>bad</c>.</param>
/// <param name="AnswerId">The answer's <c>id</c>.</param>
/// <param name="Session">The conversation, with <paramref name="Turn"/>.</param>
/// <param name="Turn">The turn in it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Correction">What the answer should have been; the empty text where the documents hold none.</param>
/// <param name="Alternative">Another answer that is better.</param>
internal sealed record FeedbackRequest(string Verdict, string? AnswerId = null, string? Session = null, int? Turn = null, string? Comment = null, string? Correction = null, string? Alternative = null);
