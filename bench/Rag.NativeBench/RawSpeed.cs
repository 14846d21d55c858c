using System.Diagnostics;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench;

/// <summary>The same as <see cref="SingleSpeed"/> by plain decode calls.</summary>
internal static class RawSpeed
{
    public const string Usage = SingleSpeed.Usage;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var path = arguments.Word(0, "a model");
        var setup = ModelSetup.From(arguments);
        var (prompt, tokens, rounds) = (arguments.Number("prompt", 512), arguments.Number("tokens", 128), arguments.Number("rounds", 3));
        var (context, seed) = (arguments.Number("context", 1024), arguments.Number("seed", 1));
        arguments.RefuseOthers();
        var (model, load) = await setup.LoadAsync(path);
        using var opened = model;
        var clock = Stopwatch.StartNew();
        using var raw = new RawDecoding(model, setup.Context(context), sequences: 1);
        var contextTime = clock.Elapsed.TotalMilliseconds;
        var table = new Table($"Plain decode calls, `{Path.GetFileName(path)}`: {prompt} tokens of prompt, {tokens} of text; {setup}", "round", "load ms", "context ms", "prompt tok/s", "text tok/s");
        raw.Read([Prompts.Of(model.Vocabulary.Count, 16, seed)]);
        for (var round = 1; round <= rounds; round++)
        {
            var read = raw.Read([Prompts.Of(model.Vocabulary.Count, prompt, seed)]);
            table.Add(round, load, contextTime, prompt / read * 1000, (tokens - 1) / raw.Write(tokens - 1) * 1000);
        }

        table.Add(["median", .. Enumerable.Range(1, 4).Select(c => (Cell)table.Rows.Select(r => r[c].Number!.Value).Median())]);
        return new("raw", [table]);
    }
}
