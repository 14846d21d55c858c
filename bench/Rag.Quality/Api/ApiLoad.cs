using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Sqlite;

namespace Rag.Quality.Api;

/// <summary>A server in a process of its own under load from this machine: searches by wrk, chats by many clients at once, both for minutes, and its end by SIGTERM meanwhile.</summary>
internal static partial class ApiLoad
{
    private const int ChunksOfDocument = 100;
    private const int Words = 80;
    private const int Queries = 2000;
    private const int Chats = 200;
    private const int Rounds = 5;

    /// <summary>Searches and chats.</summary>
    public static async Task MeasureAsync(int chunks, TextWriter output)
    {
        await WithServerAsync(chunks, async (host, folder) =>
        {
            await SearchAsync(host, folder, chunks, "search", output);
            using (var plain = await UploadHost.StartAsync(folder, plain: true))
            {
                await SearchAsync(plain, folder, chunks, "plain keyword search", output);
            }

            var (done, cut, used, start) = (0, 0, host.ProcessorTime, Stopwatch.GetTimestamp());
            for (var round = 0; round < Rounds; round++)
            {
                var ends = await Task.WhenAll(Enumerable.Range(0, Chats).Select(i => ChatAsync(host, (round * Chats) + i)));
                done += ends.Count(e => e == "done");
                cut += ends.Count(e => e != "done");
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"chats, {Chats} at once, {Rounds} times: {done} ended with 'done', {cut} otherwise; {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s, {(host.ProcessorTime - used).TotalMilliseconds / (Chats * Rounds):0.00} ms of the server's processor time each"));
            await StopAsync(host, output);
        });
    }

    /// <summary>Searches, chats and uploads for minutes; the memory of the server every tenth of it.</summary>
    public static async Task SoakAsync(int minutes, TextWriter output)
    {
        await WithServerAsync(20_000, async (host, folder) =>
        {
            await output.WriteLineAsync("| minutes | working set, MiB | searches/s | chats | uploads |\n|---|---|---|---|---|");
            var (chats, uploads) = (0, 0);
            for (var part = 1; part <= 10; part++)
            {
                var searches = SearchAsync(host, folder, 4, minutes * 6);
                while (!searches.IsCompleted)
                {
                    var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ChatAsync(host, chats + i)));
                    chats += ends.Count(e => e == "done");
                    using var sent = await host.Client.PostAsync($"/api/documents?name={uploads % 50}.txt", new StringContent($"The heron number {uploads} stands still. " + new ZipfText(2, 2000).Text(uploads)));
                    uploads += sent.IsSuccessStatusCode ? 1 : 0;
                }

                var perSecond = (await searches).PerSecond;
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {part * minutes / 10.0:0.0} | {host.WorkingSet >> 20} | {perSecond:0} | {chats} | {uploads} |"));
                await output.FlushAsync();
            }
        });
    }

    private static async Task StopAsync(UploadHost host, TextWriter output)
    {
        var (ends, begun) = (new Dictionary<string, int>(), new TaskCompletionSource());
        var clients = Enumerable.Range(0, Chats).Select(i => Task.Run(async () =>
        {
            for (var number = i; ; number += Chats)
            {
                var end = await ChatAsync(host, number);
                lock (ends)
                {
                    ends[end] = ends.GetValueOrDefault(end) + 1;
                    if (ends["done"] == Chats)
                    {
                        begun.TrySetResult();
                    }
                }

                if (end != "done")
                {
                    return;
                }
            }
        })).ToList();
        await begun.Task;
        var start = Stopwatch.GetTimestamp();
        var code = await host.TerminateAsync();
        await Task.WhenAll(clients);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"SIGTERM under {Chats} clients that chat: ended by itself with {code} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; streams: {string.Join(", ", ends.Select(e => $"{e.Value} {e.Key}"))}"));
    }

    private static async Task WithServerAsync(int chunks, Func<UploadHost, string, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("rag-api-load-").FullName;
        try
        {
            var text = new ZipfText(1, Words);
            await using (var store = await SqliteChunkStore.OpenAsync(Path.Combine(folder, "store.db")))
            {
                for (var d = 0; d < chunks / ChunksOfDocument; d++)
                {
                    var texts = Enumerable.Range(d * ChunksOfDocument, ChunksOfDocument).Select(text.Text).ToList();
                    var (whole, spans, at) = (string.Join("\n\n", texts), new List<TextSpan>(), 0);
                    foreach (var one in texts)
                    {
                        spans.Add(new(at, at + one.Length));
                        at += one.Length + 2;
                    }

                    var document = new Document($"d{d}", $"Document {d}", whole, [.. spans.Select(s => new Block(BlockKind.Paragraph, s))]);
                    await store.ReplaceDocumentAsync(document, [.. spans.Select((s, i) => new EmbeddedChunk(Chunk.Of(document, i, s)))]);
                }
            }

            var bodies = Enumerable.Range(0, Queries).Select(q => $"[[{JsonSerializer.Serialize(new { query = text.Query(q, 3), top = 10 })}]]");
            await File.WriteAllTextAsync(Path.Combine(folder, "load.lua"), $"local bodies = {{ {string.Join(", ", bodies)} }}\nlocal n = 0\nwrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nfunction request()\n  n = n % #bodies + 1\n  return wrk.format(nil, '/api/search', nil, bodies[n])\nend\n");
            using var host = await UploadHost.StartAsync(folder);
            await measure(host, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SearchAsync(UploadHost host, string folder, int chunks, string what, TextWriter output)
    {
        await SearchAsync(host, folder, 16, 10); // warms up
        foreach (var connections in (int[])[4, 16])
        {
            await output.WriteLineAsync($"{what}, {chunks} chunks, {connections} connections: {await SearchAsync(host, folder, connections, 20)}");
        }
    }

    private static async Task<Load> SearchAsync(UploadHost host, string folder, int connections, int seconds)
    {
        var used = host.ProcessorTime;
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", Path.Combine(folder, "load.lua"), $"{host.Client.BaseAddress}"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("wrk does not start. Install it: apt-get install wrk");
        var text = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        var requests = int.Parse(Requests().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        return new(requests / (double)seconds, Percentile().Matches(text).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value), (host.ProcessorTime - used).TotalMilliseconds / requests, Failed().Match(text).Value);
    }

    /// <summary>The name of the last event, or how the stream broke.</summary>
    private static async Task<string> ChatAsync(UploadHost host, int number)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ask") { Content = JsonContent.Create(new { question = $"What is {new ZipfText(1, Words).Query(number % Queries, 3)}?", stream = true }) };
            using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var stream = await response.Content.ReadAsStreamAsync();
            var last = $"answered with {(int)response.StatusCode}";
            try
            {
                await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync())
                {
                    last = item.EventType;
                }
            }
            catch (Exception e) when (e is HttpIOException or IOException)
            {
                return "cut in the middle";
            }

            return last is "done" or "error" || last.StartsWith("answered", StringComparison.Ordinal) ? last : "ended too soon";
        }
        catch (HttpRequestException)
        {
            return "not begun";
        }
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"^\s+(50|90|99)%\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex Percentile();

    [GeneratedRegex(@"(Non-2xx|Socket errors).*")]
    private static partial Regex Failed();

    private sealed record Load(double PerSecond, Dictionary<string, string> Latency, double ProcessorMilliseconds, string Failures)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0} requests/s, {string.Join(", ", Latency.Select(l => $"p{l.Key} {l.Value}"))}, {ProcessorMilliseconds:0.000} ms of the server's processor time each{(Failures.Length == 0 ? "" : $"; {Failures}")}");
    }
}
