using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Rag.Api.Json;
using Rag.Api.Security;

namespace Rag.Api;

/// <summary>One admitted request.</summary>
/// <param name="Http">The request.</param>
/// <param name="Caller">Who makes it.</param>
internal sealed record ApiCall(HttpContext Http, Caller Caller)
{
    /// <summary>Cancelled when the caller has gone, and when the server stops.</summary>
    public required CancellationToken Cancelled { get; init; }

    public RagApiOptions Options => Service<IOptions<RagApiOptions>>().Value;

    /// <summary>Whether the caller wants events as they come.</summary>
    public bool WantsEvents => Http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    /// <summary>A service that is always there.</summary>
    public T Service<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>A service that a server may do without.</summary>
    public T? Optional<T>()
        where T : class => Http.RequestServices.GetService<T>();

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string)Http.Request.RouteValues[name]!;

    /// <summary>A whole number of the query string.</summary>
    /// <exception cref="ApiProblemException">It is none, or out of range.</exception>
    public int Number(string name, int standard, int least, int most) => Http.Request.Query[name].ToString() switch
    {
        "" => standard,
        var text when int.TryParse(text, out var number) && number >= least && number <= most => number,
        var text => throw ApiProblemException.Invalid($"{name} is '{Prompt.Shorten(text, 50)}'; give a whole number from {least} to {most}."),
    };

    /// <summary>The body, as JSON.</summary>
    /// <exception cref="ApiProblemException">It is no JSON, not of this form, or too large.</exception>
    public Task<T> ReadAsync<T>(Func<ApiJson, JsonTypeInfo<T>> type)
        where T : class => ReadAsync(type(ApiJson.Standard));

    /// <inheritdoc cref="ReadAsync{T}(Func{ApiJson, JsonTypeInfo{T}})"/>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (!Http.Request.HasJsonContentType())
        {
            throw new ApiProblemException(StatusCodes.Status415UnsupportedMediaType, "wrong-content-type", $"The body is '{Prompt.Shorten(Http.Request.ContentType ?? "of no type", 100)}'. Send 'Content-Type: application/json'.");
        }

        if (Http.Request.ContentLength > Options.MaxRequestBytes)
        {
            throw TooLarge(Options.MaxRequestBytes);
        }

        try
        {
            var body = new LimitedStream(Http.Request.Body, Options.MaxRequestBytes, () => TooLarge(Options.MaxRequestBytes));
            return await JsonSerializer.DeserializeAsync(body, type, Cancelled) ?? throw ApiProblemException.Invalid("The body is null. Send an object.");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw ApiProblemException.Invalid("The request breaks off or is malformed. Send it again."); // chunks whose size is none
        }
        catch (JsonException e)
        {
            // The message may hold text of the request, the path only names of ours.
            throw ApiProblemException.Invalid($"The body is not the JSON that this takes{(string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $", at {Prompt.Shorten(e.Path, 100)}")}. docs/how-to/serve-the-api.md has its form.");
        }
    }

    /// <summary>Answers with JSON.</summary>
    public static IResult Json<T>(T value, Func<ApiJson, JsonTypeInfo<T>> type, int status = StatusCodes.Status200OK) => Results.Json(value, type(ApiJson.Standard), statusCode: status);

    private static ApiProblemException TooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge, "too-large", $"The body may hold {most} bytes. Send less, or upload a file.");
}
