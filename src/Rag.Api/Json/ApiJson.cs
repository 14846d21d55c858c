using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Rag.Agents;
using Rag.Api.Jobs;

namespace Rag.Api.Json;

/// <summary>Reads and writes the JSON of the API, without reflection.</summary>
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskJson))]
[JsonSerializable(typeof(AnswerJson))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(SearchJson))]
[JsonSerializable(typeof(DocumentPage))]
[JsonSerializable(typeof(DocumentTextJson))]
[JsonSerializable(typeof(WordsJson))]
[JsonSerializable(typeof(EvaluationsJson))]
[JsonSerializable(typeof(AgentRequest))]
[JsonSerializable(typeof(AgentJson))]
[JsonSerializable(typeof(AgentStepJson))]
[JsonSerializable(typeof(SessionPage))]
[JsonSerializable(typeof(SessionJson))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(IngestionJob))]
[JsonSerializable(typeof(JobJson))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(RatingJson))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(TextEvent))]
[JsonSerializable(typeof(SourceJson))]
[JsonSerializable(typeof(CitationJson))]
[JsonSerializable(typeof(SentenceJson))]
[JsonSerializable(typeof(UsageJson))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Names in camel case, text of every script readable. What HTML gives a meaning to is escaped, in case somebody puts it into a page.</summary>
    public static ApiJson Standard { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        MaxDepth = 32,
    });
}
