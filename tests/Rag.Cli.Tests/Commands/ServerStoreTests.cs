using Rag.Testing.Chroma;
using Rag.Testing.Pinecone;

namespace Rag.Cli.Tests.Commands;

public sealed class ServerStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rag-server").FullName;
    private readonly ChromaDouble _chroma = new() { ApiKey = "c" };
    private readonly PineconeDouble _pinecone = new() { ApiKey = "p" };

    public void Dispose()
    {
        _chroma.Dispose();
        _pinecone.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("chroma")]
    [InlineData("pinecone")]
    public async Task Every_command_works_on_a_server(string kind)
    {
        var path = Path.Combine(_folder, "a.md");
        await File.WriteAllTextAsync(path, "# Ledger\n\nThe ledger is closed on Fridays.");
        var store = kind == "chroma" ? $"chroma:{_chroma.Http.Address}/docs" : $"pinecone:{_pinecone.Http.Address}";

        Assert.Equal(0, (await RagAsync("ingest", path, "--store", store)).Code);
        var again = await RagAsync("ingest", path, "--store", store, "--json");
        var documents = await RagAsync("documents", "--store", store, "--json");
        var answer = await RagAsync("ask", "When is the ledger closed?", "--store", store, "--json");
        var doctor = await RagAsync("doctor", "--store", store);
        (await RagAsync("chat", "--session", "s", "--store", store)).AssertComplains(2, $"and '{store}' is no file. Leave --session out");
        var file = Path.Combine(_folder, "store.db");
        var copied = await RagAsync("copy", "--from", store, "--to", file, "--json");
        var (here, there) = (await RagAsync("search", "ledger closed", "--store", file, "--json"), await RagAsync("search", "ledger closed", "--store", store, "--json"));
        Assert.Equal(0, (await RagAsync("delete", documents.Json[0].GetProperty("id").GetString()!, "--store", store)).Code);

        Assert.Equal(1, again.Json.GetProperty("unchanged").GetInt32());
        Assert.Contains("Fridays", answer.Json.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, doctor.Code);
        Assert.Equal(here.Out, there.Out); // scores included
        Assert.Contains("Fridays", here.Out, StringComparison.Ordinal);
        Assert.Equal(1, copied.Json.GetProperty("copied").GetInt32());
        Assert.Equal(0, (await RagAsync("documents", "--store", store, "--json")).Json.GetArrayLength());
    }

    private static Task<Run> RagAsync(params string[] arguments) =>
        Run.RagAsync(arguments, name => name switch { "RAG_CHROMA_API_KEY" => "c", "RAG_PINECONE_API_KEY" => "p", _ => null });
}
