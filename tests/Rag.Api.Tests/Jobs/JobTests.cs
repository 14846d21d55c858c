using System.Net;
using Rag.Storage;
using static Rag.Api.Tests.Jobs.UploadServer;

namespace Rag.Api.Tests.Jobs;

public sealed class JobTests
{
    [Fact]
    public async Task Upload_is_answered_before_its_job_is_done_and_its_events_tell_the_rest()
    {
        await using var server = await StartAsync();
        var hold = new TaskCompletionSource();
        server.Store.BeforeReplace = () => hold.Task;

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/documents?name=a.txt") { Content = new StringContent("The text is about herons.") };
        request.Headers.Authorization = new("Bearer", Mine.Secret);
        using var response = await server.Api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var location = response.Headers.Location!.ToString();
        var events = server.EventsAsync(location.Split('/')[^1]);
        hold.SetResult();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.All((await events).SkipLast(1), e => Assert.Equal("progress", e.Name));
        Assert.Equal(("done", "done"), ((await events)[^1].Name, State((await events)[^1].Data)));
        Assert.Equal("a.txt", (await server.GetAsync(location)).Body.GetProperty("document").GetString());
    }

    [Fact]
    public async Task Job_that_runs_is_cancelled_and_leaves_the_document_and_the_disk_as_they_were()
    {
        await using var server = await StartAsync();
        var first = JobOf(await server.UploadAsync("a.txt", "The old text is about herons."));
        await server.EndAsync(first);
        var (begun, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Store.BeforeReplace = () =>
        {
            begun.TrySetResult();
            return never.Task;
        };
        var second = JobOf(await server.UploadAsync("a.txt", "The new text is about otters."));
        await begun.Task;
        var third = JobOf(await server.UploadAsync("a.txt", "A third text."));

        Assert.Equal("queued", State((await server.GetAsync($"/api/jobs/{third}")).Body)); // one job of a document at a time
        Assert.Equal("cancelled", State((await server.DeleteAsync($"/api/jobs/{third}")).Body));
        Assert.Equal("cancelled", State((await server.DeleteAsync($"/api/jobs/{second}")).Body));

        Assert.Equal([first], server.Kept);
        Assert.Contains("herons", (await server.GetAsync("/api/documents/text/a.txt")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("done", (await server.EventsAsync(second))[^1].Name);
        Assert.Equal(HttpStatusCode.Conflict, (await server.SendAsync($"/api/jobs/{second}/retry", new ByteArrayContent([]))).Status);
        Assert.Equal("done", State((await server.DeleteAsync($"/api/jobs/{first}")).Body)); // too late
    }

    [Fact]
    public async Task Old_upload_that_failed_does_not_replace_a_newer_file()
    {
        await using var server = await StartAsync();
        server.Store.BeforeReplace = () => throw new StoreException("It is locked.");
        var old = JobOf(await server.UploadAsync("a.txt", "The old text is about herons."));
        await server.EndAsync(old);
        server.Store.BeforeReplace = null;
        var newer = JobOf(await server.UploadAsync("a.txt", "The new text is about otters."));
        await server.EndAsync(newer);

        var (status, body) = await server.SendAsync($"/api/jobs/{old}/retry", new ByteArrayContent([]));

        Assert.Equal((HttpStatusCode.Conflict, "urn:rag:problem:job-superseded"), (status, body.GetProperty("type").GetString()));
        Assert.Contains("otters", (await server.GetAsync("/api/documents/text/a.txt")).Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_is_deleted_only_as_it_was_read()
    {
        await using var server = await StartAsync();
        async Task<string> TagAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/documents/text/a.txt");
            request.Headers.Authorization = new("Bearer", Mine.Secret);
            using var response = await server.Api.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.Headers.ETag!.Tag;
        }

        async Task<HttpStatusCode> DeleteAsync(string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/documents/a.txt");
            request.Headers.Authorization = new("Bearer", Mine.Secret);
            request.Headers.Add("If-Match", tag);
            return (await server.Api.SendAsync(request)).Status;
        }

        await server.EndAsync(JobOf(await server.UploadAsync("a.txt", "The old text is about herons.")));
        var read = await TagAsync();
        await server.EndAsync(JobOf(await server.UploadAsync("a.txt", "The new text is about otters.")));

        Assert.Equal(HttpStatusCode.PreconditionFailed, await DeleteAsync(read));
        Assert.Contains("otters", (await server.GetAsync("/api/documents/text/a.txt")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(await TagAsync()));
    }

    [Fact]
    public async Task Deleting_a_document_stops_the_job_that_would_bring_it_back()
    {
        await using var server = await StartAsync();
        await server.EndAsync(JobOf(await server.UploadAsync("a.txt", "The old text is about herons.")));
        var (begun, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Store.BeforeReplace = () =>
        {
            begun.TrySetResult();
            return never.Task;
        };
        await server.UploadAsync("a.txt", "The new text is about otters.");
        await begun.Task;

        Assert.Equal(HttpStatusCode.NoContent, (await server.DeleteAsync("/api/documents/a.txt")).Status);

        Assert.Empty(server.Kept);
        Assert.Equal(0, (await server.GetAsync("/api/jobs")).Body.GetProperty("jobs").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/documents/text/a.txt")).Status);
    }

    [Fact]
    public async Task Job_that_met_a_locked_store_fails_with_a_sentence_and_is_tried_again()
    {
        await using var server = await StartAsync();
        server.Store.BeforeReplace = () => throw new StoreException("Another process has been writing the store '/srv/private/store.db' for more than 10 s; try again when it is done.");
        var job = JobOf(await server.UploadAsync("a.txt", "The text is about herons."));
        var failed = await server.EndAsync(job);
        server.Store.BeforeReplace = null;

        var (status, _) = await server.SendAsync($"/api/jobs/{job}/retry", new ByteArrayContent([]));
        var done = await server.EndAsync(job);

        Assert.Equal(("failed", "The store cannot do this now. Try again in a moment."), (State(failed), failed.GetProperty("error").GetString()));
        Assert.Equal((HttpStatusCode.Accepted, "done", 1), (status, State(done), done.GetProperty("attempts").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, done.GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Failed_job_that_is_given_up_leaves_nothing_on_the_disk()
    {
        await using var server = await StartAsync();
        var job = JobOf(await server.UploadAsync("empty.txt", ""));
        Assert.Equal(("failed", "It is empty."), (State(await server.EndAsync(job)), (await server.GetAsync($"/api/jobs/{job}")).Body.GetProperty("error").GetString()));
        Assert.Equal([job], server.Kept);

        Assert.Equal("cancelled", State((await server.DeleteAsync($"/api/jobs/{job}")).Body));

        Assert.Empty(server.Kept);
    }

    [Fact]
    public async Task Jobs_of_a_stopped_server_go_on_at_its_next_start()
    {
        await using var server = await StartAsync();
        var (begun, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Store.BeforeReplace = () =>
        {
            begun.TrySetResult();
            return never.Task;
        };
        var jobs = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            jobs.Add(JobOf(await server.UploadAsync($"{i}.txt", $"The text number {i} is about herons.")));
        }

        await begun.Task;
        await server.RestartAsync();

        foreach (var job in jobs)
        {
            Assert.Equal("done", State(await server.EndAsync(job)));
        }

        Assert.Equal(["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"], (await server.GetAsync("/api/documents")).Body.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("id").GetString()).Take(5));
        Assert.Equal(jobs.Order(), server.Kept.Order());
    }

    [Fact]
    public async Task Idempotency_key_makes_one_upload_of_two_and_refuses_another_body()
    {
        await using var server = await StartAsync();
        var first = JobOf(await server.UploadAsync("a.txt", "The text is about herons.", idempotencyKey: "k"));
        var again = JobOf(await server.UploadAsync("a.txt", "The text is about herons.", idempotencyKey: "k"));
        var (status, problem) = await server.UploadAsync("a.txt", "The text is about otters.", idempotencyKey: "k");
        var tagged = await server.UploadAsync("a.txt", "The text is about herons.", query: "&tag=a=b", idempotencyKey: "k");
        var other = JobOf(await server.UploadAsync("a.txt", "The text is about otters.", Other.Secret, idempotencyKey: "k"));

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:rag:problem:idempotency-key-reused"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tagged.Status);
        Assert.Equal(new[] { first, other }.Order(), server.Kept.Order());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.UploadAsync("a.txt", "x", idempotencyKey: new string('k', 201))).Status);
    }

    [Fact]
    public async Task Reindex_reads_the_uploaded_file_again()
    {
        await using var server = await StartAsync();
        await server.EndAsync(JobOf(await server.UploadAsync("a.txt", "The text is about herons.", query: "&tag=kind=bird")));

        var done = await server.EndAsync(JobOf(await server.SendAsync("/api/documents/reindex?document=a.txt", new ByteArrayContent([]))));

        Assert.Equal(("done", 1, 0), (State(done), done.GetProperty("chunks").GetInt32(), done.GetProperty("bytes").GetInt32()));
        Assert.Equal("bird", (await server.GetAsync("/api/documents/text/a.txt")).Body.GetProperty("tags").GetProperty("kind").GetString());
        Assert.Single(server.Kept);
    }

    [Fact]
    public async Task Jobs_are_listed_in_pages_newest_first_and_seen_by_their_key_only()
    {
        await using var server = await StartAsync();
        var jobs = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            jobs.Insert(0, JobOf(await server.UploadAsync($"{i}.txt", "A text.")));
        }

        var (_, first) = await server.GetAsync("/api/jobs?limit=2");
        var (_, second) = await server.GetAsync($"/api/jobs?limit=2&after={first.GetProperty("next").GetString()}");

        Assert.Equal(jobs, new[] { first, second }.SelectMany(p => p.GetProperty("jobs").EnumerateArray()).Select(j => j.GetProperty("id").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("next").ValueKind);
        foreach (var stranger in (string[])[Board.Secret, Other.Secret])
        {
            Assert.Equal(0, (await server.GetAsync("/api/jobs", stranger)).Body.GetProperty("jobs").GetArrayLength());
            Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"/api/jobs/{jobs[0]}", stranger)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"/api/jobs/{jobs[0]}/events", stranger)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await server.DeleteAsync($"/api/jobs/{jobs[0]}", stranger)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await server.SendAsync($"/api/jobs/{jobs[0]}/retry", new ByteArrayContent([]), stranger)).Status);
        }
    }
}
