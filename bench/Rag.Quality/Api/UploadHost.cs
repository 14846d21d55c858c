using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rag.Api;
using Rag.Retrieval;

namespace Rag.Quality.Api;

/// <summary>A server with uploads in a process of its own, which can be killed; the program starts itself as one.</summary>
internal sealed class UploadHost : IDisposable
{
    private readonly Process _process;

    private UploadHost(Process process, HttpClient client) => (_process, Client) = (process, client);

    public HttpClient Client { get; }

    /// <summary>Serves the folder until it is killed; writes its address.</summary>
    public static Task ServeAsync(string folder, TextWriter output) => ServeAsync(folder, "files", _ => { }, output);

    /// <summary>The same with plain keyword search, beside a server that has the uploads.</summary>
    public static Task ServePlainAsync(string folder, TextWriter output) => ServeAsync(folder, "other-files", s => s.AddSingleton<IRetriever, KeywordRetriever>(), output);

    private static async Task ServeAsync(string folder, string files, Action<IServiceCollection> configure, TextWriter output)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(ServerLimits.Set);
        builder.Logging.ClearProviders();
        builder.Services.AddSqliteChunkStore(Path.Combine(folder, "store.db")).AddRag().AddRagIngest().AddRagApi(o => o.FilesFolder = Path.Combine(folder, files));
        configure(builder.Services);
        await using var app = builder.Build();
        app.MapRag();
        await app.StartAsync();
        await output.WriteLineAsync(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await output.FlushAsync();
        await app.WaitForShutdownAsync();
    }

    public static async Task<UploadHost> StartAsync(string folder, bool plain = false)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [plain ? "api-plain-host-of" : "api-host-of", "--data", folder]) { RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The server ended by itself with {process.ExitCode}.");
        return new(process, new() { BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(60) });
    }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of memory that it has.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>All of a list that comes in pages.</summary>
    public async Task<List<JsonElement>> ListAsync(string path, string name)
    {
        var all = new List<JsonElement>();
        string? after = "";
        do
        {
            var page = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}?limit=1000&after={after}"));
            all.AddRange(page.GetProperty(name).EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return all;
    }

    /// <summary>Ends once no job is open.</summary>
    public async Task<List<JsonElement>> EndedJobsAsync()
    {
        foreach (var job in (await ListAsync("/api/jobs", "jobs")).Where(j => j.GetProperty("state").GetString() is "queued" or "running"))
        {
            // a stream of events ends with its job
            await Client.GetStringAsync($"/api/jobs/{job.GetProperty("id").GetString()}/events");
        }

        return await ListAsync("/api/jobs", "jobs");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        Client.Dispose();
        _process.Dispose();
    }
}
