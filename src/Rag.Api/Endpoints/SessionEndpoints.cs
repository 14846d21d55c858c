using Rag.Api.Contract;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Conversations;

namespace Rag.Api.Endpoints;

/// <summary><c>/api/sessions</c>: conversations that are kept. Each key has its own: what one has asked, another cannot read.</summary>
internal static class SessionEndpoints
{
    private const int MaxName = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("listSessions", "GET", "/api/sessions", ApiScope.Ask, ListAsync).WithSummary("Conversations, the one changed last first").Produces<SessionPage>();
        routes.MapApi("getSession", "GET", "/api/sessions/{session}", ApiScope.Ask, GetAsync).WithSummary("A conversation with its turns").Fails(400, "invalid-request").Fails(404, "unknown-session").Produces<SessionJson>();
        routes.MapApi("deleteSession", "DELETE", "/api/sessions/{session}", ApiScope.Ask, DeleteAsync).WithSummary("Deletes a conversation with all of its turns").Fails(400, "invalid-request").Fails(404, "unknown-session").Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The name under which a caller's conversation is kept.</summary>
    /// <exception cref="ApiProblemException">The name is too long.</exception>
    public static string IdOf(Caller caller, string session) => session.Length > MaxName
        ? throw ApiProblemException.Invalid($"The session's name has {session.Length} characters and may have {MaxName}.")
        : PrefixOf(caller) + session;

    // Of the machine's own user, who reads the store's file in any case, they are those of 'rag chat' too.
    private static string PrefixOf(Caller caller) => caller.Key.Hash.Length == 0 ? "" : $"{caller.Key.Hash}/";

    private static async Task<IResult> ListAsync(ApiCall call)
    {
        var prefix = PrefixOf(call.Caller);
        var sessions = await call.Service<ISessionStore>().ListAsync(call.Caller.Key.Tenant, call.Cancelled);
        return ApiCall.Json(new SessionPage([.. sessions.Where(s => s.Id.StartsWith(prefix, StringComparison.Ordinal)).Select(s => new SessionSummaryJson(s.Id[prefix.Length..], s.Title, s.Turns, s.ChangedAt))]), t => t.SessionPage);
    }

    private static async Task<IResult> GetAsync(ApiCall call)
    {
        var session = await call.Service<ISessionStore>().GetAsync(IdOf(call.Caller, call.Route("session")), call.Caller.Key.Tenant, call.Cancelled);
        return session.Turns.Count == 0 ? throw ApiProblemException.Unknown("session", call.Route("session"))
            : ApiCall.Json(new SessionJson(call.Route("session"), session.Title, [.. session.Turns.Select(t => new TurnJson(t.Id, t.Parent, t.At, AskEndpoints.AnswerOf(t.Answer, call.Caller)))]), t => t.SessionJson);
    }

    private static async Task<IResult> DeleteAsync(ApiCall call)
    {
        var session = call.Route("session");
        var deleted = await call.Service<ISessionStore>().DeleteAsync(IdOf(call.Caller, session), call.Caller.Key.Tenant, call.Cancelled);
        call.Service<RememberedReplies>().ForgetSession(call.Caller, session);
        return deleted ? Results.NoContent() : throw ApiProblemException.Unknown("session", session);
    }
}
