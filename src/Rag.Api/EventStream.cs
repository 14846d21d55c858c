using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Rag.Api.Json;

namespace Rag.Api;

/// <summary>Server-sent events with JSON in them.</summary>
internal sealed class EventStream(HttpContext http)
{
    /// <summary>Answers with events; what fails on the way is the event <c>error</c> with the problem in it, since the status has been sent.</summary>
    public static IResult Of(Func<EventStream, Task> write) => new Streamed(write);

    /// <summary>Writes one event and sends it at once.</summary>
    /// <param name="name">Its name; <see langword="null"/> for one without, as OpenAI's streams have them.</param>
    /// <param name="value">What it holds.</param>
    /// <param name="type">Its type.</param>
    public Task WriteAsync<T>(string? name, T value, Func<ApiJson, JsonTypeInfo<T>> type) => WriteAsync(name, value, type(ApiJson.Standard));

    /// <inheritdoc cref="WriteAsync{T}(string?, T, Func{ApiJson, JsonTypeInfo{T}})"/>
    public Task WriteAsync<T>(string? name, T value, JsonTypeInfo<T> type) => WriteAsync(name, JsonSerializer.Serialize(value, type));

    /// <summary>Writes one event with data as it stands, on one line.</summary>
    public async Task WriteAsync(string? name, string data)
    {
        await http.Response.WriteAsync($"{(name is null ? "" : $"event: {name}\n")}data: {data}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private sealed class Streamed(Func<EventStream, Task> write) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "text/event-stream";
            httpContext.Response.Headers.CacheControl = "no-cache";
            httpContext.Response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var events = new EventStream(httpContext);
            try
            {
                await write(events);
            }
            catch (Exception e) when (ApiEndpoint.ProblemOf(e, httpContext) is { } problem)
            {
                ApiEndpoint.LogFault(httpContext, e, problem);
                await events.WriteAsync("error", ApiEndpoint.Details(problem), t => t.ProblemDetails);
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // the reader has gone, and with it all that was done for it
            }
        }
    }
}
