using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Rag.Quality.Api;

/// <summary>Broken files and texts that give orders, uploaded to a server; and clients that go away in the middle.</summary>
internal static class ApiAbuse
{
    private const int Orders = 50;
    private const int Disconnects = 100;

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("rag-api-abuse-").FullName;
        try
        {
            using var host = await UploadHost.StartAsync(folder);
            var bad = Path.Combine(data, "bad-input");
            var files = Directory.EnumerateFiles(bad, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (Name: Path.GetRelativePath(bad, f).Replace('/', '-'), Bytes: File.ReadAllBytes(f))).ToList();
            await UploadAsync(host, "bad-input", files, output);

            var mails = File.ReadLines(Path.Combine(data, "prompt-injection", "bipia", "email", "train.jsonl")).Take(Orders).Select(line => JsonElement.Parse(line).GetProperty("context").GetString()!);
            var orders = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(data, "prompt-injection", "bipia", "text_attack_train.json"))).EnumerateObject().SelectMany(kind => kind.Value.EnumerateArray()).Select(o => o.GetString()!).ToList();
            await UploadAsync(host, "prompt-injection", [.. mails.Select((mail, i) => ($"mail{i}.txt", Encoding.UTF8.GetBytes($"{mail}\n{orders[i % orders.Count]}")))], output);
            await DisconnectAsync(host, folder, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task UploadAsync(UploadHost host, string name, List<(string Name, byte[] Bytes)> files, TextWriter output)
    {
        var (started, ids) = (Stopwatch.GetTimestamp(), new List<string>());
        foreach (var (file, bytes) in files)
        {
            using var content = new ByteArrayContent(bytes);
            using var response = await host.Client.PostAsync($"/api/documents?name={Uri.EscapeDataString(file)}", content);
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                throw new InvalidOperationException($"{file} was answered with {response.StatusCode}.");
            }

            ids.Add(JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("jobs")[0].GetProperty("id").GetString()!);
        }

        var jobs = (await host.EndedJobsAsync()).Where(j => ids.Contains(j.GetProperty("id").GetString()!)).ToList();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var ready = (await host.GetAsync("/health/ready")).GetProperty("status").GetString();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}: {files.Count} files, {jobs.Count(j => j.GetProperty("state").GetString() == "done")} done, {jobs.Count(j => j.GetProperty("state").GetString() == "failed")} failed, all within {elapsed.TotalSeconds:0.0} s; the server is {ready}"));
        foreach (var group in jobs.Where(j => j.GetProperty("state").GetString() == "failed").GroupBy(j => j.GetProperty("error").GetString()!.Replace(j.GetProperty("document").GetString()!, "FILE", StringComparison.Ordinal)))
        {
            await output.WriteLineAsync($"  {group.Count()} x {group.Key}");
        }
    }

    // The time from the end of the connection to the end of the last trace on the disk.
    private static async Task DisconnectAsync(UploadHost host, string folder, TextWriter output)
    {
        var times = new List<double>();
        var files = new DirectoryInfo(Path.Combine(folder, "files"));
        int Kept() => files.EnumerateDirectories().Sum(d => d.EnumerateDirectories().Count());
        var before = Kept();
        for (var i = 0; i < Disconnects; i++)
        {
            long end;
            using (var client = new TcpClient())
            {
                await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
                await using var stream = client.GetStream();
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/documents?name=gone{i}.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\nExpect: 100-continue\r\n\r\n"));
                using var reader = new StreamReader(stream);
                if (await reader.ReadLineAsync() != "HTTP/1.1 100 Continue")
                {
                    throw new InvalidOperationException("The server does not read the upload.");
                }

                await stream.WriteAsync(new byte[100_000]);
                end = Stopwatch.GetTimestamp();
            }

            while (Kept() > before)
            {
                await Task.Yield();
            }

            times.Add(Stopwatch.GetElapsedTime(end).TotalMilliseconds);
        }

        times.Sort();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"disconnects: {Disconnects} clients that go away in the middle of an upload; their file is gone after {times[times.Count / 2]:0.0} ms (median), {times[^1]:0.0} ms (longest)"));
    }
}
