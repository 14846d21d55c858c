using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rag.Api.Tests.Jobs;
using Rag.Testing;

namespace Rag.Api.Tests.Faults;

public sealed class ShutdownTests
{
    private const int Streams = 50;

    [Fact]
    public async Task Every_open_stream_ends_with_a_whole_event_once_its_time_is_over()
    {
        var time = new ManualTime();
        var (client, open, _) = Held();
        await using var server = await ApiServer.StartAsync(client: client, services: s => s.AddSingleton<TimeProvider>(time));
        var agents = Enumerable.Range(0, Streams).Select(_ => server.EventsAsync("/api/agents", new { task = "Who?", strategy = "react", stream = true })).ToList();
        var models = Enumerable.Range(0, Streams).Select(_ => server.EventsAsync("/v1/chat/completions", new { model = "model", messages = new[] { new { role = "user", content = "Who?" } }, stream = true })).ToList();
        var whole = server.PostAsync("/api/agents", new { task = "Who?", strategy = "react" });
        await open(2 * Streams + 1);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        time.Advance(ServerStop.Grace);
        await server.StopAsync();

        foreach (var events in await Task.WhenAll([.. agents, .. models]))
        {
            var (name, problem) = events[^1];
            Assert.Equal(("error", "urn:rag:problem:stopping"), (name, problem.GetProperty("type").GetString()));
        }

        Assert.Equal((System.Net.HttpStatusCode.ServiceUnavailable, "urn:rag:problem:stopping"), ((await whole).Status, (await whole).Body.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_stream_that_is_done_in_time_is_not_disturbed()
    {
        var time = new ManualTime();
        var (client, open, goOn) = Held();
        await using var server = await ApiServer.StartAsync(client: client, services: s => s.AddSingleton<TimeProvider>(time));
        var stream = server.EventsAsync("/api/agents", new { task = "Who?", strategy = "react", stream = true });
        await open(1);

        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        time.Advance(ServerStop.Grace - TimeSpan.FromMilliseconds(1));
        goOn.SetResult();

        Assert.Equal("done", (await stream)[^1].Name);
    }

    [Fact]
    public async Task A_running_job_goes_back_to_the_queue_as_if_it_had_not_begun()
    {
        await using var server = await UploadServer.StartAsync();
        var begun = new TaskCompletionSource();
        server.Store.BeforeReplace = () =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        };
        var job = UploadServer.JobOf(await server.UploadAsync("a.txt", "The heron stands still."));
        await begun.Task;

        await server.Api.StopAsync();
        await server.RestartAsync();
        var ended = await server.EndAsync(job);

        Assert.Equal(("done", 1), (UploadServer.State(ended), ended.GetProperty("attempts").GetInt32()));
    }

    /// <summary>A model that writes nothing until it is told to, how to wait until so many ask it, and how to tell it.</summary>
    private static (ScriptedChatClient Client, Func<int, Task> Open, TaskCompletionSource GoOn) Held()
    {
        var (goOn, asked) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new SemaphoreSlim(0));
        var client = new ScriptedChatClient("Thought 1: I know it.\nAction 1: Finish[Ada Crane]")
        {
            Before = token =>
            {
                asked.Release();
                return goOn.Task.WaitAsync(token);
            },
        };
        return (client, async count =>
        {
            for (var i = 0; i < count; i++)
            {
                await asked.WaitAsync(TestContext.Current.CancellationToken);
            }
        }, goOn);
    }
}
