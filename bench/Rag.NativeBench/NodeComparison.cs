using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Rag.Llama;
using Rag.Llama.Gguf;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench;

/// <summary>Rag.Llama and node-llama-cpp side by side: the same file, the same native library, a process a round each, in turn.</summary>
internal static class NodeComparison
{
    public const string Usage = "MODEL [--node bench/Rag.NativeBench/node] [--prompt 512] [--tokens 128] [--rounds 7] [--context 1024] [--seed 1]";

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var path = Path.GetFullPath(arguments.Word(0, "a model"));
        var setup = ModelSetup.From(arguments);
        var (prompt, tokens, rounds) = (arguments.Number("prompt", 512), arguments.Number("tokens", 128), arguments.Number("rounds", 7));
        var (context, seed) = (arguments.Number("context", 1024), arguments.Number("seed", 1));
        var node = Path.GetFullPath(arguments.Text("node") ?? Path.Combine("bench", "Rag.NativeBench", "node"));
        arguments.RefuseOthers();
        if (!Directory.Exists(Path.Combine(node, "node_modules", "node-llama-cpp")))
        {
            throw new UsageException($"node-llama-cpp is not in '{node}'. Run npm install there, or name the folder with --node.");
        }

        string[] settings = [.. Options(("threads", setup.Threads), ("prompt", prompt), ("tokens", tokens), ("context", context), ("seed", seed), ("batch", setup.BatchSize))];
        string[] ours = [.. Self(), "single", path, .. settings, "--rounds", "1", "--json"];
        string[] theirs = ["node", Path.Combine(node, "compare.mjs"), path, .. settings, .. Options(("vocabulary", GgufFile.Read(path).VocabularySize ?? 0))];
        List<(Round Ours, Round Theirs)> measured = [];
        for (var round = 0; round < rounds; round++)
        {
            var oursFirst = round % 2 == 0;
            var first = await RunAsync(oursFirst ? ours : theirs);
            var second = await RunAsync(oursFirst ? theirs : ours);
            measured.Add(oursFirst ? (first, second) : (second, first));
        }

        var table = new Table(
            $"Rag.Llama and node-llama-cpp, `{Path.GetFileName(path)}`: {prompt} tokens of prompt, {tokens} of text; {setup}; {rounds} rounds of a process each, in turn; the ratio is of the two in a round",
            "measure", "Rag.Llama, median", "node-llama-cpp, median", "ratio, median", "ratio, least", "ratio, greatest");
        foreach (var measure in SingleSpeed.Measures)
        {
            var ratios = measured.Select(m => m.Ours[measure] / m.Theirs[measure]).ToList();
            table.Add(measure, measured.Select(m => m.Ours[measure]).Median(), measured.Select(m => m.Theirs[measure]).Median(), ratios.Median(), ratios.Min(), ratios.Max());
        }

        var sameTokens = measured.TrueForAll(m => m.Ours.FirstTokens == m.Theirs.FirstTokens);
        return new("compare", [table], [LibraryNote(node), sameTokens ? "Both chose the same tokens." : "They did not choose the same tokens."], Failed: !sameTokens);
    }

    private static IEnumerable<string> Options(params (string Name, int Value)[] options) =>
        options.SelectMany(o => new[] { $"--{o.Name}", o.Value.ToString(CultureInfo.InvariantCulture) });

    // the program's own file, or dotnet with it
    private static IEnumerable<string> Self() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, typeof(NodeComparison).Assembly.Location]
        : [Environment.ProcessPath!];

    private static async Task<Round> RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
        }

        using var json = JsonDocument.Parse(output);
        var values = json.RootElement.TryGetProperty("tables", out var tables) ? tables[0].GetProperty("rows")[0] : json.RootElement;
        return new(SingleSpeed.Measures.ToDictionary(m => m, m => values.GetProperty(m).GetDouble()), values.GetProperty("first tokens").GetString()!);
    }

    private static string LibraryNote(string node)
    {
        var ours = LlamaLibrary.Load().Folder;
        var theirs = Directory.EnumerateDirectories(Path.Combine(node, "node_modules", "@node-llama-cpp"))
            .Select(d => Path.Combine(d, "bins", Path.GetFileName(d)))
            .FirstOrDefault(d => Directory.Exists(d) && Hashes(ours).All(h => Hashes(d).Contains(h)));
        return theirs is not null
            ? $"Every file of our llama.cpp is one of node-llama-cpp's {Path.GetFileName(theirs)}, byte for byte."
            : "The native libraries differ: our files are not in any of node-llama-cpp's packages.";
    }

    private static HashSet<string> Hashes(string folder) =>
        [.. Directory.EnumerateFiles(folder, "lib*.so").Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")];

    private sealed record Round(IReadOnlyDictionary<string, double> Values, string FirstTokens)
    {
        public double this[string measure] => Values[measure];
    }
}
