using System.Text.Json;

namespace Rag.Cli.Tests.Commands;

public sealed class FeedbackCommandTests
{
    [Fact]
    public async Task What_is_rated_in_chat_is_listed_and_exported()
    {
        using var workspace = new Workspace();
        var chat = await RatedAsync(workspace, "Who founded the archive?", "/good", "How long are invoices kept?", "/bad too long", "/better Invoices are kept for seven years.", "/better", "/quit");

        var listed = (await Run.RagAsync("feedback", "list", "--store", workspace.Store, "--json")).Json.EnumerateArray().ToList();
        var bad = await Run.RagAsync("feedback", "list", "--store", workspace.Store, "--verdict", "bad");

        Assert.Equal(0, chat.Code);
        Assert.Contains("Write the answer that you would have wanted", chat.Out, StringComparison.Ordinal);
        Assert.Equal(["good", "bad", "bad"], listed.Select(r => r.GetProperty("verdict").GetString()));
        Assert.Equal(("too long", "extractive"), (listed[1].GetProperty("comment").GetString(), listed[1].GetProperty("generator").GetString()));
        Assert.Equal("Invoices are kept for seven years.", listed[2].GetProperty("correction").GetString());
        Assert.DoesNotContain("Ada Crane", bad.Out, StringComparison.Ordinal);
        Assert.Contains("2 ratings, 0 good, 2 bad", bad.Error, StringComparison.Ordinal);
        foreach (var (format, field) in (IEnumerable<(string, string)>)[("kto", "label"), ("eval", "output"), ("examples", "answer")])
        {
            var file = Path.Combine(workspace.Root, format + ".jsonl");
            var run = await Run.RagAsync("feedback", "export", "--format", format, "--out", file, "--store", workspace.Store, "--json");
            var lines = await File.ReadAllLinesAsync(file);
            Assert.Equal((0, lines.Length), (run.Code, run.Json.GetProperty("lines").GetInt32()));
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty(field, out _), line));
        }

        var measured = await Run.RagAsync("eval", "grounding", "--clapnq", Path.Combine(workspace.Root, "eval.jsonl"), "--json");
        Assert.True(measured.Json.GetProperty("questions").GetInt32() >= 1);
    }

    [Fact]
    public async Task A_correction_makes_a_pair()
    {
        using var workspace = new Workspace();
        await RatedAsync(workspace, "Who founded the archive?", "/better It moved to Lisbon in 2003.", "/quit");
        var file = Path.Combine(workspace.Root, "dpo.jsonl");

        var run = await Run.RagAsync("feedback", "export", "--format", "dpo", "--out", file, "--store", workspace.Store);

        Assert.StartsWith("1 lines of 1 ratings", run.Out, StringComparison.Ordinal);
        var line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(file))).RootElement;
        Assert.StartsWith("It moved to Lisbon in 2003. [", line.GetProperty("chosen")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_answer_that_is_preferred_makes_a_pair()
    {
        using var workspace = new Workspace();
        using var server = new ModelServer { Answer = "The archive was founded in 1987. [1]", Warm = "The archive was founded by Ada Crane in 1987. [1]" };
        Assert.Equal(0, (await Run.RagAsync("ingest", workspace.Docs, "--store", workspace.Store)).Code);
        var file = Path.Combine(workspace.Root, "dpo.jsonl");

        var chat = await Run.RagAsync(["chat", "--store", workspace.Store, "--endpoint", server.Address], _ => null, string.Join('\n', "Who founded the archive?", "/prefer 1", "/other", "/prefer 2", "/prefer 7", "/quit"));
        var run = await Run.RagAsync("feedback", "export", "--format", "dpo", "--out", file, "--store", workspace.Store);

        Assert.Contains("The question of turn 1 has one answer. /other writes another one.", chat.Out, StringComparison.Ordinal);
        Assert.Contains("Which is better? /prefer 1 or /prefer 2.", chat.Out, StringComparison.Ordinal);
        Assert.Contains("Say which turn, from 1 to 2: /prefer N.", chat.Out, StringComparison.Ordinal);
        Assert.StartsWith("1 lines of 1 ratings", run.Out, StringComparison.Ordinal);
        var line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(file))).RootElement;
        Assert.Contains("Ada Crane", line.GetProperty("chosen")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada Crane", line.GetProperty("rejected")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_store_there_is_a_sentence()
    {
        (await Run.RagAsync("feedback", "list", "--store", "nowhere.db")).AssertComplains(1, "There is no store at 'nowhere.db'.");
        (await Run.RagAsync("feedback", "export", "--format", "kto", "--out", "f", "--store", "chroma:http://localhost:8000/a")).AssertComplains(2, "Ratings are kept in SQLite files");
    }

    private static async Task<Run> RatedAsync(Workspace workspace, params string[] lines)
    {
        Assert.Equal(0, (await Run.RagAsync("ingest", workspace.Docs, "--store", workspace.Store)).Code);
        return await Run.RagAsync(["chat", "--store", workspace.Store], _ => null, string.Join('\n', lines));
    }
}
