using System.Diagnostics;

namespace Rag.Cli.Tests.Commands;

public sealed class DoctorCommandTests(StoreFixture store, CliModels models) : IClassFixture<StoreFixture>, IClassFixture<CliModels>
{
    [Fact]
    public async Task Json_lists_checks_with_the_fields_of_the_contract()
    {
        var run = await store.RagAsync("doctor", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var checks = run.Json.AssertFields("checks").GetProperty("checks").AssertArrayOf("name", "ok", "detail", "fix");
        Assert.Equal(["runtime", "terminal", "readers", "store", "native library", "endpoint"], checks.Select(c => c.Text("name")));
        Assert.Contains("3 documents", checks[3].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("none given", checks[5].Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model", "m.gguf", "model")]
    [InlineData("--endpoint", "http://localhost:1", "endpoint")]
    [InlineData("--store", "no-such-store.db", "store")]
    public async Task What_is_asked_for_and_not_there_fails(string option, string value, string check)
    {
        var run = await Run.RagAsync("doctor", option, value, "--json");

        Assert.Equal(1, run.Code);
        Assert.Contains($"{check}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
        Assert.False(run.Json.GetProperty("checks").EnumerateArray().Single(c => c.Text("name") == check).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_library_that_is_there_is_named_with_what_it_computes_on()
    {
        CliModels.RequireLibrary();

        var run = await Run.RagAsync("doctor");

        Assert.Matches(@"(?m)^ok    native library: llama\.cpp v0\.5\.0\S* in '.+'; computes on .*CPU \(", run.Out);
    }

    [Fact]
    public async Task A_model_is_described_and_loaded()
    {
        CliModels.RequireLibrary();

        var chat = await Run.RagAsync("doctor", "--model", models.Chat, "--gpu-layers", "0");
        var other = await Run.RagAsync("doctor", "--model", models.Reranker, "--gpu-layers", "0");
        var vectors = await Run.RagAsync("doctor", "--model", models.Embedding, "--gpu-layers", "0");

        Assert.Equal((0, 0, 0), (chat.Code, other.Code, vectors.Code));
        Assert.Matches(@"ok    model: '.*chat\.gguf' is llama, F32, 0\.\d MB, 2 layers, context 8192 tokens; loads with all 3 layers on the processor; chats in its own template", chat.Out);
        Assert.Contains("scores passages against a question", other.Out, StringComparison.Ordinal);
        Assert.Contains("makes vectors of 64 numbers", vectors.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_model_fails_with_the_reason()
    {
        var path = models.Write("damaged.gguf", "not a model");

        var run = await Run.RagAsync("doctor", "--model", path);

        Assert.Equal(1, run.Code);
        Assert.Contains("damaged.gguf", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_library_is_said_and_fails_only_with_a_model()
    {
        var (code, output, _) = await WithoutLibraryAsync("doctor");
        var (codeWithModel, _, error) = await WithoutLibraryAsync("doctor", "--model", models.Chat);

        Assert.Equal((0, 1), (code, codeWithModel));
        Assert.Matches("(?m)^ok    native library: no GGUF model can be run", output);
        Assert.All((string[])["npm", "RAG_LLAMA_LIBRARY", "RagLlamaBackend=cuda", "vulkan"], word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Contains("native library: The folder", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate", "--prompt", "x")]
    [InlineData("ask", "Who founded the archive?")]
    public async Task A_command_that_needs_the_library_says_that_it_is_missing(params string[] args)
    {
        var (code, output, error) = await WithoutLibraryAsync([.. args, "--model", models.Chat, .. args[0] == "ask" ? (string[])["--store", store.Workspace.Store] : []]);

        Assert.Equal((1, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains("does not hold llama.cpp's libraries", error, StringComparison.Ordinal);
    }

    // In a process of its own: a process loads the library once, and this one may have done so.
    private static async Task<(int Code, string Out, string Error)> WithoutLibraryAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rag.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RAG_LLAMA_LIBRARY"] = "/no/such/folder" },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
