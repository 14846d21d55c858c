using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rag.Agents.Python;
using Rag.Testing.Python;

namespace Rag.Quality.Python;

/// <summary>The Python subset beside the machine's own Python: the same programs with the same results, and simple statements per second.</summary>
internal static class PythonPrograms
{
    private const int Rounds = 5;

    // simple statements are those of the body and the assignments before it; the head of a loop is not counted
    private static readonly (string Name, string Program, int Statements)[] Loops =
    [
        ("while", "i = 0\nwhile i < 1000000:\n    x = i * 2 + 1\n    y = x % 7\n    i = i + 1", 3_000_001),
        ("for over a range", "for i in range(1000000):\n    x = i * 2 + 1\n    y = x % 7", 2_000_000),
        ("for in a function", "def f():\n    total = 0\n    for i in range(1000000):\n        x = i * 2 + 1\n        total += x % 7\n    return total\nf()", 2_000_003),
        ("floats in a function", "def f():\n    x = 0.0\n    for i in range(1000000):\n        x = x * 0.5 + 1.25\n        y = x - 0.5\n    return x\nf()", 2_000_003),
    ];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Python");

    public static async Task MeasureAsync(TextWriter output)
    {
        await CompareAsync(output);
        foreach (var (name, program, statements) in Loops)
        {
            await TimeAsync(name, program, statements, output);
        }
    }

    private static async Task CompareAsync(TextWriter output)
    {
        var path = Path.Combine(Folder, "programs.txt");
        var programs = ProgramFile.Read(path);
        var json = await SystemPython.RunAsync(Path.Combine(Folder, "programs.py"), path);
        if (json is null)
        {
            await output.WriteLineAsync("python: there is no python3 on this machine, so nothing is compared with it");
            return;
        }

        var expected = JsonSerializer.Deserialize<KnownResult[]>(json, JsonSerializerOptions.Web)!;
        var interpreter = new PythonInterpreter();
        var agree = 0;
        foreach (var (program, theirs) in programs.Zip(expected))
        {
            var result = interpreter.Run(program.Source);
            var ours = new KnownResult(result.Output, result.Value, result.Error?.ToString());
            agree += ours == theirs ? 1 : 0;
            if (ours != theirs)
            {
                await output.WriteLineAsync($"{program.Name}: ours {ours}, python3 {theirs}");
            }
        }

        await output.WriteLineAsync($"python: {programs.Count} programs, {agree} with the same output, value and error as python3, {programs.Count - agree} not");
    }

    private static async Task TimeAsync(string name, string program, int statements, TextWriter output)
    {
        var interpreter = new PythonInterpreter(new() { MaxSteps = 100_000_000 });
        var script = $"import time\ncode = compile({JsonSerializer.Serialize(program)}, 'p', 'exec')\nstart = time.perf_counter()\nexec(code, {{}})\nprint(time.perf_counter() - start)";
        List<double> ours = [];
        List<double> theirs = [];
        interpreter.Run(program);
        for (var i = 0; i < Rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            var result = interpreter.Run(program);
            ours.Add(watch.Elapsed.TotalSeconds);
            if (result.Error is not null)
            {
                throw new InvalidOperationException($"The loop '{name}' failed: {result.Error}");
            }

            if (await SystemPython.RunAsync("-c", script) is { } seconds)
            {
                theirs.Add(double.Parse(seconds, CultureInfo.InvariantCulture));
            }
        }

        ours.Sort();
        theirs.Sort();
        var median = ours[Rounds / 2];
        var ratio = theirs.Count == 0 ? "no python3 to compare with" : string.Create(CultureInfo.InvariantCulture, $"{theirs[Rounds / 2] / median:0.00} times as fast as python3");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}: {statements / median / 1e6:0.0} million simple statements a second with the limits on ({ours[0]:0.000} to {ours[^1]:0.000} s), {ratio}; medians of {Rounds} rounds in turn"));
    }

    private sealed record KnownResult(string Output, string? Value, string? Error);
}
