using System.Diagnostics;
using Rag.Llama;
using Rag.NativeBench.Reporting;

namespace Rag.NativeBench;

/// <summary>One user: load, context, prompt and text, through the public engine.</summary>
internal static class SingleSpeed
{
    public const string Usage = "MODEL [--prompt 512] [--tokens 128] [--rounds 3] [--context 1024] [--seed 1]";

    public static string[] Measures { get; } = ["load ms", "context ms", "prompt tok/s", "text tok/s", "MiB before", "MiB loaded", "MiB after"];

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var path = arguments.Word(0, "a model");
        var setup = ModelSetup.From(arguments);
        var (prompt, tokens, rounds) = (arguments.Number("prompt", 512), arguments.Number("tokens", 128), arguments.Number("rounds", 3));
        var (context, seed) = (arguments.Number("context", 1024), arguments.Number("seed", 1));
        arguments.RefuseOthers();
        LlamaLibrary.Load();
        var table = new Table($"One user, `{Path.GetFileName(path)}`: {prompt} tokens of prompt, {tokens} of text; {setup}", ["round", .. Measures, "tokens", "first tokens"]);
        for (var round = 1; round <= rounds; round++)
        {
            var before = ProcessMemory.ResidentMegabytes();
            var (model, load) = await setup.LoadAsync(path);
            using (model)
            {
                var clock = Stopwatch.StartNew();
                await using var engine = new LlamaEngine(model, new() { Context = setup.Context(context), Slots = 1, KeptBeginnings = 0 });
                var contextTime = clock.Elapsed.TotalMilliseconds;
                var loaded = ProcessMemory.ResidentMegabytes();
                // also brings the model's pages and the compiled code into memory
                var first = await EngineRun.TokensAsync(engine, Prompts.Of(model.Vocabulary.Count, 16, seed), 8);
                var run = await EngineRun.OfAsync(engine, Prompts.Of(model.Vocabulary.Count, prompt, seed), tokens);
                table.Add(round, load, contextTime, run.PromptPerSecond, run.TokensPerSecond, before, loaded, ProcessMemory.ResidentMegabytes(), run.Result.Tokens, first);
            }
        }

        table.Add(["median", .. Enumerable.Range(1, Measures.Length).Select(c => (Cell)table.Rows.Select(r => r[c].Number!.Value).Median()), "", ""]);
        return new("single", [table]);
    }
}
