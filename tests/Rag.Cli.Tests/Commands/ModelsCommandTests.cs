
namespace Rag.Cli.Tests.Commands;

public sealed class ModelsCommandTests : IDisposable
{
    private static readonly string[] Fields = ["name", "file", "bytes", "sha256", "present", "kind", "licence", "memoryGigabytes", "path"];

    private readonly CliModels _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task List_names_the_built_in_models()
    {
        var programs = await Run.RagAsync("models", "list", "--models", _models.Cache, "--json");
        var people = await Run.RagAsync("models", "list", "--models", _models.Cache);

        var models = programs.Json.AssertArrayOf(Fields);
        Assert.Equal((0, ""), (programs.Code, programs.Error));
        Assert.All(models, m => Assert.False(m.GetProperty("present").GetBoolean()));
        Assert.Equal(["chat", "embedding", "rerank"], models.Select(m => m.Text("kind")).Distinct().Order());
        Assert.All(models, m => Assert.Contains($"-     {m.Text("name")} ", people.Out, StringComparison.Ordinal));
        Assert.Contains(_models.Cache, people.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_takes_a_file_over_that_list_path_and_verify_then_find()
    {
        var path = Path.Combine(_models.Cache, "tiny.gguf");

        var pulled = await ModelsAsync("pull", "tiny", "--file", _models.Chat);

        Assert.Equal((0, path + "\n", ""), (pulled.Code, pulled.Out, pulled.Error));
        Assert.Equal(path + "\n", (await ModelsAsync("path", "TINY")).Out);
        var listed = (await ModelsAsync("list", "--json")).Json.AssertArrayOf(Fields)[0];
        Assert.Equal((true, path), (listed.GetProperty("present").GetBoolean(), listed.Text("path")));
        Assert.Equal("good tiny\n", (await ModelsAsync("verify")).Out);
        Assert.Equal("good", (await ModelsAsync("verify", "--json")).Json.AssertArrayOf([.. Fields, "verified"])[0].Text("verified"));
        Assert.Equal(path, (await ModelsAsync("pull", "tiny", "--json")).Json.AssertArrayOf(Fields)[0].Text("path"));
    }

    [Fact]
    public async Task A_name_of_the_catalogue_stands_for_its_file()
    {
        CliModels.RequireLibrary();
        await ModelsAsync("pull", "tiny", "--file", _models.Chat);

        var run = await Run.RagAsync(
            ["generate", "--model", "tiny", "--prompt", "x", "--max-tokens", "2", "--gpu-layers", "0", "--threads", "1", "--json"],
            name => name switch { "RAG_MODELS" => _models.Cache, "RAG_CATALOGUE" => _models.Catalogue, _ => null });

        Assert.Equal((0, ""), (run.Code, run.Error));
    }

    [Fact]
    public async Task What_is_not_here_says_how_to_get_it()
    {
        (await ModelsAsync("path", "tiny")).AssertComplains(1, "rag models pull tiny");
        (await ModelsAsync("path", "nobody")).AssertComplains(1, "Models: tiny.");
        (await ModelsAsync("pull", "nobody")).AssertComplains(1, "Models: tiny.");
        (await ModelsAsync("pull", "tiny", "--file", "none.gguf")).AssertComplains(1, "none.gguf");
        (await ModelsAsync("pull", "tiny", "--mirror", "nowhere")).AssertComplains(2, "--mirror 'nowhere'");
        (await ModelsAsync("pull", "tiny", "--mirror", "http://192.0.2.1/")).AssertComplains(1, "is not https");
        Assert.Equal("[]\n", (await ModelsAsync("verify", "--json")).Out);
    }

    [Fact]
    public async Task A_wrong_file_is_refused_and_a_damaged_one_found()
    {
        (await ModelsAsync("pull", "tiny", "--file", _models.Embedding)).AssertComplains(1, "tiny.gguf");
        await ModelsAsync("pull", "tiny", "--file", _models.Chat);
        await using (var file = File.OpenWrite(Path.Combine(_models.Cache, "tiny.gguf")))
        {
            file.Write("damage"u8);
        }

        var run = await ModelsAsync("verify", "--json");

        Assert.Equal((1, "damaged"), (run.Code, run.Json[0].Text("verified")));
        Assert.Contains("rag models pull tiny", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalogue_that_is_none_is_said_in_one_sentence()
    {
        File.WriteAllText(_models.Catalogue, "{");

        (await ModelsAsync("list")).AssertComplains(1, "catalogue");
    }

    private Task<Run> ModelsAsync(string command, params string[] more) => Run.RagAsync(["models", command, .. more, "--models", _models.Cache, "--catalogue", _models.Catalogue]);
}
