using System.Net;
using System.Net.Sockets;
using System.Text;
using Rag.Testing;
using static Rag.Api.Tests.Jobs.UploadServer;

namespace Rag.Api.Tests.Jobs;

public sealed class UploadTests
{
    [Fact]
    public async Task Uploaded_files_answer_questions()
    {
        await using var server = await StartAsync();
        string[] files = [SharedData.Require("demo-efcore-docs/entity-framework/core/saving/concurrency.md"), SharedData.Require("pdf/files/markitdown__test.pdf")];

        var (status, body) = await server.UploadFormAsync(files.Select(f => (Path.GetFileName(f), File.ReadAllBytes(f))));

        Assert.Equal(HttpStatusCode.Accepted, status);
        foreach (var job in body.GetProperty("jobs").EnumerateArray())
        {
            var ended = await server.EndAsync(job.GetProperty("id").GetString()!);
            Assert.True(State(ended) == "done" && ended.GetProperty("chunks").GetInt32() > 0, $"{ended}");
        }

        foreach (var (question, document) in ((string, string)[])[("What are conversable agents in AutoGen?", "markitdown__test.pdf"), ("How does EF Core detect a concurrency conflict?", "concurrency.md")])
        {
            var (_, asked) = await server.Api.PostAsync("/api/ask", new { question }, Mine.Secret);
            Assert.Equal(document, asked.GetProperty("answer").GetProperty("citations")[0].GetProperty("documentId").GetString());
        }

        Assert.DoesNotContain(server.Folder, (await server.GetAsync("/api/documents")).Body.GetRawText(), StringComparison.Ordinal);
        using var file = new HttpRequestMessage(HttpMethod.Get, "/api/documents/file/markitdown__test.pdf");
        file.Headers.Authorization = new("Bearer", Mine.Secret);
        using var response = await server.Api.Client.SendAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(("application/pdf", "inline"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal(File.ReadAllBytes(files[1]), await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Upload_of_the_same_name_takes_the_place_of_the_document_and_keeps_its_tags()
    {
        await using var server = await StartAsync();
        var first = JobOf(await server.UploadAsync("a.txt", "The old text is about herons.", query: "&tag=kind=bird"));
        await server.EndAsync(first);

        var second = JobOf(await server.UploadAsync("folder/a.txt", "The new text is about otters."));
        Assert.Equal("done", State(await server.EndAsync(second)));

        var (_, text) = await server.GetAsync("/api/documents/text/a.txt");
        Assert.Equal(("The new text is about otters.", "bird"), (text.GetProperty("text").GetString(), text.GetProperty("tags").GetProperty("kind").GetString()));
        Assert.Equal([second], server.Kept);
    }

    [Fact]
    public async Task Upload_that_cannot_be_read_fails_with_a_sentence_and_leaves_the_document_as_it_was()
    {
        await using var server = await StartAsync();
        await server.EndAsync(JobOf(await server.UploadAsync("a.pdf", "%PDF-1.4 is what this text calls itself, but no more.")));
        await server.EndAsync(JobOf(await server.UploadAsync("b.txt", "The text is about herons.")));

        var program = await server.EndAsync(JobOf(await server.UploadAsync("b.txt", "MZ\u0090\0\u0001\u0002\u0003")));
        var elf = (await server.UploadFormAsync(("report.pdf", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0]))).Body.GetProperty("jobs")[0].GetProperty("id").GetString()!;
        var events = await server.EventsAsync(elf);

        Assert.Equal("failed", State(program));
        Assert.Equal("The text is about herons.", (await server.GetAsync("/api/documents/text/b.txt")).Body.GetProperty("text").GetString());
        Assert.Equal("error", events[^1].Name);
        Assert.StartsWith("a program (ELF) is not supported yet.", events[^1].Data.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("urn:rag:problem:job-failed", events[^1].Data.GetProperty("type").GetString());
        Assert.DoesNotContain(server.Folder, events[^1].Data.GetRawText() + program.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_name_in_two_tenants_is_two_documents()
    {
        await using var server = await StartAsync();
        var mine = JobOf(await server.UploadAsync("a.txt", "The text of mine is about herons."));
        var other = JobOf(await server.UploadAsync("a.txt", "The text of the other is about otters.", Other.Secret));
        await server.EndAsync(mine);
        await server.EndAsync(other, Other.Secret);

        Assert.Contains("herons", (await server.GetAsync("/api/documents/text/a.txt")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("otters", (await server.GetAsync("/api/documents/text/a.txt", Other.Secret)).Body.GetRawText(), StringComparison.Ordinal);
        await server.DeleteAsync("/api/documents/a.txt", Other.Secret);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/api/documents/text/a.txt")).Status);
        Assert.Equal([mine], server.Kept);
    }

    [Fact]
    public async Task Document_of_a_group_is_neither_replaced_nor_given_to_a_key_outside_of_it()
    {
        await using var server = await StartAsync();
        await server.EndAsync(JobOf(await server.UploadAsync("plan.txt", "The board plans to buy the heron.", Board.Secret, "&group=board")), Board.Secret);

        var outside = await server.EndAsync(JobOf(await server.UploadAsync("plan.txt", "The plan is mine.")));
        await server.EndAsync(JobOf(await server.UploadAsync("plan.txt", "The board plans to buy the otter.", Board.Secret)), Board.Secret);

        Assert.Equal(("failed", "The name 'plan.txt' cannot be used by this key. Upload the file under another name."), (State(outside), outside.GetProperty("error").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/documents/file/plan.txt")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/documents/text/plan.txt")).Status);
        Assert.Contains("otter", (await server.GetAsync("/api/documents/text/plan.txt", Board.Secret)).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.UploadAsync("b.txt", "A text.", query: "&group=board")).Status);
    }

    [Fact]
    public async Task Deleting_a_document_deletes_its_file_and_its_jobs()
    {
        await using var server = await StartAsync();
        var job = JobOf(await server.UploadAsync("a.txt", "The text is about herons."));
        await server.EndAsync(job);

        Assert.Equal(HttpStatusCode.NoContent, (await server.DeleteAsync("/api/documents/a.txt")).Status);

        Assert.Empty(server.Kept);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/api/documents/file/a.txt")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync($"/api/jobs/{job}")).Status);
    }

    [Theory]
    [InlineData("page.html", "<!DOCTYPE html><html><body><p>The page is about herons.</p><script>alert(1)</script></body></html>", "text/html", "attachment")]
    [InlineData("page.txt", "<!DOCTYPE html><html><body><p>The page is about herons.</p><script>alert(1)</script></body></html>", "text/html", "attachment")]
    [InlineData("image.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>A heron stands in the water.</text><script>alert(1)</script></svg>", "application/xml", "attachment")]
    [InlineData("code.js", "alert('A heron stands in the water.');", "text/x-source", "attachment")]
    [InlineData("notes.md", "A heron stands in the water.", "text/markdown", "inline")]
    public async Task File_is_given_back_in_a_form_that_no_browser_runs(string name, string text, string type, string disposition)
    {
        await using var server = await StartAsync();
        await server.EndAsync(JobOf(await server.UploadAsync(name, text)));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/documents/file/{name}");
        request.Headers.Authorization = new("Bearer", Mine.Secret);
        request.Headers.Range = new(2, 5);

        using var response = await server.Api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.PartialContent, text[2..6]), (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((type, disposition, "nosniff"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.DispositionType, response.Headers.GetValues("X-Content-Type-Options").Single()));
    }

    [Fact]
    public async Task Only_files_that_were_uploaded_are_given_back_or_read_again()
    {
        await using var server = await StartAsync();

        foreach (var (status, body) in new[] { await server.GetAsync("/api/documents/file/guides/archive.md"), await server.SendAsync("/api/documents/reindex?document=guides/archive.md", new ByteArrayContent([])) })
        {
            Assert.Equal((HttpStatusCode.NotFound, "urn:rag:problem:no-file"), (status, body.GetProperty("type").GetString()));
        }

        foreach (var path in (string[])["../jobs.db", "..%2Fjobs.db", "%2e%2e/jobs.db", "..%5Cjobs.db", "jobs.lock"])
        {
            Assert.True((await server.GetAsync($"/api/documents/file/{path}")).Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, path);
        }
    }

    [Fact]
    public async Task Too_large_an_upload_is_refused_whatever_it_says_of_its_length_and_leaves_nothing()
    {
        await using var server = await StartAsync(most: 1000);

        var answers = new[]
        {
            await server.SendAsync("/api/documents?name=a.txt", new DribblingContent(100_000)),
            await server.UploadAsync("a.txt", new string('x', 1001)),
            await server.UploadFormAsync(("a.txt", new byte[600]), ("b.txt", new byte[600])),
        };

        Assert.All(answers, a => Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:rag:problem:too-large"), (a.Status, a.Body.GetProperty("type").GetString())));
        Assert.Empty(server.Kept);
        Assert.Equal(0, (await server.GetAsync("/api/jobs")).Body.GetProperty("jobs").GetArrayLength());
        Assert.Equal(HttpStatusCode.Accepted, (await server.UploadAsync("a.txt", new string('x', 1000))).Status);
    }

    [Fact]
    public async Task Malformed_uploads_are_problems_and_leave_nothing()
    {
        await using var server = await StartAsync();
        const string Part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ntext";
        foreach (var (type, body) in ((string, string)[])
        [
            ("multipart/form-data", Part),
            ("multipart/form-data; boundary=", Part),
            ("multipart/form-data; boundary=" + new string('x', 100), Part),
            ("multipart/form-data; boundary=x", ""),
            ("multipart/form-data; boundary=x", "--x--\r\n"),
            ("multipart/form-data; boundary=x", Part), // never ends
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\nk=v\r\n--x--\r\n"),
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"..\"\r\n\r\ntext\r\n--x--\r\n"),
            ("multipart/form-data; boundary=x", $"{Part}\r\n{Part}\r\n--x--\r\n"), // twice the same name
            ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition" + new string('y', 40_000)),
            ("multipart/form-data; boundary=x", $"{string.Concat(Enumerable.Range(0, 101).Select(i => $"{Part.Replace("a.txt", $"{i}.txt", StringComparison.Ordinal)}\r\n"))}--x--\r\n"),
            ("text/plain", "a body without a name"),
        ])
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var (status, problem) = await server.SendAsync("/api/documents", content);
            Assert.True(status == HttpStatusCode.BadRequest && problem.GetProperty("detail").GetString()!.Length > 20, $"{type} {body[..Math.Min(body.Length, 100)]}: {status} {problem}");
        }

        Assert.Empty(server.Kept);
    }

    [Fact]
    public async Task Client_that_goes_away_in_the_middle_leaves_nothing()
    {
        await using var server = await StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Api.Address.Host, server.Api.Address.Port, TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/documents?name=a.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Mine.Secret}\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream);
            Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(TestContext.Current.CancellationToken)); // the server reads, so it has made the file
            Assert.Single(server.Kept);
            await stream.WriteAsync(new byte[500], TestContext.Current.CancellationToken);
        }

        await server.Api.DisposeAsync(); // waits for requests to end

        Assert.Empty(server.Kept);
    }

    [Fact]
    public async Task Upload_that_the_disk_refuses_is_told_to_come_again()
    {
        await using var server = await StartAsync();
        var inTheWay = Path.Combine(server.Folder, "e3b0c44298fc1c149afbf4c8996fb924"); // a file where the tenant's folder belongs: the hash of the empty name
        await File.WriteAllTextAsync(inTheWay, "", TestContext.Current.CancellationToken);

        var (status, body) = await server.UploadAsync("a.txt", "The text is about herons.");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:rag:problem:store-unavailable"), (status, body.GetProperty("type").GetString()));
        Assert.DoesNotContain(server.Folder, body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await server.GetAsync("/api/jobs")).Body.GetProperty("jobs").GetArrayLength());
        File.Delete(inTheWay);
        Assert.Equal("done", State(await server.EndAsync(JobOf(await server.UploadAsync("a.txt", "The text is about herons.")))));
    }

    [Fact]
    public async Task Without_a_folder_uploads_are_not_configured()
    {
        await using var server = await ApiServer.StartAsync();
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, "/api/documents?name=a.txt"), (HttpMethod.Post, "/api/documents/reindex?document=guides/archive.md"), (HttpMethod.Get, "/api/jobs"), (HttpMethod.Delete, "/api/jobs/x")])
        {
            var (status, body) = await server.SendAsync(method, path);
            Assert.Equal((HttpStatusCode.NotImplemented, "urn:rag:problem:not-configured"), (status, body.GetProperty("type").GetString()));
        }
    }

    private sealed class DribblingContent(int length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(new byte[length]).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
