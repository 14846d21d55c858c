using System.Diagnostics;
using System.Globalization;
using Rag.Llama;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench;

/// <summary>Several texts at once, by the engine and by plain decode calls in turn, beside the bound that reading the weights sets.</summary>
internal static class ConcurrencySweep
{
    public const string Usage = "MODEL [--users 1,2,4,8] [--prompt 32] [--tokens 64] [--rounds 3] [--bandwidth GB/s]";

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var path = arguments.Word(0, "a model");
        var setup = ModelSetup.From(arguments);
        var (prompt, tokens, rounds) = (arguments.Number("prompt", 32), arguments.Number("tokens", 64), arguments.Number("rounds", 3));
        var counts = arguments.Numbers("users", 1, 2, 4, 8);
        var given = arguments.Fraction("bandwidth");
        arguments.RefuseOthers();
        var (model, _) = await setup.LoadAsync(path);
        using var opened = model;
        var bandwidth = MemoryBandwidth.Of(given, setup);
        var bytes = ModelSetup.WeightBytes(model.File);
        var table = new Table(
            $"Texts at once, `{Path.GetFileName(path)}`: {prompt} tokens of prompt, {tokens} of text each; {setup}",
            "users", "engine tok/s", "plain tok/s", "engine/plain", "engine/plain worst", "plain writing tok/s", "ms a step", "bound tok/s", "share of bound");
        foreach (var users in counts)
        {
            var prompts = Enumerable.Range(1, users).Select(u => Prompts.Of(model.Vocabulary.Count, prompt, u)).ToList();
            var options = setup.Context(users * (prompt + tokens + 1));
            await using var engine = new LlamaEngine(model, new() { Context = options, Slots = users, KeptBeginnings = 0 });
            using var raw = new RawDecoding(model, options, users);
            await Task.WhenAll(prompts.Select(p => EngineRun.OfAsync(engine, p, 4)));
            raw.Read(prompts);
            List<(double Engine, double Raw, double Writing)> measured = [];
            for (var round = 0; round < rounds; round++)
            {
                // whichever goes first, neither may profit from it
                var engineFirst = round % 2 == 0;
                var engineTime = engineFirst ? await TimeAsync(engine, prompts, tokens) : 0;
                var (read, write) = (raw.Read(prompts), raw.Write(tokens - 1));
                engineTime = engineFirst ? engineTime : await TimeAsync(engine, prompts, tokens);
                measured.Add((users * tokens / engineTime * 1000, users * tokens / (read + write) * 1000, users * (tokens - 1) / write * 1000));
            }

            var writing = measured.Select(m => m.Writing).Median();
            var ratios = measured.Select(m => m.Engine / m.Raw).ToList();
            var bound = users * bandwidth * 1e9 / bytes;
            table.Add(users, measured.Select(m => m.Engine).Median(), measured.Select(m => m.Raw).Median(), ratios.Median(), ratios.Min(), writing, users / writing * 1000, bound, writing / bound);
        }

        return new("sweep", [table],
        [
            string.Create(CultureInfo.InvariantCulture, $"The bound is reading {bytes / 1e9:F2} GB of weights once a step at {bandwidth:F0} GB/s; keys and values, which grow with users and length, are not in it."),
        ]);
    }

    private static async Task<double> TimeAsync(LlamaEngine engine, IReadOnlyList<int[]> prompts, int tokens)
    {
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(prompts.Select(p => EngineRun.OfAsync(engine, p, tokens)));
        if (runs.FirstOrDefault(r => r.Result.Tokens != tokens) is { } ended)
        {
            throw new InvalidOperationException($"A text ended after {ended.Result.Tokens} of {tokens} tokens, so totals do not compare. Take a model that `models` wrote: those never end.");
        }

        return clock.Elapsed.TotalMilliseconds;
    }
}
