using System.Diagnostics;
using System.Globalization;
using Rag.Llama;
using Rag.NativeBench.Reporting;
using Rag.NativeBench.Soaking;
using Rag.Testing.Gguf;

namespace Rag.NativeBench;

/// <summary>Thousands of short requests of every kind, many leaving early: no wrong text, no slot stuck, no memory lost.</summary>
internal static class Soak
{
    public const string Usage = "[MODEL, default a tiny random one] [--requests 20000] [--warm-up 2000] [--in-flight 16] [--check-percent 10] [--seed 1]";

    private const int Checkpoints = 40;

    public static async Task<Report> RunAsync(Arguments arguments)
    {
        var (requests, warmUp, inFlight) = (arguments.Number("requests", 20_000), arguments.Number("warm-up", 2_000), arguments.Number("in-flight", 16));
        var (percent, seed) = (arguments.Number("check-percent", 10), arguments.Number("seed", 1));
        var given = arguments.WordOrNone(0);
        var setup = ModelSetup.From(arguments);
        arguments.RefuseOthers();
        var folder = Directory.CreateTempSubdirectory("rag-soak-");
        try
        {
            var (path, adapters) = Files(folder.FullName, given);
            var (model, _) = await setup.LoadAsync(path);
            using var opened = model;
            using var first = LlamaAdapter.Load(model, adapters[0]);
            using var second = LlamaAdapter.Load(model, adapters[1]);
            using var engines = new SoakEngines(model, setup, StreamCheck.Of(Llama.Gguf.GgufFile.Read(path).Quantization));
            var source = new SoakRequests(model.Vocabulary.Count, [first, second], percent, seed);
            var clock = Stopwatch.StartNew();
            await engines.RunAsync(source, warmUp, inFlight);
            for (var checkpoint = 0; checkpoint < Checkpoints; checkpoint++)
            {
                await engines.RunAsync(source, requests / Checkpoints, inFlight);
            }

            return Summary(Path.GetFileName(path), engines, clock.Elapsed, inFlight, setup);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Model, string[] Adapters) Files(string folder, string? given)
    {
        var shape = new LlamaShape { Context = 2_048 };
        var path = given ?? Path.Combine(folder, "tiny.gguf");
        if (given is null)
        {
            TinyModels.SaveLlama(path, shape);
        }

        string[] adapters = [Path.Combine(folder, "a.gguf"), Path.Combine(folder, "b.gguf")];
        var fitting = given is null ? shape : ShapeOf(given);
        TinyModels.SaveAdapter(adapters[0], fitting, seed: 3);
        TinyModels.SaveAdapter(adapters[1], fitting, seed: 4);
        return (path, adapters);
    }

    private static LlamaShape ShapeOf(string path)
    {
        var file = Llama.Gguf.GgufFile.Read(path);
        return new() { Layers = file.LayerCount!.Value, Width = file.EmbeddingLength!.Value, Heads = file.HeadCount!.Value, KeyValueHeads = file.KeyValueHeadCount!.Value };
    }

    private static Report Summary(string model, SoakEngines engines, TimeSpan time, int inFlight, ModelSetup setup)
    {
        var counts = engines.Counts;
        var outcome = new Table(
            $"Soak, `{model}`: {inFlight} requests in flight over two engines; {setup}",
            "requests", "minutes", "completed", "cancelled or left", "failed", "checked", "wrong", "parted at a tie", "beams among these", "greatest difference, nats", "stuck slots");
        outcome.Add(counts.Requests, time.TotalMinutes, counts.Completed, counts.Left, counts.Failed, counts.Checked, counts.Wrong, counts.Parted, counts.PartedBeams, counts.Difference, counts.Stuck);
        var memory = new Table("Memory with nothing in flight, after a full collection, MiB", "requests", "resident", "without mapped files", "native, allocated", "managed heap");
        foreach (var sample in engines.Samples)
        {
            memory.Add(sample.Requests, sample.Resident, sample.Private, sample.Native, sample.Heap);
        }

        var quarter = engines.Samples[Checkpoints / 4]; // the first sample is that of the warm-up
        var end = engines.Samples[^1];
        var growth = new Table("Growth from the quarter mark to the end", "of", "percent");
        growth.Add("resident memory", Percent(quarter.Resident, end.Resident));
        growth.Add("without mapped files", Percent(quarter.Private, end.Private));
        growth.Add("native, allocated", Percent(quarter.Native, end.Native));
        growth.Add("managed heap", Percent(quarter.Heap, end.Heap));
        return new("soak", [outcome, growth, memory], [.. engines.Faults.Take(20)], Failed: counts.Wrong + counts.Failed + counts.Stuck > 0);
    }

    private static string Percent(double from, double to) => string.Create(CultureInfo.InvariantCulture, $"{(to / from * 100) - 100:+0.00;-0.00}");
}
