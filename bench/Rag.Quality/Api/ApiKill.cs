using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Rag.Quality.Api;

/// <summary>Kills a server (SIGKILL) at seeded moments of uploads and jobs, starts it again, and looks whether every upload that was acknowledged is there.</summary>
internal static class ApiKill
{
    private const int Uploads = 16;
    private const int AtOnce = 4;
    private const int Names = 40;

    public static async Task MeasureAsync(int kills, int seed, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("rag-api-kill-").FullName;
        var (random, sum, started) = (new Random(seed), new Tally(), Stopwatch.GetTimestamp());
        var accepted = new Dictionary<string, List<Upload>>(); // by document, in the order of their acknowledgements
        try
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                using var host = await UploadHost.StartAsync(folder);
                var jobs = await host.ListAsync("/api/jobs", "jobs");
                sum.Interrupted += jobs.Count(j => j.GetProperty("state").GetString() is "queued" or "running" && j.GetProperty("attempts").GetInt32() > 0);
                await FindJobsAsync(random.Next(2) == 0 ? jobs : await host.EndedJobsAsync(), accepted, sum, output);
                await UploadUntilKilledAsync(host, random, kill, accepted, sum);
            }

            using var last = await UploadHost.StartAsync(folder);
            await CompareAsync(last, folder, accepted, sum, output);

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"api-kill: {kills} kills (seed {seed}) while {AtOnce} clients uploaded files of 1 to 200 KB under {Names} names; half of the starts first ended all jobs; {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; {(Environment.ProcessorCount)} processors"));
            await output.WriteLineAsync($"| uploads acknowledged | not acknowledged | jobs interrupted | given up and tried again | documents at the end | lost | not the last one whole | without their file | files of nobody |\n|---|---|---|---|---|---|---|---|---|\n| {sum.Accepted} | {sum.Unanswered} | {sum.Interrupted} | {sum.GivenUp} | {sum.Documents} | {sum.Lost} | {sum.Half} | {sum.WithoutFile} | {sum.Orphans} |");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task UploadUntilKilledAsync(UploadHost host, Random random, int kill, Dictionary<string, List<Upload>> accepted, Tally sum)
    {
        var plan = new Queue<Upload>(Enumerable.Range(0, Uploads).Select(i => new Upload($"{random.Next(Names)}.txt", $"kill {kill} upload {i}", 1 + (random.Next(200) * random.Next(2)))));
        var (answers, spins) = (random.Next(Uploads), random.Next(3_000_000));
        var (answered, moment) = (0, new TaskCompletionSource());
        if (answers == 0)
        {
            moment.SetResult();
        }

        var clients = Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                Upload upload;
                lock (plan)
                {
                    if (!plan.TryDequeue(out upload!))
                    {
                        return;
                    }
                }

                try
                {
                    using var response = await host.Client.PostAsync($"/api/documents?name={upload.Name}", new StringContent(upload.Content));
                    if (response.StatusCode != HttpStatusCode.Accepted)
                    {
                        throw new InvalidOperationException($"An upload was answered with {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                    }

                    var job = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("jobs")[0].GetProperty("id").GetString()!;
                    lock (plan)
                    {
                        sum.Accepted++;
                        (accepted.TryGetValue(upload.Name, out var list) ? list : accepted[upload.Name] = []).Add(upload with { Job = job });
                        if (++answered == answers)
                        {
                            moment.SetResult();
                        }
                    }
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
                {
                    lock (plan)
                    {
                        sum.Unanswered++;
                    }
                }
            }
        })).ToList();
        await Task.WhenAny(moment.Task, Task.WhenAll(clients));
        Thread.SpinWait(spins);
        await host.KillAsync();
        await Task.WhenAll(clients);
    }

    /// <summary>Every acknowledged upload has its job.</summary>
    private static async Task FindJobsAsync(List<JsonElement> jobs, Dictionary<string, List<Upload>> accepted, Tally sum, TextWriter output)
    {
        var states = jobs.ToDictionary(j => j.GetProperty("id").GetString()!, j => j.GetProperty("state").GetString());
        foreach (var upload in accepted.Values.SelectMany(u => u).Where(u => !states.TryGetValue(u.Job, out var state) || state == "cancelled"))
        {
            sum.Lost++;
            await output.WriteLineAsync($"lost: the job of {upload.Text}");
        }
    }

    /// <summary>At the end every document is the upload of its name whose job ended last, whole, with its file.</summary>
    private static async Task CompareAsync(UploadHost host, string folder, Dictionary<string, List<Upload>> accepted, Tally sum, TextWriter output)
    {
        foreach (var failed in (await host.EndedJobsAsync()).Where(j => j.GetProperty("state").GetString() == "failed").Reverse())
        {
            sum.GivenUp++; // the fifth kill while it ran; its owner tries it again
            using var retried = await host.Client.PostAsync($"/api/jobs/{failed.GetProperty("id").GetString()}/retry", null);
        }

        var jobs = await host.EndedJobsAsync();
        await FindJobsAsync(jobs, accepted, sum, output);

        // One that was not acknowledged may have been committed all the same; what it held is not known here.
        var documents = await host.ListAsync("/api/documents", "documents");
        sum.Documents = documents.Count;
        foreach (var name in jobs.Select(j => j.GetProperty("document").GetString()!).Distinct())
        {
            if (documents.All(d => d.GetProperty("id").GetString() != name))
            {
                sum.Lost++;
                continue;
            }

            var text = (await host.GetAsync($"/api/documents/text/{name}")).GetProperty("text").GetString()!;
            var known = accepted.GetValueOrDefault(name) ?? [];
            var newest = jobs.Where(j => j.GetProperty("document").GetString() == name).MaxBy(j => j.GetProperty("changedAt").GetDateTimeOffset()).GetProperty("id").GetString()!;
            sum.Half += known.Find(u => u.Job == newest) is { } expected && expected.Content.Trim() != text ? 1 : 0;
            using var file = await host.Client.GetAsync($"/api/documents/file/{name}");
            sum.WithoutFile += file.IsSuccessStatusCode && (await file.Content.ReadAsStringAsync()).Trim() == text ? 0 : 1;
        }

        sum.Orphans = new DirectoryInfo(Path.Combine(folder, "files")).EnumerateDirectories().SelectMany(d => d.EnumerateDirectories()).Count() - documents.Count;
    }

    private sealed record Upload(string Name, string Text, int Kilobytes)
    {
        public string Job { get; init; } = "";

        public string Content => string.Concat(Enumerable.Repeat($"This is what {Text} says of the heron. ", Kilobytes * 25));
    }

    private sealed class Tally
    {
        public int Accepted { get; set; }

        public int Unanswered { get; set; }

        public int Interrupted { get; set; }

        public int GivenUp { get; set; }

        public int Documents { get; set; }

        public int Lost { get; set; }

        public int Half { get; set; }

        public int WithoutFile { get; set; }

        public int Orphans { get; set; }
    }
}
