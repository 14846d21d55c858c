using System.Runtime.CompilerServices;
using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Conversations;
using Rag.Generation;

namespace Rag.Api.Endpoints;

/// <summary><c>POST /api/ask</c>: a checked answer, whole or in events as it is made; in a conversation where one is named.</summary>
internal static class AskEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("ask", "POST", "/api/ask", ApiScope.Ask, AskAsync).WithSummary("A checked answer to a question")
            .WithDescription("With stream: true, or Accept: text/event-stream, events: passage (each one it may cite), token (a piece of text; marks in it are checked), restart (what came so far is withdrawn), citation, verdict (each sentence), usage, and done (the whole answer) or error (a problem).")
            .Takes<AskRequest>().Header("Idempotency-Key", "A name of this question, such as a UUID. Sent again under it, it is answered once, and is one turn of its conversation; of a stream only the end comes again.").Fails(409, "still-running").Fails(422, "idempotency-key-reused").Produces<AnswerJson>().Streams();

    /// <summary>The question as it is made into an answer, in a conversation or by itself.</summary>
    public static IAsyncEnumerable<AnswerUpdate> UpdatesAsync(ApiCall call, AskRequest request)
    {
        var query = call.Caller.Query(SearchEndpoints.TextOf(request.Question, "question"), request.Filter);
        return request.Session is not { Length: > 0 } session ? call.Service<RagPipeline>().AskStreamingAsync(query, null, call.Cancelled)
            : call.Service<ConversationPipeline>().AskStreamingAsync(SessionEndpoints.IdOf(call.Caller, session), query, request.After, null, call.Cancelled);
    }

    private static async Task<IResult> AskAsync(ApiCall call)
    {
        var request = await call.ReadAsync(t => t.AskRequest);
        var updates = Checked(UpdatesAsync(call, request), call.Cancelled);
        var once = call.Service<RememberedReplies>().Begin(call, request with { Stream = false });
        if (request.Stream || call.WantsEvents)
        {
            return EventStream.Of(events => SendAsync(events, call, updates, once));
        }

        using var ended = once;
        if (once.Reply is AnswerJson earlier)
        {
            return ApiCall.Json(earlier, t => t.AnswerJson);
        }

        await foreach (var update in updates)
        {
            if (update is AnswerUpdate.Completed completed)
            {
                var answer = Finish(call, completed);
                once.Reply = answer;
                return ApiCall.Json(answer, t => t.AnswerJson);
            }
        }

        throw new System.Diagnostics.UnreachableException("An answer stream ends with its answer.");
    }

    private static async Task SendAsync(EventStream events, ApiCall call, IAsyncEnumerable<AnswerUpdate> updates, RememberedReplies.Once once)
    {
        using var ended = once;
        if (once.Reply is AnswerJson earlier)
        {
            await events.WriteAsync("done", earlier, t => t.AnswerJson);
            return;
        }

        await foreach (var update in updates)
        {
            switch (update)
            {
                case AnswerUpdate.Retrieved retrieved:
                    foreach (var passage in retrieved.Passages)
                    {
                        await events.WriteAsync("passage", SourceOf(passage, call.Caller), t => t.SourceJson);
                    }

                    break;
                case AnswerUpdate.Words words:
                    await events.WriteAsync("token", new TextEvent(words.Text), t => t.TextEvent);
                    break;
                case AnswerUpdate.Restarted:
                    await events.WriteAsync("restart", "{}");
                    break;
                case AnswerUpdate.Completed completed:
                    var answer = Finish(call, completed);
                    once.Reply = answer;
                    foreach (var citation in answer.Answer.Citations)
                    {
                        await events.WriteAsync("citation", citation, t => t.CitationJson);
                    }

                    foreach (var sentence in answer.Answer.Sentences)
                    {
                        await events.WriteAsync("verdict", sentence, t => t.SentenceJson);
                    }

                    await events.WriteAsync("usage", answer.Answer.Usage, t => t.UsageJson);
                    await events.WriteAsync("done", answer, t => t.AnswerJson);
                    break;
            }
        }
    }

    /// <summary>A source as the caller may see it.</summary>
    public static SourceJson SourceOf(Passage passage, Caller caller) => SourceJson.Of(passage) with { Path = null, Score = caller.Key.Scores ? passage.Score : 0 };

    /// <summary>An answer as the caller may see it: paths tell of the server, and scores of documents.</summary>
    public static AskJson AnswerOf(Answer answer, Caller caller)
    {
        var json = AskJson.Of(answer, default);
        return json with { Citations = json.Citations.Select(c => c with { Path = null }), Sources = answer.Passages.Select(p => SourceOf(p, caller)) };
    }

    private static AnswerJson Finish(ApiCall call, AnswerUpdate.Completed completed)
    {
        var answer = completed.Answer;
        call.Service<ApiGuard>().Spend(call.Caller, answer.Usage);
        return new(call.Service<RememberedAnswers>().Add(call.Caller, answer), completed.Turn, call.Caller.Key.Scores || answer.Citations.Count > 0 ? answer.Confidence : null, AnswerOf(answer, call.Caller));
    }

    /// <summary>What a wrong request makes of a conversation is the caller's fault: a turn that is not there.</summary>
    private static async IAsyncEnumerable<AnswerUpdate> Checked(IAsyncEnumerable<AnswerUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = updates.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (ArgumentException e)
            {
                throw ApiProblemException.Invalid(e.Message);
            }

            yield return each.Current;
        }
    }
}
