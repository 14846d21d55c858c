using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rag.Api.Security;
using Rag.Storage;

namespace Rag.Api.Tests.Jobs;

/// <summary>A server that takes uploads of two keys of one tenant and one of another, and a store whose writes a test can hold up or make fail.</summary>
internal sealed class UploadServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rag-uploads-");
    private ApiServer? _server;

    public static (string Secret, ApiKey Key) Mine { get; } = ApiKey.Create("mine", ApiScope.All);

    public static (string Secret, ApiKey Key) Board { get; } = Make(k => k with { Groups = ["board"] });

    public static (string Secret, ApiKey Key) Other { get; } = Make(k => k with { Tenant = "other" });

    public string Folder => _folder.FullName;

    public ApiServer Api => _server!;

    public HeldStore Store { get; private set; } = null!;

    /// <summary>Folders of uploads that are on the disk.</summary>
    public IEnumerable<string> Kept => _folder.EnumerateDirectories().SelectMany(d => d.EnumerateDirectories()).Select(d => d.Name);

    public static async Task<UploadServer> StartAsync(long most = 1 << 20)
    {
        var server = new UploadServer();
        await server.RestartAsync(most);
        return server;
    }

    /// <summary>Stops the server and starts it anew, with an empty store.</summary>
    public async Task RestartAsync(long most = 1 << 20, Func<Task>? beforeReplace = null)
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _server = await ApiServer.StartAsync(
            o =>
            {
                o.FilesFolder = Folder;
                o.MaxUploadBytes = most;
                ((ApiKey[])[Mine.Key, Board.Key, Other.Key]).ToList().ForEach(o.Keys.Add);
            },
            services: services =>
            {
                Store = new((IChunkStore)services.Last(s => s.ServiceType == typeof(IChunkStore)).ImplementationInstance!) { BeforeReplace = beforeReplace };
                services.AddSingleton<IChunkStore>(Store);
            });
    }

    /// <summary>Uploads a file as a plain body.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(string name, string text, string? key = null, string query = "", string? idempotencyKey = null) =>
        SendAsync($"/api/documents?name={Uri.EscapeDataString(name)}{query}", new ByteArrayContent(Encoding.UTF8.GetBytes(text)), key, idempotencyKey);

    /// <summary>Uploads files as a form.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> UploadFormAsync(params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes), "file", name);
        }

        return SendAsync("/api/documents", form);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string path, HttpContent content, string? key = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? Mine.Secret);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        var (status, body) = await Api.SendAsync(request);
        return (status, JsonElement.Parse(body));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, string? key = null) => Api.GetAsync(path, key ?? Mine.Secret);

    public Task<(HttpStatusCode Status, JsonElement Body)> DeleteAsync(string path, string? key = null) => Api.SendAsync(HttpMethod.Delete, path, null, key ?? Mine.Secret);

    /// <summary>The id of the only job of an accepted upload.</summary>
    public static string JobOf((HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.True(answer.Status == HttpStatusCode.Accepted, $"{answer.Status}: {answer.Body}");
        return Assert.Single(answer.Body.GetProperty("jobs").EnumerateArray()).GetProperty("id").GetString()!;
    }

    /// <summary>The events of a job, to its end.</summary>
    public async Task<List<(string Name, JsonElement Data)>> EventsAsync(string job, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{job}/events");
        request.Headers.Authorization = new("Bearer", key ?? Mine.Secret);
        using var response = await Api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var events = new List<(string, JsonElement)>();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add((item.EventType, JsonElement.Parse(item.Data)));
        }

        return events;
    }

    /// <summary>A job once it has ended.</summary>
    public async Task<JsonElement> EndAsync(string job, string? key = null)
    {
        await EventsAsync(job, key);
        return (await GetAsync($"/api/jobs/{job}", key)).Body;
    }

    public static string State(JsonElement job) => job.GetProperty("state").GetString()!;

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static (string, ApiKey) Make(Func<ApiKey, ApiKey> change)
    {
        var (secret, key) = ApiKey.Create("another", ApiScope.All);
        return (secret, change(key));
    }
}
