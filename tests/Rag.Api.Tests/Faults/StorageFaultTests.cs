using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rag.Api.Jobs;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Api.Tests.Faults;

public sealed class StorageFaultTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rag-faults-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_locked_store_refuses_writes_for_now_and_goes_on_answering()
    {
        await using var store = await OpenAsync(new() { BusyTimeout = TimeSpan.Zero });
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<IChunkStore>(store).AddSingleton<Conversations.ISessionStore>(store.Sessions));
        using var other = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "s.db")};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");

        using var refused = await server.Client.DeleteAsync("/api/documents/heron.md", TestContext.Current.CancellationToken);
        var asked = await server.PostAsync("/api/ask", new { question = "Where does the heron stand?", session = "a" });

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:rag:problem:store-unavailable"), (asked.Status, asked.Body.GetProperty("type").GetString()));
        Assert.Equal(1, (await server.PostAsync("/api/search", new { query = "heron" })).Body.GetProperty("hits").GetArrayLength());
        Execute(other, "ROLLBACK");
        Assert.Equal(HttpStatusCode.NoContent, (await server.SendAsync(HttpMethod.Delete, "/api/documents/heron.md")).Status);
    }

    [Fact]
    public async Task A_store_on_a_full_disk_keeps_what_it_had_and_says_so()
    {
        await (await OpenAsync(new())).DisposeAsync();
        await using var store = await SqliteChunkStore.OpenAsync(Path.Combine(_folder.FullName, "s.db"), new() { MaxPages = 1 });
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<IChunkStore>(store).AddSingleton<Conversations.ISessionStore>(store.Sessions));

        (HttpStatusCode Status, System.Text.Json.JsonElement Body) last;
        var (kept, question) = (0, "Where does the heron stand? " + new string('x', 3000));
        while ((last = await server.PostAsync("/api/ask", new { question, session = "a" })).Status == HttpStatusCode.OK)
        {
            Assert.InRange(++kept, 1, 100);
        }

        Assert.Equal((HttpStatusCode.InsufficientStorage, "urn:rag:problem:disk-full"), (last.Status, last.Body.GetProperty("type").GetString()));
        var session = await server.GetAsync("/api/sessions/a");
        Assert.Equal(kept, session.Status == HttpStatusCode.OK ? session.Body.GetProperty("turns").GetArrayLength() : 0);
        Assert.Equal(1, (await server.PostAsync("/api/search", new { query = "heron" })).Body.GetProperty("hits").GetArrayLength());
    }

    [Fact]
    public async Task An_upload_to_a_full_disk_leaves_nothing_and_can_be_sent_again()
    {
        var full = true;
        var files = new UploadedFiles(Options.Create(new RagApiOptions { FilesFolder = _folder.FullName })) { Create = path => new SmallDisk(path, () => full) };
        await using var server = await ApiServer.StartAsync(o => o.FilesFolder = _folder.FullName, services: s => s.AddSingleton(files));

        var refused = await server.PostAsync("/api/documents?name=a.json", "A text that does not fit.");

        Assert.Equal((HttpStatusCode.InsufficientStorage, "urn:rag:problem:disk-full"), (refused.Status, refused.Body.GetProperty("type").GetString()));
        Assert.Empty(_folder.EnumerateFiles("a.json", SearchOption.AllDirectories));
        Assert.Equal(0, (await server.GetAsync("/api/jobs")).Body.GetProperty("jobs").GetArrayLength());
        full = false;
        Assert.Equal(HttpStatusCode.Accepted, (await server.PostAsync("/api/documents?name=a.json", "A text that does not fit.")).Status);
    }

    private async Task<SqliteChunkStore> OpenAsync(SqliteStoreOptions options)
    {
        var store = await SqliteChunkStore.OpenAsync(Path.Combine(_folder.FullName, "s.db"), options);
        const string Text = "The heron stands in the shallow water.";
        var document = new Document("heron.md", "heron", Text, [new(BlockKind.Paragraph, new(0, Text.Length))]);
        await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, Text.Length)))]);
        return store;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A file that takes half of what is written, then tells what the system tells of a full disk.</summary>
    private sealed class SmallDisk(string path, Func<bool> full) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(full() ? buffer[..(buffer.Length / 2)] : buffer, cancellationToken);
            if (full())
            {
                throw new IOException("No space left on device", 28);
            }
        }
    }
}
