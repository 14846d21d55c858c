using System.Security.Cryptography;
using System.Text.Json;
using Rag.Llama;
using Rag.Testing;
using Rag.Testing.Gguf;

namespace Rag.Cli.Tests;

/// <summary>Tiny random models and a catalogue of one of them; what needs llama.cpp's libraries is skipped where they are not there.</summary>
public sealed class CliModels : IDisposable
{
    private const string ChatMl = "{%- for message in messages -%}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{%- endfor -%}<|im_start|>assistant\n";

    private readonly string _root = Directory.CreateTempSubdirectory("rag-cli-models-").FullName;

    public CliModels()
    {
        var shape = new LlamaShape { Context = 8192, ControlTokens = ["<|im_start|>", "<|im_end|>"], ChatTemplate = ChatMl };
        TinyModels.SaveLlama(Chat, shape);
        TinyModels.SaveAdapter(Adapter, shape);
        TinyModels.SaveEmbedding(Embedding);
        TinyModels.SaveReranker(Reranker);
        File.WriteAllText(Catalogue, JsonSerializer.Serialize(new[]
        {
            new Dictionary<string, object>
            {
                ["name"] = "tiny",
                ["kind"] = "Chat",
                ["fileName"] = "tiny.gguf",
                ["url"] = "https://localhost:1/tiny.gguf",
                ["bytes"] = new FileInfo(Chat).Length,
                ["sha256"] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Chat))),
                ["licence"] = "none",
                ["memoryGigabytes"] = 4,
                ["contextLength"] = 8192,
            },
        }));
    }

    public string Chat => In("chat.gguf");

    public string Adapter => In("adapter.gguf");

    public string Embedding => In("embedding.gguf");

    public string Reranker => In("reranker.gguf");

    public string Catalogue => In("catalogue.json");

    /// <summary>The folder of downloaded models; empty at first.</summary>
    public string Cache => In("cache");

    /// <summary>A path in the folder of this fixture.</summary>
    public string In(string name) => Path.Combine(_root, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
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
        var path = Path.Combine(SharedData.Checkout(), "..", "shared", "models", "stories260K.gguf");
        Assert.SkipUnless(File.Exists(path), "Needs ../shared/models/stories260K.gguf beside the checkout.");
        return Path.GetFullPath(path);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
