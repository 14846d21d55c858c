using System.Diagnostics;
using System.Globalization;
using Rag.Agents.Python;
using Rag.Testing.Python;

namespace Rag.Quality.Python;

/// <summary>Hostile programs with the default limits: each must end with a result or an error.</summary>
internal static class PythonFuzz
{
    public static async Task MeasureAsync(int count, int seed, TextWriter output)
    {
        var honest = ProgramFile.Read(Path.Combine(AppContext.BaseDirectory, "Python", "programs.txt"));
        var programs = new HostilePrograms(seed, [.. honest.Select(p => p.Source)]);
        var interpreter = new PythonInterpreter();
        Dictionary<string, int> kinds = [];
        var slowest = (Time: TimeSpan.Zero, Program: "");
        var largest = (Bytes: 0L, Program: "");
        for (var i = 0; i < count; i++)
        {
            var program = programs.Next();
            var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
            var error = interpreter.Run(program).Error;
            var kind = error?.Kind ?? "a result";
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            if (kind == "SystemError")
            {
                await output.WriteLineAsync($"program {i} of seed {seed}: {error}\n{program}");
            }

            var (bytes, time) = (GC.GetAllocatedBytesForCurrentThread() - before, watch.Elapsed);
            slowest = time > slowest.Time ? (time, program) : slowest;
            largest = bytes > largest.Bytes ? (bytes, program) : largest;
        }

        var ends = string.Join(", ", kinds.OrderByDescending(k => k.Value).Select(k => $"{k.Value} {k.Key}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"python-fuzz: {count} programs of seed {seed} with the default limits, none thrown: {ends}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"longest {slowest.Time.TotalSeconds:0.00} s:\n{Start(slowest.Program)}\nmost allocated over its time {largest.Bytes / 1e6:0} MB:\n{Start(largest.Program)}"));
    }

    private static string Start(string program) => program.Length <= 300 ? program : $"{program[..300]}...";
}
