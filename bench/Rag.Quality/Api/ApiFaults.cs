using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rag.Quality.Api;

/// <summary>A disk that is full (a file system of 3 MB in memory, which root may mount), and clients that send a byte at a time.</summary>
internal static class ApiFaults
{
    private const int Slow = 200;

    public static async Task MeasureAsync(TextWriter output)
    {
        await FillAsync(output);
        await DribbleAsync(output);
    }

    private static async Task FillAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("rag-api-full-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder) != 0)
        {
            await output.WriteLineAsync("disk: no file system could be mounted, so this was not measured; run it as root");
            return;
        }

        try
        {
            using (var host = await UploadHost.StartAsync(folder))
            {
                var (statuses, kept) = (new SortedDictionary<int, int>(), new List<string>());
                for (var i = 0; i < 60; i++)
                {
                    var text = $"The heron number {i} stands still. " + new ZipfText(1, 8000).Text(i);
                    using var sent = await host.Client.PostAsync($"/api/documents?name={i}.txt", new StringContent(text));
                    statuses[(int)sent.StatusCode] = statuses.GetValueOrDefault((int)sent.StatusCode) + 1;
                    if (sent.StatusCode == HttpStatusCode.Accepted)
                    {
                        kept.Add($"{i}.txt");
                    }
                }

                // the queue itself may wait for room, so its jobs are looked at, not waited for
                using var search = await host.Client.PostAsync("/api/search", new StringContent("""{"query":"heron"}""", Encoding.UTF8, "application/json"));
                await output.WriteLineAsync($"disk: 60 uploads of about 60 KB onto 3 MB: {string.Join(", ", statuses.Select(s => $"{s.Value} x {s.Key}"))}; a search meanwhile: {(int)search.StatusCode}");
                await RunAsync("mount", "-o", "remount,size=300m", folder);
                foreach (var failed in (await host.EndedJobsAsync()).Where(j => j.GetProperty("state").GetString() == "failed"))
                {
                    using var retried = await host.Client.PostAsync($"/api/jobs/{failed.GetProperty("id").GetString()}/retry", null);
                }

                var jobs = await host.EndedJobsAsync();
                var documents = (await host.ListAsync("/api/documents", "documents")).Select(d => d.GetProperty("id").GetString()!).ToHashSet();
                var files = new DirectoryInfo(Path.Combine(folder, "files")).EnumerateFiles("*.txt", SearchOption.AllDirectories).Count();
                await output.WriteLineAsync($"  with room again: {jobs.Count(j => j.GetProperty("state").GetString() == "done")} of {kept.Count} jobs done, {documents.Count} documents, {kept.Count(k => !documents.Contains(k))} acknowledged ones lost, {files - documents.Count} files of nobody");
            }
        }
        finally
        {
            await RunAsync("umount", folder);
            Directory.Delete(folder);
        }
    }

    private static async Task DribbleAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("rag-api-slow-").FullName;
        try
        {
            using var host = await UploadHost.StartAsync(folder);
            var port = host.Client.BaseAddress!.Port;
            const string Head = "POST /api/documents?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n";
            foreach (var (what, at) in ((string, int)[])[("heads", 0), ("bodies", Head.Length)])
            {
                var slow = Enumerable.Range(0, Slow).Select(_ => DribbleAsync(port, Head + new string('a', 100_000), at)).ToList();
                var (asked, start) = (new List<double>(), Stopwatch.GetTimestamp());
                while (!slow.TrueForAll(s => s.IsCompleted))
                {
                    var one = Stopwatch.GetTimestamp();
                    using var search = await host.Client.PostAsync("/api/search", new StringContent("""{"query":"heron"}""", Encoding.UTF8, "application/json"));
                    search.EnsureSuccessStatusCode();
                    asked.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
                    await Task.Delay(50);
                }

                var ends = (await Task.WhenAll(slow)).GroupBy(e => e.Status).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} x {g.Key} after {g.Min(e => e.Seconds):0.0} to {g.Max(e => e.Seconds):0.0} s"));
                asked.Sort();
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"dribbled {what}: {Slow} connections, a byte in 100 ms each: {string.Join(", ", ends)}; {asked.Count} searches meanwhile, all answered, median {asked[asked.Count / 2]:0.0} ms, longest {asked[^1]:0.0} ms"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Sends the beginning at once and the rest byte by byte, until the server answers or closes.</summary>
    private static async Task<(string Status, double Seconds)> DribbleAsync(int port, string request, int atOnce)
    {
        var start = Stopwatch.GetTimestamp();
        using var client = new TcpClient(AddressFamily.InterNetwork) { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        var stream = client.GetStream();
        var buffer = new byte[1000];
        var answer = stream.ReadAsync(buffer).AsTask();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request[..atOnce]));
            for (var i = atOnce; i < request.Length && !answer.IsCompleted; i++)
            {
                await stream.WriteAsync(new[] { (byte)request[i] });
                await Task.WhenAny(answer, Task.Delay(100));
            }

            var line = Encoding.ASCII.GetString(buffer, 0, await answer).Split('\r')[0];
            return (line.Length == 0 ? "closed" : line, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch (IOException)
        {
            return ("closed", Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
