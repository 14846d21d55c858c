using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests;

/// <summary>Models that tests share: written once a run into a temporary folder, or beside the checkout.</summary>
internal static class TestModels
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("rag-llama-").FullName;

    /// <summary>One thread, so that tests run beside each other without their threads waiting for a core.</summary>
    public static LlamaContextOptions OneThread { get; } = new() { Threads = 1, Size = 1024, BatchSize = 128 };

    /// <summary>A random generation model of two layers.</summary>
    public static string Tiny { get; } = Write("tiny.gguf", path => TinyModels.SaveLlama(path, new LlamaShape { Context = 2048 }));

    /// <summary>Layers to put on a GPU: none, or all where <c>RAG_TEST_GPU_LAYERS=all</c> asks for the suite to run on one.</summary>
    public static int GpuLayers { get; } = Environment.GetEnvironmentVariable("RAG_TEST_GPU_LAYERS") == "all" ? 999 : 0;

    /// <summary>By how much two ways to the same number may differ.</summary>
    public static double Rounding { get; } = GpuLayers > 0 ? 5e-3 : 1e-4;

    /// <summary>Whether llama.cpp's libraries are there.</summary>
    public static bool HasLibrary
    {
        get
        {
            try
            {
                LlamaLibrary.Load();
                return true;
            }
            catch (LlamaLibraryException)
            {
                return false;
            }
        }
    }

    /// <summary>Skips the test where llama.cpp's libraries are not there.</summary>
    public static void RequireLibrary()
    {
        try
        {
            LlamaLibrary.Load();
        }
        catch (LlamaLibraryException e)
        {
            Assert.Skip(e.Message);
        }
    }

    /// <summary>A model that tells stories, beside the checkout; skips the test where it is not there.</summary>
    public static string Stories()
    {
        RequireLibrary();
        var path = Path.Combine(SharedData.Folder ?? "", "..", "models", "stories260K.gguf");
        Assert.SkipUnless(File.Exists(path), "Needs ../shared/models/stories260K.gguf beside the checkout.");
        return Path.GetFullPath(path);
    }

    /// <summary>Writes a model once.</summary>
    public static string Write(string name, Action<string> save)
    {
        var path = Path.Combine(Folder, name);
        save(path);
        return path;
    }

    /// <summary>Loads where the suite runs.</summary>
    public static Task<LlamaModel> LoadAsync(string path)
    {
        RequireLibrary();
        return LlamaModel.LoadAsync(path, new LlamaModelOptions { GpuLayers = GpuLayers }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
