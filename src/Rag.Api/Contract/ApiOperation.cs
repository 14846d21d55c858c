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
    public static IEndpointConventionBuilder MapApi(this IEndpointRouteBuilder routes, string id, string method, string path, ApiScope scope, Func<ApiCall, Task<IResult>> handle) =>
        Map(routes, id, method, path, scope, ApiEndpoint.Of(scope, handle));

    /// <summary>Maps a handler that is open to all, and keeps no log.</summary>
    public static IEndpointConventionBuilder MapOpen(this IEndpointRouteBuilder routes, string id, string path, Func<HttpContext, Task<IResult>> handle) => Map(routes, id, "GET", path, ApiScope.None, handle);

    public static IEndpointConventionBuilder Takes<T>(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new ApiBody(typeof(T)));

    public static IEndpointConventionBuilder TakesFiles(this IEndpointConventionBuilder endpoint) => endpoint.WithMetadata(new ApiBody(null));

    public static IEndpointConventionBuilder Query(this IEndpointConventionBuilder endpoint, string name, string description, string type = "string") => endpoint.WithMetadata(new ApiParameter("query", name, description, type));

    public static IEndpointConventionBuilder Header(this IEndpointConventionBuilder endpoint, string name, string description) => endpoint.WithMetadata(new ApiParameter("header", name, description, "string"));

    public static IEndpointConventionBuilder Fails(this IEndpointConventionBuilder endpoint, int status, params string[] types) => endpoint.WithMetadata([.. types.Select(type => new ApiProblem(status, type))]);

    /// <summary>Answers with server-sent events, always or where they are asked for.</summary>
    public static IEndpointConventionBuilder Streams(this IEndpointConventionBuilder endpoint) => endpoint.Produces(StatusCodes.Status200OK, "text/event-stream");

    /// <summary>Answers with JSON.</summary>
    public static IEndpointConventionBuilder Produces<T>(this IEndpointConventionBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(T), ["application/json"]));

    /// <summary>Answers with text or bytes of a type, or without a body.</summary>
    public static IEndpointConventionBuilder Produces(this IEndpointConventionBuilder endpoint, int status, string? contentType = null) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void), contentType is null ? [] : [contentType]));

    // A request delegate, since binding of parameters would need reflection or generated code.
    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string id, string method, string path, ApiScope scope, Func<HttpContext, Task<IResult>> handle) => routes.MapMethods(path, [method], async http =>
    {
        SecurityHeaders.Add(http.Response, SecurityHeaders.OfApi);
        await (await handle(http)).ExecuteAsync(http);
    }).WithMetadata(new ApiOperation(id, scope));
}
