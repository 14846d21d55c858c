using System.Diagnostics;
using Rag.NativeBench.Models;
using Rag.NativeBench.Reporting;
using Rag.Testing.Gguf;

namespace Rag.NativeBench;

/// <summary>Writes models of known shapes with random weights: their speed is a real model's, their text is noise.</summary>
internal static class ModelWriting
{
    public const string Usage = "DIR [--only 33m-f16,1b-q4_k_m,...]";

    private static readonly (string Name, LlamaShape Shape, bool Tied)[] Shapes =
    [
        ("33m", RandomModels.Shape33M with { Context = 8_192 }, false),
        ("300m", RandomModels.Shape300M with { Context = 8_192 }, false),
        ("1b", Llama3(new() { Layers = 16, Width = 2_048, Heads = 32, KeyValueHeads = 8, FeedForward = 8_192 }), true), // Llama 3.2 1B
        ("8b", Llama3(new() { Layers = 32, Width = 4_096, Heads = 32, KeyValueHeads = 8, FeedForward = 14_336 }), false), // Llama 3.1 8B
    ];

    private static readonly (string Name, WeightType Type)[] Types = [("f16", WeightType.F16), ("q8_0", WeightType.Q80), ("q4_k_m", WeightType.Q4K)];

    public static Task<Report> RunAsync(Arguments arguments)
    {
        var folder = arguments.Word(0, "a folder for the models");
        var all = Shapes.SelectMany(s => Types.Select(t => (Name: $"{s.Name}-{t.Name}", s.Shape, t.Type, s.Tied))).Where(m => m.Type != WeightType.Q4K || m.Shape.Width >= 2_048).ToList();
        var only = (arguments.Text("only") ?? "33m-f16,33m-q8_0,300m-f16,300m-q8_0").Split(',');
        arguments.RefuseOthers();
        if (only.FirstOrDefault(n => all.TrueForAll(m => m.Name != n)) is { } unknown)
        {
            throw new UsageException($"There is no model {unknown}. Models: {string.Join(", ", all.Select(m => m.Name))}.");
        }

        Directory.CreateDirectory(folder);
        var table = new Table("Models with random weights", "file", "GB", "s");
        foreach (var model in all.Where(m => only.Contains(m.Name)))
        {
            var path = Path.Combine(folder, $"{model.Name}.gguf");
            var clock = Stopwatch.StartNew();
            new ShapedModel(model.Shape, model.Type, model.Tied).Save(path);
            table.Add(Path.GetFileName(path), new FileInfo(path).Length / 1e9, clock.Elapsed.TotalSeconds);
        }

        return Task.FromResult(new Report("models", [table]));
    }

    private static LlamaShape Llama3(LlamaShape shape) => shape with { Context = 131_072, ExtraVocabulary = 128_256 - shape.Vocabulary };
}
