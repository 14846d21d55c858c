using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rag.Api.Tests.Contract;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Api.Tests;

/// <summary>A server on this machine over a store in memory, with documents of two tenants.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _log;
    private PublishedContract? _contract;

    private ApiServer(WebApplication app, List<string> log) => (_app, _log) = (app, log);

    public HttpClient Client { get; private set; } = new();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What was logged.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    public IServiceProvider Services => _app.Services;

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public static async Task<ApiServer> StartAsync(Action<RagApiOptions>? configure = null, IChatClient? client = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        var store = await SqliteChunkStore.OpenAsync(":memory:");
        foreach (var (id, tenant, groups, text) in ((string, string, string[], string)[])
        [
            ("guides/archive.md", "", [], "The archive was founded by Ada Crane in 1987. It moved to Lisbon in 2003."),
            ("guides/printer.md", "", [], "The printer prints 40 pages a minute. It takes A4 paper only."),
            ("board/minutes.md", "", ["board"], "The board decided to sell the archive for nine million."),
            ("secret.md", "other", [], "The archive of the other tenant lies in Oslo."),
        ])
        {
            var document = new Document(id, Path.GetFileNameWithoutExtension(id), text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Tenant = tenant, Groups = groups, Language = "en", Version = "v1", Path = "/srv/private/" + id };
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))]);
        }

        var log = new List<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(ServerLimits.Set);
        builder.Logging.ClearProviders().AddProvider(new ListProvider(log));
        builder.Services.AddSingleton<IChunkStore>(store).AddSingleton(store.Sessions).AddSingleton<Conversations.ISessionStore>(store.Sessions).AddRag().AddRagIngest().AddRagApi(configure);
        builder.Services.AddSingleton<Ratings.IRatingStore>(new Ratings.InMemoryRatingStore());
        if (client is not null)
        {
            builder.Services.AddSingleton(client);
        }

        services?.Invoke(builder.Services);
        var app = builder.Build();
        if (map is null)
        {
            app.MapRag();
            app.MapRagPage();
        }

        map?.Invoke(app);
        await app.StartAsync();
        var server = new ApiServer(app, log);
        server.Client.BaseAddress = server.Address;
        return server;
    }

    /// <summary>Sends a request with a key.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        var (status, text) = await SendAsync(request);
        return (status, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    /// <summary>Sends a request; fails where the response is not as the API's document says.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        var contract = await ContractAsync(); // first: the request may be the server's last
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        contract.Check(request.Method.Method, request.RequestUri!.AbsolutePath, response.StatusCode, response.Content.Headers.ContentType?.MediaType, text);
        return (response.StatusCode, text);
    }

    /// <summary>The API's document.</summary>
    public async Task<PublishedContract> ContractAsync() => _contract ??= new(JsonElement.Parse(await Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken)));

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, string? key = null) => SendAsync(HttpMethod.Post, path, body, key);

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, null, key);

    /// <summary>The events of a stream, to its end.</summary>
    public async Task<List<(string Name, JsonElement Data)>> EventsAsync(string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var events = new List<(string, JsonElement)>();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add((item.EventType, item.Data == "[DONE]" ? default : JsonElement.Parse(item.Data)));
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
            // holds nothing
        }
    }
}
