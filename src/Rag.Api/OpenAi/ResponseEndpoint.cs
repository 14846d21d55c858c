using System.Text.Json;
using Rag.Api.Contract;
using Rag.Api.Security;
using Rag.Generation;

namespace Rag.Api.OpenAi;

/// <summary><c>POST /v1/responses</c>: the part of OpenAI's responses that carries citations of files. Nothing is kept of them.</summary>
internal static class ResponseEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("createResponse", "POST", "/v1/responses", ApiScope.Ask, RespondAsync).WithSummary("OpenAI's responses, with citations of files")
            .Takes<ResponseRequest>().Fails(404, "unknown-model").Produces<ResponseObject>().Streams();

    private static async Task<IResult> RespondAsync(ApiCall call)
    {
        var request = await call.ReadAsync(OpenAiJson.Standard.ResponseRequest);
        if (request.Model != ChatCompletionEndpoint.RagModel)
        {
            throw new ApiProblemException(StatusCodes.Status404NotFound, "unknown-model", $"Responses are given by the model '{ChatCompletionEndpoint.RagModel}', not by '{Prompt.Shorten(request.Model ?? "", 100)}'. Other models answer under /v1/chat/completions.");
        }

        if (request.PreviousResponseId is not null)
        {
            throw ApiProblemException.Invalid("previous_response_id is given, and responses are not kept. Send the conversation in input.");
        }

        var (query, _) = ChatCompletionEndpoint.QueryOf(call, MessagesOf(request.Input), null);
        var updates = call.Service<RagPipeline>().AskStreamingAsync(query, null, call.Cancelled);
        var empty = new ResponseObject($"resp_{Guid.CreateVersion7():N}", "response", call.Service<TimeProvider>().GetUtcNow().ToUnixTimeSeconds(), "in_progress", request.Model, []);
        if (request.Stream)
        {
            return EventStream.Of(events => SendAsync(events, call, updates, empty));
        }

        await foreach (var update in updates)
        {
            if (update is AnswerUpdate.Completed { Answer: var answer })
            {
                return Results.Json(Complete(call, empty, answer), OpenAiJson.Standard.ResponseObject);
            }
        }

        throw new System.Diagnostics.UnreachableException("An answer stream ends with its answer.");
    }

    private static async Task SendAsync(EventStream events, ApiCall call, IAsyncEnumerable<AnswerUpdate> updates, ResponseObject empty)
    {
        var (item, number, written) = (ItemOf(empty.Id, "in_progress", []), 0, "");
        await Send(new("response.created", number) { Response = empty });
        await Send(new("response.output_item.added", number) { OutputIndex = 0, Item = item });
        await Send(new("response.content_part.added", number) { ItemId = item.Id, OutputIndex = 0, ContentIndex = 0, Part = new("output_text", "", []) });
        var early = ChatCompletionEndpoint.StreamsUnchecked(call);
        await foreach (var update in updates)
        {
            if (update is AnswerUpdate.Words words && early)
            {
                written += words.Text;
                await Send(Delta(words.Text));
            }
            else if (update is AnswerUpdate.Completed { Answer: var answer })
            {
                var done = Complete(call, empty, answer);
                if (written.Length == 0)
                {
                    await Send(Delta(answer.Text));
                }

                var part = done.Output[0].Content[0];
                for (var i = 0; i < part.Annotations.Count; i++)
                {
                    await Send(new("response.output_text.annotation.added", number) { ItemId = item.Id, OutputIndex = 0, ContentIndex = 0, AnnotationIndex = i, Annotation = part.Annotations[i] });
                }

                await Send(new("response.output_text.done", number) { ItemId = item.Id, OutputIndex = 0, ContentIndex = 0, Text = part.Text });
                await Send(new("response.content_part.done", number) { ItemId = item.Id, OutputIndex = 0, ContentIndex = 0, Part = part });
                await Send(new("response.output_item.done", number) { OutputIndex = 0, Item = done.Output[0] });
                await Send(new("response.completed", number) { Response = done });
            }
        }

        ResponseEvent Delta(string text) => new("response.output_text.delta", number) { ItemId = item.Id, OutputIndex = 0, ContentIndex = 0, Delta = text };

        Task Send(ResponseEvent e)
        {
            number++;
            return events.WriteAsync(e.Type, e, OpenAiJson.Standard.ResponseEvent);
        }
    }

    private static ResponseObject Complete(ApiCall call, ResponseObject empty, Answer answer)
    {
        call.Service<ApiGuard>().Spend(call.Caller, answer.Usage);
        var citations = answer.Citations.Select(c => new FileCitation("file_citation", c.Mark.End, c.Chunk.DocumentId, c.Chunk.Title, c.Quote, c.Page)).ToList();
        return empty with
        {
            Status = "completed",
            Output = [ItemOf(empty.Id, "completed", [new("output_text", answer.Text, citations)])],
            Usage = new(answer.Usage.PromptTokens, answer.Usage.CompletionTokens, answer.Usage.PromptTokens + answer.Usage.CompletionTokens),
        };
    }

    private static OutputItem ItemOf(string response, string status, IReadOnlyList<OutputText> content) => new($"msg_{response["resp_".Length..]}", "message", status, "assistant", content);

    private static List<(string Role, string Text)> MessagesOf(JsonElement? input) => input switch
    {
        { ValueKind: JsonValueKind.String } text => [("user", text.GetString()!)],
        { ValueKind: JsonValueKind.Array } items => [.. items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object && i.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String)
            .Select(i => (i.GetProperty("role").GetString()!, new ChatCompletionMessage("", i.TryGetProperty("content", out var content) ? content : null).Text))],
        _ => throw ApiProblemException.Invalid("input is neither a text nor a list of messages."),
    };
}
