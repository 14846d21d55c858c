using Rag.Llama.Models;

namespace Rag.Llama.Tests.Models;

/// <summary>Downloads that must not end with a file in the store.</summary>
public sealed class ModelStoreRefusalTests : IDisposable
{
    private readonly ModelStoreFixture fixture = new();

    private byte[] File => fixture.File;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task PullAsync_removes_a_file_with_another_hash()
    {
        var other = File.ToArray();
        other[400_000] ^= 1;
        using var server = new FileServer(_ => FileAnswer.Whole(other));

        await RefusedAsync(server.Address, "but the catalogue says");

        Assert.False(System.IO.File.Exists(fixture.Part));
    }

    [Fact]
    public async Task PullAsync_downloads_nothing_of_another_size()
    {
        using var server = new FileServer(_ => FileAnswer.Whole([.. File, 1]));

        await RefusedAsync(server.Address, "has 500000 bytes by the catalogue, but 500001");

        Assert.Equal(0, new FileInfo(fixture.Part).Length);
    }

    [Fact]
    public async Task PullAsync_stops_when_more_comes_than_the_catalogue_says()
    {
        using var server = new FileServer(_ => new(200, [.. File, .. File]));

        await RefusedAsync(server.Address, "has 500000 bytes by the catalogue");
    }

    [Fact]
    public async Task PullAsync_needs_consent_for_a_file_without_a_hash()
    {
        using var server = new FileServer(_ => FileAnswer.Whole(File));
        var model = fixture.Model(server.Address, hashed: false);

        var exception = await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store().PullAsync(model));
        await fixture.Store(new() { AllowUnverified = true }).PullAsync(model);

        Assert.Contains("cannot be verified", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal(ModelVerification.Unverifiable, await fixture.Store().VerifyAsync(model));
    }

    [Theory]
    [InlineData(401, false, "sign in or to accept the licence")]
    [InlineData(403, false, "sign in or to accept the licence")]
    [InlineData(404, false, "no longer there")]
    [InlineData(429, true, "Too many downloads")]
    [InlineData(500, true, "fault")]
    [InlineData(503, true, "fault")]
    public async Task PullAsync_says_what_a_status_means(int status, bool transient, string advice)
    {
        using var server = new FileServer(_ => FileAnswer.Refusal(status));

        var exception = await RefusedAsync(server.Address, advice);

        Assert.Equal((status, transient), (exception.StatusCode, exception.IsTransient));
        Assert.DoesNotContain("download=true", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PullAsync_keeps_what_is_there_when_the_server_has_a_fault()
    {
        await System.IO.File.WriteAllBytesAsync(fixture.Part, File[..1_000]);
        using var server = new FileServer(_ => FileAnswer.Refusal(503));

        await RefusedAsync(server.Address, "fault");

        Assert.Equal(1_000, new FileInfo(fixture.Part).Length);
    }

    [Fact]
    public async Task PullAsync_says_how_long_a_busy_server_wants_it_to_wait()
    {
        using var server = new FileServer(_ => new(429, []) { Headers = { ["Retry-After"] = "30", ["Content-Length"] = "0" } });

        await RefusedAsync(server.Address, "try again in 30 seconds");
    }

    [Fact]
    public async Task PullAsync_of_an_unreachable_server_may_be_tried_later()
    {
        Uri address;
        using (var server = new FileServer(_ => FileAnswer.Refusal(500)))
        {
            address = server.Address;
        }

        var exception = await RefusedAsync(address, "cannot be reached");

        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task PullAsync_needs_room_before_it_asks_for_the_rest()
    {
        await System.IO.File.WriteAllBytesAsync(fixture.Part, File[..100_000]);
        using var server = new FileServer(r => FileAnswer.Rest(File, r));

        var exception = await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store(freeBytes: _ => 399_999).PullAsync(fixture.Model(server.Address)));
        Assert.Contains("needs 400000 more bytes on the disk, but 399999 are free", exception.Message, StringComparison.Ordinal);
        Assert.Equal(100_000, new FileInfo(fixture.Part).Length);

        await fixture.Store(freeBytes: _ => 400_000).PullAsync(fixture.Model(server.Address));
        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
    }

    [Theory]
    [InlineData("/loop")]
    [InlineData("http://127.0.0.1:1/loop")]
    public async Task PullAsync_leaves_a_loop_of_redirects(string location)
    {
        using var server = new FileServer(_ => FileAnswer.Redirect(location));

        await RefusedAsync(server.Address, location == "/loop" ? "more than 10 times" : "cannot be reached");
    }

    [Fact]
    public async Task PullAsync_follows_redirects_and_asks_for_the_rest_at_their_end()
    {
        await System.IO.File.WriteAllBytesAsync(fixture.Part, File[..7]);
        using var server = new FileServer(r => r.Path switch
        {
            "/b" => FileAnswer.Redirect("c", 307),
            "/c" => FileAnswer.Rest(File, r),
            _ => FileAnswer.Redirect("/b", 301),
        });

        await fixture.Store().PullAsync(fixture.Model(server.Address));

        Assert.Equal(File, await System.IO.File.ReadAllBytesAsync(fixture.Path));
        Assert.Equal([7, 7, 7], server.Requests.Select(r => r.From));
    }

    [Fact]
    public async Task PullAsync_does_not_leave_this_machine_without_encryption()
    {
        using var server = new FileServer(_ => FileAnswer.Redirect("http://models.example/model.gguf"));

        await RefusedAsync(server.Address, "http://models.example/model.gguf is not https");
        await RefusedAsync(new("http://models.example/"), "is not https");
        await RefusedAsync(new("file:///"), "is not https");
    }

    [Theory]
    [InlineData("https://a.example/x", "http://a.example/x")]
    [InlineData("https://a.example/x", "http://127.0.0.1/x")]
    public void Next_refuses_to_leave_encryption(string from, string location)
    {
        using var http = new HttpClient();

        Assert.Throws<ModelDownloadException>(() => new ModelRequest(http, allowHttp: false).Next(new(from), new(location)));
        Assert.Equal(new Uri(location), new ModelRequest(http, allowHttp: true).Next(new(from), new(location)));
    }

    private async Task<ModelDownloadException> RefusedAsync(Uri server, string message)
    {
        var exception = await Assert.ThrowsAsync<ModelDownloadException>(() => fixture.Store().PullAsync(fixture.Model(server)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(fixture.Path));
        return exception;
    }
}
