using System.Text.Json;
using Rag.Llama;

namespace Rag.Cli.Tests.Commands;

public sealed class GenerateCommandTests(CliModels models) : IClassFixture<CliModels>
{
    private static readonly string[] Fields = ["text", "finishReason", "promptTokens", "tokens", "promptMs", "generateMs", "backend", "gpuLayers", "seed"];

    public static TheoryData<string> Wrong =>
    [
        "generate --prompt x", "generate --model m", "generate --model m --prompt x --prompt-file f", "generate --model m --prompt x --grammar g --json-schema s",
        "generate --model m --prompt x --max-tokens 0", "generate --model m --prompt x --temperature -1", "generate --model m --prompt x --temperature NaN", "generate --model m --prompt x --top-p 1.5",
        "generate --model m --prompt x --min-p many", "generate --model m --prompt x --top-k 1.5", "generate --model m --prompt x --beams 33", "generate --model m --prompt x --seed -1",
        "generate --model m --prompt x --gpu-layers -1", "generate --model m --prompt x --threads 0",
    ];

    [Fact]
    public async Task Json_is_one_document_with_the_fields_of_the_contract()
    {
        var run = await GenerateAsync("Hello", "--max-tokens", "5", "--temperature", "0", "--seed", "7");

        Assert.Equal("", run.Error);
        var json = run.Json.AssertFields(Fields);
        Assert.Equal(("length", 5, "cpu", 0, 7), (json.Text("finishReason"), json.Number("tokens"), json.Text("backend"), json.Number("gpuLayers"), json.Number("seed")));
        Assert.InRange(json.Number("promptTokens"), 2, 12);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_text_and_others_differ()
    {
        var texts = new List<string>();
        foreach (var seed in (string[])["1", "1", "2", "3"])
        {
            texts.Add((await GenerateAsync("Hello", "--max-tokens", "12", "--temperature", "1", "--seed", seed)).Json.Text("text"));
        }

        Assert.Equal(texts[0], texts[1]);
        Assert.True(texts.Distinct().Count() >= 2);
    }

    [Fact]
    public async Task People_see_the_text_that_programs_get()
    {
        var programs = await GenerateAsync("Hello", "--max-tokens", "12", "--temperature", "0");

        var people = await Run.RagAsync("generate", "--model", models.Chat, "--prompt", "Hello", "--max-tokens", "12", "--temperature", "0", "--gpu-layers", "0", "--threads", "1");

        Assert.Equal((0, "", programs.Json.Text("text") + Environment.NewLine), (people.Code, people.Error, people.Out));
    }

    [Fact]
    public async Task Prompt_file_is_read_as_it_is()
    {
        var file = models.Write("prompt.txt", "Hello");

        var run = await Run.RagAsync("generate", "--model", models.Chat, "--prompt-file", file, "--max-tokens", "3", "--temperature", "0", "--gpu-layers", "0", "--threads", "1", "--json");

        Assert.Equal((await GenerateAsync("Hello", "--max-tokens", "3", "--temperature", "0")).Json.Text("text"), run.Json.Text("text"));
    }

    [Fact]
    public async Task Grammar_shapes_the_text()
    {
        var grammar = models.Write("g.gbnf", "root ::= \"yes\" | \"no\"\n");

        var json = (await GenerateAsync("Hello", "--grammar", grammar)).Json;

        Assert.Contains(json.Text("text"), (string[])["yes", "no"]);
        Assert.Equal("stop", json.Text("finishReason"));
    }

    [Fact]
    public async Task Json_schema_shapes_the_text()
    {
        var schema = models.Write("s.json", """{ "type": "object", "properties": { "big": { "type": "boolean" } }, "required": ["big"], "additionalProperties": false }""");

        var json = (await GenerateAsync("Hello", "--json-schema", schema)).Json;

        Assert.Single(JsonDocument.Parse(json.Text("text")).RootElement.AssertFields("big").EnumerateObject());
    }

    [Fact]
    public async Task Beams_an_adapter_and_a_chat_template_can_be_asked_for()
    {
        var plain = (await GenerateAsync("Hello", "--max-tokens", "6", "--temperature", "0")).Json;
        var beams = (await GenerateAsync("Hello", "--max-tokens", "6", "--beams", "4")).Json;
        var adapted = (await GenerateAsync("Hello", "--max-tokens", "6", "--temperature", "0", "--lora", models.Adapter + ":4")).Json;
        var chat = (await GenerateAsync("Hello", "--max-tokens", "6", "--temperature", "0", "--chat")).Json.AssertFields(Fields);

        Assert.InRange(beams.Number("tokens"), 1, 6);
        Assert.NotEqual(plain.Text("text"), adapted.Text("text"));
        Assert.True(chat.Number("promptTokens") > plain.Number("promptTokens"));
    }

    [Fact]
    public async Task A_model_tells_its_story()
    {
        var run = await Run.RagAsync("generate", "--model", CliModels.Stories(), "--prompt", "Once upon a time", "--max-tokens", "8", "--temperature", "0", "--gpu-layers", "0", "--json");

        Assert.Equal(", there was a little girl", run.Json.Text("text")[..25]);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_usage_is_said_in_one_sentence(string line) => (await Run.RagAsync(line.Split(' '))).AssertComplains(2, "");

    [Fact]
    public async Task What_is_missing_or_broken_is_said_in_one_sentence()
    {
        var bad = models.Write("bad.gbnf", "root ::= (((\n");
        var notJson = models.Write("bad.json", "{");
        var cut = models.In("cut.gguf");
        await File.WriteAllBytesAsync(cut, (await File.ReadAllBytesAsync(models.Chat))[..100_000]);

        (await GenerateAsync("x", "--grammar", bad)).AssertComplains(1, "bad.gbnf' cannot be used. Line ");
        (await GenerateAsync("x", "--json-schema", notJson)).AssertComplains(1, "bad.json' cannot be used.");
        (await GenerateAsync("x", "--grammar", "none.gbnf")).AssertComplains(1, "none.gbnf");
        (await GenerateAsync("x", "--lora", "none.gguf:2")).AssertComplains(1, "'none.gguf'");
        (await GenerateAsync(new string('x', 9000))).AssertComplains(1, "the context holds 8192");
        (await Run.RagAsync("generate", "--model", cut, "--prompt", "x")).AssertComplains(1, "cut.gguf");
        (await Run.RagAsync("generate", "--model", models.Embedding, "--prompt", "x", "--gpu-layers", "0")).AssertComplains(1, "generates no text");
    }

    [Fact]
    public async Task A_missing_model_names_the_file_or_says_how_to_download_it()
    {
        (await Run.RagAsync("generate", "--model", "none.gguf", "--prompt", "x")).AssertComplains(1, "'none.gguf'");
        (await Run.RagAsync("generate", "--model", "tiny", "--prompt", "x", "--catalogue", models.Catalogue, "--models", models.Cache)).AssertComplains(1, "rag models pull tiny");
    }

    [Fact]
    public async Task Layers_for_a_gpu_that_is_not_there_are_refused()
    {
        CliModels.RequireLibrary();
        Assert.SkipWhen(LlamaLibrary.Load().Devices.Any(d => d.IsGpu), "This machine has a GPU.");

        (await Run.RagAsync("generate", "--model", models.Chat, "--prompt", "x", "--gpu-layers", "3")).AssertComplains(1, "3 layers were asked for on a GPU");
    }

    [Fact]
    public async Task Cancelling_in_the_middle_ends_the_line_and_then_with_130()
    {
        CliModels.RequireLibrary();
        using var cancelled = new CancellationTokenSource();
        await using var output = new CancellingWriter(cancelled);
        await using var error = new StringWriter();
        var longText = models.Write("long.gbnf", "root ::= \"a\"{500}\n"); // else the model may end before it is cancelled

        var code = await RagCommand.InvokeAsync(
            ["generate", "--model", models.Chat, "--prompt", "x", "--max-tokens", "8000", "--grammar", longText, "--gpu-layers", "0", "--threads", "1"], new Session(output, error), cancelled.Token);

        Assert.Equal((130, "Cancelled."), (code, error.ToString().Trim()));
        Assert.EndsWith(Environment.NewLine, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_with_130()
    {
        CliModels.RequireLibrary();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var run = await Run.RagAsync(["generate", "--model", models.Chat, "--prompt", "x"], _ => null, cancellationToken: cancelled.Token);

        run.AssertComplains(130, "Cancelled.");
    }

    private async Task<Run> GenerateAsync(string prompt, params string[] more)
    {
        CliModels.RequireLibrary();
        return await Run.RagAsync(["generate", "--model", models.Chat, "--prompt", prompt, "--gpu-layers", "0", "--threads", "1", "--json", .. more]);
    }

    /// <summary>Takes text and cancels as soon as there is some.</summary>
    private sealed class CancellingWriter(CancellationTokenSource source) : StringWriter
    {
        public override Task WriteAsync(string? value)
        {
            source.Cancel();
            return base.WriteAsync(value);
        }
    }
}
