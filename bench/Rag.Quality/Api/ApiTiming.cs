using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rag.Api;
using Rag.Api.Security;
using Rag.Sqlite;

namespace Rag.Quality.Api;

/// <summary>Whether the time of an answer tells of documents that a key may not see: questions about hidden things and about things that are not there, by turns.</summary>
internal static class ApiTiming
{
    private const int Documents = 500;
    private const int ChunksOfDocument = 10;
    private const int WarmUp = 500;

    public static async Task MeasureAsync(int requests, int seed, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("rag-api-timing-").FullName;
        try
        {
            await FillAsync(Path.Combine(folder, "store.db"));
            var (secret, key) = ApiKey.Create("mine", ApiScope.All);
            await using var app = Host(folder, key with { RequestsPerMinute = int.MaxValue });
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret);

            await output.WriteLineAsync("| question | hidden, median ms | absent, median ms | hidden ones slower than absent ones, 0.5 is chance | 95 % of chance |\n|---|---|---|---|---|");
            foreach (var (name, ask) in Questions)
            {
                await output.WriteLineAsync(await CompareAsync(name, (hidden, i) => ask(client, hidden, i), requests, new(seed)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Names of the same length: t of another tenant, g of a group, n of none.
    private static (string Name, Func<HttpClient, bool, int, Task<HttpResponseMessage>> Ask)[] Questions =>
    [
        ("document of another tenant by its id", (client, hidden, i) => client.GetAsync($"/api/documents/text/{(hidden ? 't' : 'n')}{i % Documents:0000}")),
        ("document of a group by its id", (client, hidden, i) => client.GetAsync($"/api/documents/text/{(hidden ? 'g' : 'n')}{i % Documents:0000}")),
        ("search for a word of another tenant", (client, hidden, i) => client.PostAsJsonAsync("/api/search", new { query = $"{(hidden ? "tw" : "nw")}{i % Documents:0000}" })),
        ("search for a word of a group", (client, hidden, i) => client.PostAsJsonAsync("/api/search", new { query = $"{(hidden ? "gw" : "nw")}{i % Documents:0000}" })),
    ];

    private static WebApplication Host(string folder, ApiKey key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(ServerLimits.Set);
        builder.Logging.ClearProviders();
        builder.Services.AddSqliteChunkStore(Path.Combine(folder, "store.db")).AddRag().AddRagIngest().AddRagApi(o =>
        {
            o.FilesFolder = Path.Combine(folder, "files");
            o.Keys.Add(key);
        });
        var app = builder.Build();
        app.MapRag();
        return app;
    }

    private static async Task FillAsync(string path)
    {
        var text = new ZipfText(1, 80);
        await using var store = await SqliteChunkStore.OpenAsync(path);
        foreach (var (kind, tenant, groups) in ((char, string, string[])[])[('m', "", []), ('t', "other", []), ('g', "", ["board"])])
        {
            for (var d = 0; d < Documents; d++)
            {
                var texts = Enumerable.Range(d * ChunksOfDocument, ChunksOfDocument).Select(i => $"{text.Text(i)} {kind}w{d:0000}").ToList();
                var (spans, at) = (new List<TextSpan>(), 0);
                foreach (var one in texts)
                {
                    spans.Add(new(at, at + one.Length));
                    at += one.Length + 1;
                }

                var document = new Document(string.Create(CultureInfo.InvariantCulture, $"{kind}{d:0000}"), "", string.Join('\n', texts), []) { Tenant = tenant, Groups = groups, Language = "en" };
                await store.ReplaceDocumentAsync(document, [.. spans.Select((s, i) => new EmbeddedChunk(Chunk.Of(document, i, s)))]);
            }
        }
    }

    private static async Task<string> CompareAsync(string name, Func<bool, int, Task<HttpResponseMessage>> ask, int requests, Random random)
    {
        var times = (Hidden: new List<double>(), Absent: new List<double>());
        for (var i = -WarmUp; i < requests; i++)
        {
            foreach (var hidden in random.Next(2) == 0 ? (bool[])[true, false] : [false, true])
            {
                var start = Stopwatch.GetTimestamp();
                using (var response = await ask(hidden, random.Next(Documents)))
                {
                    await response.Content.ReadAsByteArrayAsync();
                }

                if (i >= 0)
                {
                    (hidden ? times.Hidden : times.Absent).Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        // The statistic of Mann and Whitney, 1947, over the number of pairs, with its normal approximation.
        var ranked = times.Hidden.Select(t => (Time: t, Hidden: true)).Concat(times.Absent.Select(t => (Time: t, Hidden: false))).OrderBy(t => t.Time).ToList();
        var sum = ranked.Select((t, rank) => t.Hidden ? rank + 1.0 : 0).Sum();
        var slower = (sum - (requests * (requests + 1.0) / 2)) / ((double)requests * requests);
        var chance = 1.96 * Math.Sqrt(((2.0 * requests) + 1) / (12.0 * requests * requests));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(times.Hidden):0.000} | {Median(times.Absent):0.000} | {slower:0.000} | {0.5 - chance:0.000} to {0.5 + chance:0.000} |");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
