using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rag.Api.Endpoints;
using Rag.Evaluation.Results;
using Rag.Storage;

namespace Rag.Api.Tests;

public sealed partial class PageTests
{
    private const string PdfJs = "pdfjs/";

    public static TheoryData<string> Files => [.. PageEndpoints.Names.Where(n => !n.StartsWith(PdfJs, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static readonly Dictionary<string, string> Types = new() { [".html"] = "text/html", [".css"] = "text/css", [".js"] = "text/javascript", [".svg"] = "image/svg+xml" };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_is_served_with_its_type_a_tag_and_a_strict_policy(string name)
    {
        await using var server = await ApiServer.StartAsync();

        using var response = await server.Client.GetAsync(new Uri($"/page/{name}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, Types[Path.GetExtension(name)]), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.True(response.Headers.CacheControl?.NoCache);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy")).Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.All(policy, rule => Assert.Matches("^[a-z-]+( 'none'| 'self'| 'script'| pdf-worker)$", rule)); // no inline, no eval, no other host, no data:
        Assert.Equal(["trusted-types pdf-worker"], policy.Where(rule => rule.Contains("pdf-worker", StringComparison.Ordinal)));
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/page/{name}");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var cached = await server.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, cached.StatusCode);
    }

    [Fact]
    public async Task Pdf_js_is_served_with_the_same_policy_and_the_types_that_it_needs()
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var name in PageEndpoints.Names.Where(n => n.StartsWith(PdfJs, StringComparison.Ordinal)))
        {
            using var response = await server.Client.GetAsync(new Uri($"/page/{name}", UriKind.Relative), TestContext.Current.CancellationToken);

            var type = Path.GetExtension(name) switch { ".mjs" or ".js" => "text/javascript", ".bcmap" or ".pfb" => "application/octet-stream", _ => "text/plain" };
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.Contains("script-src 'self'; worker-src 'self'; style-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        Assert.Contains("pdfjs/legacy/build/pdf.worker.min.mjs", PageEndpoints.Names);
        Assert.Contains("pdfjs/cmaps/UniJIS-UCS2-H.bcmap", PageEndpoints.Names);
        Assert.Contains("pdfjs/LICENSE", PageEndpoints.Names);
    }

    [Fact]
    public async Task Text_is_packed_for_a_browser_that_takes_it_and_is_another_file_to_caches()
    {
        await using var server = await ApiServer.StartAsync();
        using var plain = await server.Client.GetAsync(new Uri("/page/pdfjs/legacy/build/pdf.min.mjs", UriKind.Relative), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/page/pdfjs/legacy/build/pdf.min.mjs") { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var refusing = new HttpRequestMessage(HttpMethod.Get, "/page/app.js") { Headers = { { "Accept-Encoding", "gzip;q=0" } } };

        using var packed = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using var refused = await server.Client.SendAsync(refusing, TestContext.Current.CancellationToken);

        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], packed.Headers.Vary);
        Assert.Equal(["Accept-Encoding"], plain.Headers.Vary);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Empty(refused.Content.Headers.ContentEncoding);
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), bytes.ToArray());
        Assert.True(packed.Content.Headers.ContentLength < bytes.Length / 3);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_makes_no_markup_of_text_and_names_nobody_else(string name)
    {
        using var reader = new StreamReader(typeof(PageEndpoints).Assembly.GetManifestResourceStream("Page/" + name)!);
        var text = reader.ReadToEnd();

        Assert.DoesNotMatch(MakesMarkup(), text);
        Assert.DoesNotMatch("(?i)(https?:)?//[a-z0-9-]+\\.[a-z]", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)); // the name of SVG, which nobody fetches
        Assert.DoesNotMatch("(?i)(<[^>]+ (on[a-z]+|style)=|<style|<script(?![^>]+src=)|javascript:)", text);
    }

    [Fact]
    public async Task Start_page_loads_files_that_are_there_and_no_others()
    {
        await using var server = await ApiServer.StartAsync();

        var html = await server.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        var loaded = Regex.Matches(html, "(?:src|href)=\"([^\"#]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(loaded);
        Assert.All(loaded, address => Assert.Contains(address["page/".Length..], PageEndpoints.Names));
        foreach (var module in Files.Select(f => f.Data).Where(n => n.EndsWith(".js", StringComparison.Ordinal)))
        {
            var script = await server.Client.GetStringAsync(new Uri($"/page/{module}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.All(Regex.Matches(script, "(?:from |import\\()\"\\./([^\"]+)\"").Select(m => m.Groups[1].Value), import => Assert.Contains(import, PageEndpoints.Names));
            Assert.All(Regex.Matches(script, "\\$\\(\"([^\"]+)\"\\)").Select(m => m.Groups[1].Value), id => Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/page/nothing.js")]
    [InlineData("/page/..%2fRagApi.cs")]
    [InlineData("/page/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/page/")]
    public async Task Unknown_file_is_not_found(string path)
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Page_under_a_prefix_ends_with_a_slash_so_that_its_addresses_hold()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapRagPage("/rag");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };

        using var response = await client.GetAsync(new Uri("/rag", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "/rag/"), (response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/rag/page/app.js", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Page_is_open_while_the_documents_are_not()
    {
        var (_, key) = Security.ApiKey.Create("reader", Security.ApiScope.All);
        await using var server = await ApiServer.StartAsync(o => o.Keys.Add(key));

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/api/documents")).Status);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("</script><svg onload=alert(1)>")]
    public async Task Text_that_looks_like_markup_arrives_as_json_and_nothing_else(string hostile)
    {
        await using var server = await ApiServer.StartAsync();
        var text = $"The {hostile} archive was founded by Zed.";
        var document = new Document($"{hostile}.md", hostile, text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Language = "en", Version = "v1" };
        await server.Services.GetRequiredService<IChunkStore>().ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))], TestContext.Current.CancellationToken);

        var id = string.Join('/', document.Id.Split('/').Select(Uri.EscapeDataString));
        foreach (var (path, status) in ((string, HttpStatusCode)[])[("/api/documents", HttpStatusCode.OK), ($"/api/documents/text/{id}", HttpStatusCode.OK), ($"/api/documents/text/no{id}", HttpStatusCode.NotFound)])
        {
            using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal((status, status == HttpStatusCode.OK ? "application/json" : "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            Assert.DoesNotContain("<", body, StringComparison.Ordinal);
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        }

        var (_, answer) = await server.PostAsync("/api/ask", new { question = "Who is Zed and what was founded?" });
        Assert.Contains(hostile, answer.GetProperty("answer").GetProperty("citations")[0].GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_of_the_api_tells_browsers_to_trust_nothing()
    {
        await using var server = await ApiServer.StartAsync();

        foreach (var path in (string[])["/api/documents", "/api/documents/text/nowhere", "/health/live"])
        {
            using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        }
    }

    [Fact]
    public async Task Places_that_a_format_names_are_told_by_their_names()
    {
        await using var server = await ApiServer.StartAsync();
        const string Text = "Prices\n\n| heron | 12 euros |";
        var document = new Document("prices.xlsx", "Prices", Text, [new(BlockKind.Heading, new(0, 6), 1), new(BlockKind.Table, new(8, Text.Length))])
        {
            Pages = new([0], names: ["Prices"]),
            Lines = new([0, 8], names: ["", "Prices!A2:B2"]),
        };
        await server.Services.GetRequiredService<IChunkStore>().ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(8, Text.Length)))]);

        var (_, read) = await server.GetAsync("/api/documents/text/prices.xlsx");
        var (_, found) = await server.SendAsync(HttpMethod.Post, "/api/search", new { query = "heron" });

        Assert.Equal("Prices", read.GetProperty("pageNames")[0].GetString());
        Assert.Equal("Prices!A2:B2", found.GetProperty("hits")[0].GetProperty("place").GetString());
    }

    [Fact]
    public async Task Document_says_where_its_pages_blocks_and_words_are()
    {
        await using var server = await ApiServer.StartAsync();
        const string Text = "Title\n\nOne two";
        var document = new Document("book.pdf", "Book", Text, [new(BlockKind.Heading, new(0, 5), 1), new(BlockKind.ListItem, new(7, 14), 2)])
        {
            Language = "en",
            Version = "v1",
            Pages = new([0, 7]),
            Boxes = new([new(new(0, 5), new(1, 10, 20, 60, 32)), new(new(7, 10), new(2, 72, 90, 90, 100)), new(new(11, 14), new(2, 95, 90, 120.5, 100))]),
        };
        await server.Services.GetRequiredService<IChunkStore>().ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, Text.Length)))], TestContext.Current.CancellationToken);

        var (_, read) = await server.GetAsync("/api/documents/text/book.pdf");
        var (_, second) = await server.GetAsync("/api/documents/words/book.pdf?page=2");

        Assert.Equal("[0,7]", read.GetProperty("pages").GetRawText());
        Assert.Equal("""[{"kind":"heading","start":0,"end":5,"level":1},{"kind":"listItem","start":7,"end":14,"level":2}]""", read.GetProperty("blocks").GetRawText());
        Assert.Equal("""{"page":2,"words":[[7,10,72,90,90,100],[11,14,95,90,120.5,100]]}""", second.GetRawText());
        Assert.Equal(0, (await server.GetAsync("/api/documents/words/book.pdf?page=3")).Body.GetProperty("words").GetArrayLength());
        Assert.Equal(0, (await server.GetAsync("/api/documents/words/guides/archive.md")).Body.GetProperty("words").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.GetAsync("/api/documents/words/book.pdf?page=0")).Status);
    }

    [Fact]
    public async Task Evaluations_are_the_means_of_the_runs_in_the_folder_and_name_what_is_none()
    {
        var folder = Directory.CreateTempSubdirectory("rag-runs");
        try
        {
            await ResultsFile.WriteAsync(Path.Combine(folder.FullName, "a.jsonl"), [new("demo", "bm25", [new("1", "secret question", new Dictionary<string, double> { ["accuracy"] = 1 }), new("2", "", new Dictionary<string, double> { ["accuracy"] = 0 })]) { Settings = new Dictionary<string, string> { ["top"] = "8" } }]);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.json"), "{}", TestContext.Current.CancellationToken);
            await using var server = await ApiServer.StartAsync(o => o.RunsFolder = folder.FullName);

            var (_, body) = await server.GetAsync("/api/evaluations");

            var run = Assert.Single(body.GetProperty("runs").EnumerateArray());
            Assert.Equal(("a.jsonl", "demo", "bm25", 2), (run.GetProperty("file").GetString(), run.GetProperty("collection").GetString(), run.GetProperty("name").GetString(), run.GetProperty("queries").GetInt32()));
            var measure = Assert.Single(run.GetProperty("measures").EnumerateArray());
            Assert.Equal(("accuracy", 0.5, 0.0, 1.0), (measure.GetProperty("name").GetString(), measure.GetProperty("mean").GetDouble(), measure.GetProperty("low").GetDouble(), measure.GetProperty("high").GetDouble()));
            Assert.Equal("""["b.json"]""", body.GetProperty("unreadable").GetRawText());
            Assert.DoesNotContain("secret question", body.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Evaluations_without_a_folder_say_what_is_missing()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(HttpStatusCode.NotImplemented, (await server.GetAsync("/api/evaluations")).Status);
    }

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|DOMParser|setHTMLUnsafe|srcdoc|set(Timeout|Interval)\(\s*[""'`]")]
    private static partial Regex MakesMarkup();
}
