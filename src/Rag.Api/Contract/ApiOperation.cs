using Rag.Api.Security;

namespace Rag.Api.Contract;

/// <summary>An endpoint as the API's document has it; its summary and responses stand beside it in ASP.NET's own metadata.</summary>
/// <param name="Id">The name that generated clients call it by. <c>Contract/Examples/ID.json</c> is its example.</param>
/// <param name="Scope">What a key needs for it.</param>
internal sealed record ApiOperation(string Id, ApiScope Scope);

/// <summary>What an endpoint takes.</summary>
/// <param name="Json">The type of its JSON; <see langword="null"/> for files.</param>
internal sealed record ApiBody(Type? Json);

/// <summary>A parameter that is no part of the path.</summary>
/// <param name="In"><c>query</c> or <c>header</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, or <c>array</c> for a text that may be repeated.</param>
internal sealed record ApiParameter(string In, string Name, string Description, string Type);

/// <summary>A problem that this endpoint has beside those that all have.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">What kind, without <c>urn:rag:problem:</c>.</param>
internal sealed record ApiProblem(int Status, string Type);

/// <summary>How endpoints are mapped and described.</summary>
internal static class ApiOperations
{
    /// <summary>Maps a handler for callers with the scope.</summary>
    public static RouteHandlerBuilder MapApi(this IEndpointRouteBuilder routes, string id, string method, string path, ApiScope scope, Func<ApiCall, Task<IResult>> handle) =>
        routes.MapMethods(path, [method], ApiEndpoint.Of(scope, handle)).WithMetadata(new ApiOperation(id, scope));

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ApiBody(typeof(T)));

    public static RouteHandlerBuilder TakesFiles(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ApiBody(null));

    public static RouteHandlerBuilder Query(this RouteHandlerBuilder endpoint, string name, string description, string type = "string") => endpoint.WithMetadata(new ApiParameter("query", name, description, type));

    public static RouteHandlerBuilder Header(this RouteHandlerBuilder endpoint, string name, string description) => endpoint.WithMetadata(new ApiParameter("header", name, description, "string"));

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, int status, params string[] types) => endpoint.WithMetadata([.. types.Select(type => new ApiProblem(status, type))]);

    /// <summary>Answers with server-sent events, always or where they are asked for.</summary>
    public static RouteHandlerBuilder Streams(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status200OK, contentType: "text/event-stream");
}
