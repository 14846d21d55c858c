using Microsoft.AspNetCore.Mvc;
using Rag.Api.Json;
using Rag.Api.Security;
using Rag.Storage;

namespace Rag.Api;

/// <summary>What all endpoints do: let the caller in, run, turn every failure into a problem, and write the audit log.</summary>
internal static partial class ApiEndpoint
{
    /// <summary>A handler that is run for callers with the scope.</summary>
    public static Func<HttpContext, Task<IResult>> Of(ApiScope scope, Func<ApiCall, Task<IResult>> handle) => async http =>
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Rag.Api.Audit");
        var name = "nobody";
        try
        {
            var caller = http.RequestServices.GetRequiredService<ApiGuard>().Admit(http, scope);
            name = caller.Key.Name;
            var result = await handle(new(http, caller) { Cancelled = CancelledOf(http) });
            Admitted(log, name, http.Request.Method, RouteOf(http));
            return result;
        }
        catch (Exception e) when (ProblemOf(e, http) is { } problem)
        {
            Refused(log, name, http.Request.Method, RouteOf(http), problem.Status, problem.Type);
            LogFault(http, e, problem);
            return Write(http, problem);
        }
    };

    /// <summary>Writes to the log what is the server's own fault: the caller is not told why.</summary>
    public static void LogFault(HttpContext http, Exception exception, ApiProblemException problem)
    {
        if (exception is not ApiProblemException && problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Failed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Rag.Api.Audit"), exception, RouteOf(http));
        }
    }

    /// <summary>The problem that an exception is to the caller; <see langword="null"/> where nobody is there to be told.</summary>
    public static ApiProblemException? ProblemOf(Exception exception, HttpContext http) => exception switch
    {
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => null,
        OperationCanceledException when StopOf(http).IsOver.IsCancellationRequested => ServerStop.Problem(),
        _ => ProblemOf(exception),
    };

    /// <summary>The problem that an exception is, in words for whoever caused it.</summary>
    public static ApiProblemException ProblemOf(Exception exception) => exception switch
    {
        ApiProblemException problem => problem,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(StatusCodes.Status408RequestTimeout, "too-slow", "The body came too slowly. Send it again over a better line."),
        BadHttpRequestException { StatusCode: var status } => new(status, "invalid-request", "The request breaks off or is malformed. Send it again."),
        StoreException { DiskIsFull: true } => new(StatusCodes.Status507InsufficientStorage, "disk-full", "The server's disk is full, so nothing of this was kept. Try again once its owner has made room."),
        StoreException => new(StatusCodes.Status503ServiceUnavailable, "store-unavailable", "The store cannot do this now. Try again in a moment.") { RetryAfter = 1 },
        // what went wrong inside may hold words of documents or paths, so it stands in the log only
        _ => new(StatusCodes.Status500InternalServerError, "internal", "The server failed to do this. Its log says why."),
    };

    /// <summary>The body of a problem.</summary>
    /// <remarks>The member <c>error</c> is what clients of OpenAI's protocol read.</remarks>
    public static ProblemDetails Details(ApiProblemException problem) => new()
    {
        Type = problem.Type,
        Status = problem.Status,
        Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.Status),
        Detail = problem.Message,
        Extensions = { ["error"] = new Dictionary<string, string> { ["message"] = problem.Message, ["type"] = problem.Type, ["code"] = problem.Type.Split(':')[^1] } },
    };

    // A stream goes on after its handler has returned, so the source lives as long as the response.
    private static CancellationToken CancelledOf(HttpContext http)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, StopOf(http).IsOver);
        http.Response.RegisterForDispose(source);
        return source.Token;
    }

    private static ServerStop StopOf(HttpContext http) => http.RequestServices.GetRequiredService<ServerStop>();

    private static IResult Write(HttpContext http, ApiProblemException problem)
    {
        if (problem.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Results.Json(Details(problem), ApiJson.Standard.ProblemDetails, "application/problem+json", problem.Status);
    }

    // The pattern, not the path: a path may hold names of documents.
    private static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    [LoggerMessage(1, LogLevel.Information, "{Caller} {Method} {Route}")]
    private static partial void Admitted(ILogger log, string caller, string method, string route);

    [LoggerMessage(2, LogLevel.Warning, "{Caller} {Method} {Route} refused: {Status} {Problem}")]
    private static partial void Refused(ILogger log, string caller, string method, string route, int status, string problem);

    [LoggerMessage(3, LogLevel.Error, "{Route} failed")]
    private static partial void Failed(ILogger log, Exception exception, string route);
}
