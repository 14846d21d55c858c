using Microsoft.Extensions.AI;
using Rag.Api.Contract;
using Rag.Api.Endpoints;
using Rag.Api.Security;
using Rag.Citations;
using Rag.Generation;

namespace Rag.Api.OpenAi;

/// <summary><c>POST /v1/chat/completions</c>: the model <c>rag</c> answers from the documents with citations as annotations; any other is the language model behind the server, with its tools.</summary>
internal static class ChatCompletionEndpoint
{
    /// <summary>The name of the model that answers from the documents.</summary>
    public const string RagModel = "rag";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("createChatCompletion", "POST", "/v1/chat/completions", ApiScope.Ask, CompleteAsync).WithSummary("OpenAI's chat completions")
            .WithDescription($"The model '{RagModel}' answers the last message from the documents. The other models that /v1/models lists are passed through, tools included.")
            .Takes<ChatCompletionRequest>().Fails(404, "unknown-model").Produces<ChatCompletion>().Streams();

    /// <summary>The conversation in our form: the question is the last message of the user.</summary>
    /// <exception cref="ApiProblemException">There is none.</exception>
    public static (Query Query, IReadOnlyList<ChatMessage> History) QueryOf(ApiCall call, IReadOnlyList<(string Role, string Text)> messages, string? filter)
    {
        var last = messages.ToList().FindLastIndex(m => m.Role == "user");
        var question = SearchEndpoints.TextOf(last < 0 ? null : messages[last].Text, "messages: the last message of the role 'user'");
        List<ChatMessage> history = [.. messages.Take(last).Where(m => m.Role is "user" or "assistant").Select(m => new ChatMessage(new(m.Role), CitationMark.Remove(m.Text)))];
        return (call.Caller.Query(question, filter) with { History = history }, history);
    }

    /// <summary>Whether words may be sent before they are checked: where what is unsupported stays in the text.</summary>
    public static bool StreamsUnchecked(ApiCall call) => (call.Optional<CitationVerifierOptions>() ?? new()).Unsupported == UnsupportedSentences.Mark;

    private static async Task<IResult> CompleteAsync(ApiCall call)
    {
        var request = await call.ReadAsync(OpenAiJson.Standard.ChatCompletionRequest);
        if (request.Messages is not { Count: > 0 } messages)
        {
            throw ApiProblemException.Invalid("messages is missing or empty. Send at least one message of the role 'user'.");
        }

        if (request.Model != RagModel)
        {
            return await ModelPassthrough.CompleteAsync(call, request);
        }

        if (request.Tools is { Count: > 0 })
        {
            throw ApiProblemException.Invalid($"The model '{RagModel}' answers from the documents and calls no tools. Leave tools out, or use another model of /v1/models.");
        }

        var (query, _) = QueryOf(call, [.. messages.Select(m => (m.Role, m.Text))], request.Filter);
        var updates = call.Service<RagPipeline>().AskStreamingAsync(query, null, call.Cancelled);
        var id = $"chatcmpl-{Guid.CreateVersion7():N}";
        var created = call.Service<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        if (request.Stream)
        {
            return EventStream.Of(events => SendAsync(events, call, updates, new(id, "chat.completion.chunk", created, RagModel, []), request.StreamOptions?.IncludeUsage == true));
        }

        await foreach (var update in updates)
        {
            if (update is AnswerUpdate.Completed { Answer: var answer })
            {
                call.Service<ApiGuard>().Spend(call.Caller, answer.Usage);
                var message = new MessageJson { Role = "assistant", Content = answer.Text, Annotations = Annotations(answer) };
                return Results.Json(new ChatCompletion(id, "chat.completion", created, RagModel, [new(0) { Message = message, FinishReason = "stop" }]) { Usage = UsageOf(answer.Usage), Rag = AskEndpoints.AnswerOf(answer, call.Caller) }, OpenAiJson.Standard.ChatCompletion);
            }
        }

        throw new System.Diagnostics.UnreachableException("An answer stream ends with its answer.");
    }

    private static async Task SendAsync(EventStream events, ApiCall call, IAsyncEnumerable<AnswerUpdate> updates, ChatCompletion chunk, bool usage)
    {
        var unchecked_ = StreamsUnchecked(call);
        await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new() { Role = "assistant", Content = "" } }] }, OpenAiJson.Standard.ChatCompletion);
        var written = false;
        await foreach (var update in updates)
        {
            if (update is AnswerUpdate.Words words && unchecked_)
            {
                written = true;
                await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new() { Content = words.Text } }] }, OpenAiJson.Standard.ChatCompletion);
            }
            else if (update is AnswerUpdate.Completed { Answer: var answer })
            {
                call.Service<ApiGuard>().Spend(call.Caller, answer.Usage);
                var rest = written && !answer.Abstained ? null : written ? $"\n\n{answer.Text}" : answer.Text;
                await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new() { Content = rest, Annotations = Annotations(answer) } }] }, OpenAiJson.Standard.ChatCompletion);
                await events.WriteAsync(null, chunk with { Choices = [new(0) { Delta = new(), FinishReason = "stop" }], Rag = AskEndpoints.AnswerOf(answer, call.Caller) }, OpenAiJson.Standard.ChatCompletion);
                if (usage)
                {
                    await events.WriteAsync(null, chunk with { Usage = UsageOf(answer.Usage) }, OpenAiJson.Standard.ChatCompletion);
                }
            }
        }

        await events.WriteAsync(null, "[DONE]");
    }

    private static List<AnnotationJson> Annotations(Answer answer) =>
        [.. answer.Citations.Select(c => new AnnotationJson("url_citation", new(c.Mark.Start, c.Mark.End, c.Chunk.Title, $"/api/documents/text/{string.Join('/', c.Chunk.DocumentId.Split('/').Select(Uri.EscapeDataString))}", c.Quote, c.Chunk.DocumentId, c.Page)))];

    private static CompletionUsage UsageOf(TokenUsage usage) => new(usage.PromptTokens, usage.CompletionTokens, usage.PromptTokens + usage.CompletionTokens);
}
