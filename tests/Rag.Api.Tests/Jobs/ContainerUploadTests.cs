using System.Net;
using Rag.Testing;
using static Rag.Api.Tests.Jobs.UploadServer;

namespace Rag.Api.Tests.Jobs;

public sealed class ContainerUploadTests
{
    [Fact]
    public async Task An_uploaded_archive_gives_documents_of_its_entries_which_go_with_it()
    {
        await using var server = await StartAsync();

        var job = await EndAsync(server, "a.zip", ArchiveFiles.Zip(("herons.txt", "Herons fish in the morning."u8.ToArray()), ("deep/otters.txt", "Otters swim at night."u8.ToArray()), ("a.gif", "GIF89a"u8.ToArray())));

        Assert.True(State(job) == "done", $"{job}");
        Assert.StartsWith("Not read: 'a.gif'", job.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["a.zip", "a.zip/deep/otters.txt", "a.zip/herons.txt"], await IdsAsync(server));
        var (_, asked) = await server.Api.PostAsync("/api/ask", new { question = "When do otters swim?" }, Mine.Secret);
        Assert.Equal("a.zip/deep/otters.txt", asked.GetProperty("answer").GetProperty("citations")[0].GetProperty("documentId").GetString());
        Assert.Equal("Herons fish in the morning.", (await server.GetAsync("/api/documents/text/a.zip/herons.txt")).Body.GetProperty("text").GetString());
        Assert.DoesNotContain(await IdsAsync(server, Other.Secret), id => id!.StartsWith("a.zip", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NoContent, (await server.DeleteAsync("/api/documents/a.zip")).Status);
        Assert.Empty(await IdsAsync(server));
        Assert.Empty(server.Kept);
    }

    [Fact]
    public async Task Uploading_an_archive_again_replaces_its_entries()
    {
        await using var server = await StartAsync();
        await EndAsync(server, "a.zip", ArchiveFiles.Zip(("herons.txt", "Herons fish."), ("otters.txt", "Otters swim.")));

        var job = await EndAsync(server, "a.zip", ArchiveFiles.Zip(("herons.txt", "Herons fly.")));

        Assert.True(State(job) == "done", $"{job}");
        Assert.Equal(["a.zip", "a.zip/herons.txt"], await IdsAsync(server));
        Assert.Equal("Herons fly.", (await server.GetAsync("/api/documents/text/a.zip/herons.txt")).Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_too_much_fails_and_leaves_nothing()
    {
        await using var server = await StartAsync();

        var job = await EndAsync(server, "bomb.zip", ArchiveFiles.Zip(("good.txt", "good"u8.ToArray()), ("zeros.txt", new byte[40 << 20])));

        Assert.Equal("failed", State(job));
        Assert.Contains("200 times as much", job.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(await IdsAsync(server));
    }

    private static async Task<System.Text.Json.JsonElement> EndAsync(UploadServer server, string name, byte[] bytes) =>
        await server.EndAsync((await server.UploadFormAsync((name, bytes))).Body.GetProperty("jobs")[0].GetProperty("id").GetString()!);

    private static async Task<IEnumerable<string?>> IdsAsync(UploadServer server, string? key = null) =>
        (await server.GetAsync("/api/documents", key)).Body.GetProperty("documents").EnumerateArray().Select(d => d.GetProperty("id").GetString()).Where(id => !id!.StartsWith("guides/", StringComparison.Ordinal)); // those are there from the start
}
