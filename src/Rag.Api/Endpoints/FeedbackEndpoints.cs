using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Conversations;
using Rag.Ratings;

namespace Rag.Api.Endpoints;

/// <summary><c>POST /api/feedback</c>: what a person thinks of an answer, kept with all that led to it.</summary>
internal static class FeedbackEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("rateAnswer", "POST", "/api/feedback", ApiScope.Feedback, AddAsync).WithSummary("Rates an answer")
            .Takes<FeedbackRequest>().Header("Idempotency-Key", "A name of this rating, such as a UUID. Sent again under it, it is kept once.").Fails(409, "still-running").Fails(422, "idempotency-key-reused").Fails(404, "unknown-answer", "unknown-turn").Fails(501, "not-configured").Produces<RatingJson>(StatusCodes.Status201Created);

    private static async Task<IResult> AddAsync(ApiCall call)
    {
        var request = await call.ReadAsync(t => t.FeedbackRequest);
        var ratings = call.Optional<IRatingStore>() ?? throw ApiProblemException.Lacking("store of ratings", "Ratings are kept in a SQLite store.");
        var verdict = request.Verdict switch
        {
            "good" => Verdict.Good,
            "bad" => Verdict.Bad,
            _ => throw ApiProblemException.Invalid("verdict is neither 'good' nor 'bad'."),
        };
        using var once = call.Service<RememberedReplies>().Begin(call, request);
        if (once.Reply is RatingJson kept)
        {
            return ApiCall.Json(kept, t => t.RatingJson, StatusCodes.Status201Created);
        }

        var (answer, earlier) = await RatedAsync(call, request);
        var rating = Rating.Of(answer, verdict, call.Service<TimeProvider>().GetUtcNow()) with
        {
            Tenant = call.Caller.Key.Tenant,
            By = call.Caller.Key.Name,
            Comment = request.Comment,
            Correction = request.Correction,
            Alternative = request.Alternative,
            EarlierQuestions = [.. earlier.Select(a => a.Question)],
            EarlierDocuments = [.. earlier.SelectMany(a => a.Passages).Select(p => p.Chunk.DocumentId).Distinct(StringComparer.Ordinal)],
            Origin = call.Optional<AnswerOrigin>() ?? new(),
        };
        try
        {
            await ratings.AddAsync(rating, call.Cancelled);
        }
        catch (ArgumentException e)
        {
            throw ApiProblemException.Invalid(e.Message);
        }

        var reply = RatingJson.Of(rating);
        once.Reply = reply;
        return ApiCall.Json(reply, t => t.RatingJson, StatusCodes.Status201Created);
    }

    private static async Task<(Answer Answer, IReadOnlyList<Answer> Earlier)> RatedAsync(ApiCall call, FeedbackRequest request)
    {
        if (request.AnswerId is { Length: > 0 } id)
        {
            return (call.Service<RememberedAnswers>().Find(call.Caller, id) ?? throw ApiProblemException.Unknown("answer", id), []);
        }

        if (request.Session is not { Length: > 0 } name || request.Turn is not { } number)
        {
            throw ApiProblemException.Invalid("Neither answerId nor session and turn say which answer is meant.");
        }

        var session = await call.Service<ISessionStore>().GetAsync(SessionEndpoints.IdOf(call.Caller, name), call.Caller.Key.Tenant, call.Cancelled);
        if (!session.Turns.Any(t => t.Id == number))
        {
            throw ApiProblemException.Unknown("turn", $"{name}/{number}");
        }

        var branch = session.Branch(number);
        return (branch[^1].Answer, [.. branch.SkipLast(1).Select(t => t.Answer)]);
    }
}
