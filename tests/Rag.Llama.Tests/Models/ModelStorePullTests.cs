using Rag.Llama.Models;

namespace Rag.Llama.Tests.Models;

public sealed class ModelStorePullTests : IDisposable
{
    private readonly ModelStoreFixture fixture = new();

    private byte[] File => fixture.File;

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PullAsync_puts_the_whole_file_in_its_place(bool sized)
    {
        using var server = new FileServer(_ => FileAnswer.Whole(File));
        var steps = new List<DownloadProgress>();

        var path = await fixture.Store().PullAsync(fixture.Model(server.Address, sized), new Steps(steps.Add));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(path));
        Assert.Equal(["model.gguf", "model.gguf.lock"], Directory.GetFiles(fixture.Folder).Select(Path.GetFileName).Order());
        Assert.Equal(new(File.Length, File.Length), steps[^1]);
        Assert.Equal(steps.OrderBy(s => s.BytesDone), steps);
    }

    [Fact]
    public async Task PullAsync_of_a_model_that_is_there_needs_no_network()
    {
        await System.IO.File.WriteAllBytesAsync(fixture.Path, File);

        var path = await fixture.Store().PullAsync(fixture.Model(new("http://192.0.2.1/")));

        Assert.Equal(fixture.Path, path);
    }

    [Fact]
    public async Task PullAsync_fetches_a_file_of_another_size_anew()
    {
        await System.IO.File.WriteAllBytesAsync(fixture.Path, File[..100]);
        using var server = new FileServer(_ => FileAnswer.Whole(File));

        await fixture.Store().PullAsync(fixture.Model(server.Address));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
    }

    [Fact]
    public async Task PullAsync_goes_on_by_itself_where_the_connection_broke()
    {
        using var server = new FileServer(r => r.From == 0 ? FileAnswer.Whole(File).CutAfter(200_000) : FileAnswer.Rest(File, r));

        await fixture.Store().PullAsync(fixture.Model(server.Address));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
        Assert.Equal([0, 200_000], server.Requests.Select(r => r.From));
        Assert.Equal([null, "\"one\""], server.Requests.Select(r => r.IfRange));
    }

    [Fact]
    public async Task PullAsync_gives_up_when_it_breaks_off_again_and_again_and_goes_on_the_next_time()
    {
        using (var bad = new FileServer(r => FileAnswer.Rest(File, r).CutAfter(10_000)))
        {
            var exception = await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store().PullAsync(fixture.Model(bad.Address)));
            Assert.True(exception.IsTransient);
            Assert.Equal(5, bad.Requests.Count);
        }

        Assert.Equal(50_000, new FileInfo(fixture.Part).Length);
        using var good = new FileServer(r => FileAnswer.Rest(File, r));
        await fixture.Store().PullAsync(fixture.Model(good.Address));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
        Assert.Equal([50_000], good.Requests.Select(r => r.From));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PullAsync_starts_over_when_the_server_gives_the_whole_file_instead_of_the_rest(bool hashed)
    {
        await LeavePartAsync(File[..100_000], "\"one\"");
        using var server = new FileServer(_ => FileAnswer.Whole(File));

        await fixture.Store(new() { AllowUnverified = true }).PullAsync(fixture.Model(server.Address, hashed: hashed));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
    }

    [Fact]
    public async Task PullAsync_starts_over_when_the_servers_file_has_changed()
    {
        await LeavePartAsync(new byte[100_000], "\"old\"");
        using var server = new FileServer(r => FileAnswer.Rest(File, r, "\"new\""));

        await fixture.Store().PullAsync(fixture.Model(server.Address));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
        Assert.Equal([(100_000, "\"old\"")], server.Requests.Select(r => (r.From, r.IfRange)));
    }

    [Fact]
    public async Task PullAsync_starts_over_when_the_server_gives_the_rest_of_another_file()
    {
        await LeavePartAsync(new byte[100_000], "\"old\"");
        using var server = new FileServer(r => FileAnswer.Rest(File, r with { IfRange = null }, "\"new\""));

        await fixture.Store().PullAsync(fixture.Model(server.Address));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
        Assert.Equal([100_000, 0], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task PullAsync_starts_over_when_nobody_can_tell_what_is_there()
    {
        await LeavePartAsync(new byte[100_000], tag: null);
        using var server = new FileServer(r => FileAnswer.Rest(File, r));

        await fixture.Store(new() { AllowUnverified = true }).PullAsync(fixture.Model(server.Address, hashed: false));

        Assert.Equal([0], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task PullAsync_starts_over_when_more_is_there_than_the_server_has()
    {
        await LeavePartAsync(new byte[600_000], "\"one\"");
        using var server = new FileServer(r => r.From > File.Length ? FileAnswer.Refusal(416) : FileAnswer.Rest(File, r));

        await fixture.Store().PullAsync(fixture.Model(server.Address, sized: false));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
        Assert.Equal([600_000, 0], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task PullAsync_needs_no_network_for_a_part_that_is_complete()
    {
        await LeavePartAsync(File, "\"one\"");

        await fixture.Store().PullAsync(fixture.Model(new("http://192.0.2.1/")));

        Assert.True(System.IO.File.Exists(fixture.Path));
    }

    [Fact]
    public async Task PullAsync_leaves_what_has_arrived_when_cancelled_in_a_stall()
    {
        using var cancellation = new CancellationTokenSource();
        using (var stalling = new FileServer(_ => FileAnswer.Whole(File).CutAfter(300_000, stalls: true)))
        {
            var pull = fixture.Store().PullAsync(fixture.Model(stalling.Address), new Steps(s => { if (s.BytesDone == 300_000) { cancellation.Cancel(); } }), cancellation.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        }

        using var server = new FileServer(r => FileAnswer.Rest(File, r));
        await fixture.Store().PullAsync(fixture.Model(server.Address));

        Assert.Equal([300_000], server.Requests.Select(r => r.From));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
    }

    [Fact]
    public async Task PullAsync_asks_a_mirror_instead()
    {
        using var server = new FileServer(_ => FileAnswer.Whole(File));
        var store = fixture.Store(new() { Mirror = new(server.Address, "/hub/") });

        await store.PullAsync(fixture.Model(new("https://models.example/")));

        Assert.Equal(["/hub/owner/model/resolve/main/model.gguf?download=true"], server.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task PullAsync_twice_at_once_tells_the_second_to_wait()
    {
        using var cancellation = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        using var server = new FileServer(_ => FileAnswer.Whole(File).CutAfter(300_000, stalls: true));
        var first = fixture.Store().PullAsync(fixture.Model(server.Address), new Steps(_ => arrived.TrySetResult()), cancellation.Token);
        await arrived.Task;

        var exception = await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store().PullAsync(fixture.Model(server.Address)));

        Assert.Contains("by another process", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    private async Task LeavePartAsync(byte[] bytes, string? tag)
    {
        await System.IO.File.WriteAllBytesAsync(fixture.Part, bytes);
        if (tag is not null)
        {
            await System.IO.File.WriteAllTextAsync(fixture.Part + ".etag", tag);
        }
    }

    private sealed class Steps(Action<DownloadProgress> step) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => step(value);
    }
}
