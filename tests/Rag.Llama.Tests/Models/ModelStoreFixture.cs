using System.Security.Cryptography;
using Rag.Llama.Models;

namespace Rag.Llama.Tests.Models;

/// <summary>A store in a folder of its own, and a file of half a megabyte to fetch.</summary>
internal sealed class ModelStoreFixture : IDisposable
{
    private readonly HttpClient http = ModelStore.NewHttpClient();

    public ModelStoreFixture() => new Random(5).NextBytes(File);

    public byte[] File { get; } = new byte[500_000];

    public string Folder { get; } = Directory.CreateTempSubdirectory("rag-models-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "model.gguf");

    public string Part => Path + ".part";

    public ModelStore Store(ModelStoreOptions? options = null, Func<string, long>? freeBytes = null) => new(Folder, http, options, freeBytes ?? (_ => long.MaxValue));

    public CatalogModel Model(Uri server, bool sized = true, bool hashed = true) => new()
    {
        Name = "model",
        Kind = ModelKind.Chat,
        FileName = "model.gguf",
        Url = new(server, "/owner/model/resolve/main/model.gguf?download=true"),
        Bytes = sized ? File.Length : null,
        Sha256 = hashed ? Convert.ToHexString(SHA256.HashData(File)) : null,
        Licence = "none",
        MemoryGigabytes = 4,
        ContextLength = 512,
    };

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
