using System.Runtime.CompilerServices;
using LLama;
using LLama.Common;
using LLama.Native;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.LLamaSharp.Tests;

/// <summary>Models that tests share: written once a run into a temporary folder, or beside the checkout, and loaded once.</summary>
internal static class TestWeights
{
    private const string ChatMl = "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
    private static readonly string Folder = Directory.CreateTempSubdirectory("rag-llamasharp-").FullName;
    private static readonly Lazy<LLamaWeights> LazyChat = new(() => Load(Write("chat.gguf", p => TinyModels.SaveLlama(p, ChatShape))));
    private static readonly Lazy<LLamaWeights> LazyEmbedding = new(() => Load(Write("embedding.gguf", p => TinyModels.SaveEmbedding(p))));
    private static readonly Lazy<LLamaWeights> LazyReranker = new(() => Load(Write("reranker.gguf", p => TinyModels.SaveReranker(p))));

    public static LlamaShape ChatShape { get; } = new() { Context = 4096, ControlTokens = ["<|im_start|>", "<|im_end|>"], ChatTemplate = ChatMl };

    /// <summary>A random model that writes text, with ChatML's template.</summary>
    public static LLamaWeights Chat => LazyChat.Value;

    public static LLamaWeights Embedding => LazyEmbedding.Value;

    public static LLamaWeights Reranker => LazyReranker.Value;

    /// <summary>One thread, so that tests run beside each other without their threads waiting for a core; no flash attention, whose rounding depends on what else is in a batch in the fourth decimal.</summary>
    public static ModelParams Parameters { get; } = new("") { ContextSize = 2048, BatchSize = 64, UBatchSize = 64, SeqMax = 4, Threads = 1, BatchThreads = 1, GpuLayerCount = 0, FlashAttention = false };

    /// <summary>A model that tells stories, beside the checkout; skips the test where it is not there.</summary>
    public static LLamaWeights Stories()
    {
        var path = Path.Combine(SharedData.Folder ?? "", "..", "models", "stories260K.gguf");
        Assert.SkipUnless(File.Exists(path), "Needs ../shared/models/stories260K.gguf beside the checkout.");
        return Load(path);
    }

    /// <summary>Texts of 1 to 19 words that both vocabularies can write, no two the same.</summary>
    public static List<string> Texts(int count, int seed = 5)
    {
        string[] words = ["the", "cat", "dog", "is", "what", "of", "paris", "capital", "france", "ferry", "noon"];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => words[random.Next(words.Length)])) + $" {i}")];
    }

    public static string Write(string name, Action<string> save)
    {
        var path = Path.Combine(Folder, name);
        save(path);
        return path;
    }

    public static LLamaWeights Load(string path) => LLamaWeights.LoadFromFile(new ModelParams(path) { GpuLayerCount = 0 });

    // llama.cpp's own lines would stand between those of the test runner.
    [ModuleInitializer]
    internal static void Quiet() => NativeLibraryConfig.All.WithLogCallback((_, _) => { });
}
