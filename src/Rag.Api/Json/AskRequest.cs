namespace Rag.Api.Json;

/// <summary>A question.</summary>
internal sealed record AskRequest(
    [Description("What is to be known.")] string Question,
    [Description("Which documents, as docs/reference/filters.md says; all where it is missing.")] string? Filter = null,
    [Description("The conversation that it belongs to, made where there is none. None where it is missing.")] string? Session = null,
    [Description("The turn that it goes on from; the newest where it is missing.")] int? After = null,
    [Description("Whether the answer is sent in events as it is made.")] bool Stream = false);

/// <summary>A search.</summary>
internal sealed record SearchRequest(
    [Description("What is looked for.")] string Query,
    [Description("How many passages, 1 to 100; 10 where it is missing.")] int Top = 10,
    [Description("Which documents, as docs/reference/filters.md says; all where it is missing.")] string? Filter = null);

/// <summary>A task for an agent.</summary>
internal sealed record AgentRequest(
    [Description("What is to be done.")] string Task,
    [Description("How the agent reasons; react where it is missing.")] string Strategy = "react",
    [Description("The most turns, 1 to 50; 16 where it is missing.")] int MaxSteps = 16,
    [Description("Which documents it may see, as docs/reference/filters.md says; all where it is missing.")] string? Filter = null,
    [Description("Whether steps are sent in events as they are taken.")] bool Stream = false);

/// <summary>What a person thinks of an answer: of one by its id, or of a turn of a conversation.</summary>
internal sealed record FeedbackRequest(
    [Description("What the answer was: good or bad.")] string Verdict,
    [Description("The id of the answer, in place of a conversation and a turn.")] string? AnswerId = null,
    [Description("The conversation that the answer stands in, with its turn.")] string? Session = null,
    [Description("The turn of the conversation.")] int? Turn = null,
    [Description("Why the answer was good or bad.")] string? Comment = null,
    [Description("What the answer should have been; the empty text where the documents hold none.")] string? Correction = null,
    [Description("Another answer that is better.")] string? Alternative = null);
