using System.Text;
using Microsoft.Extensions.AI;
using Rag.Agents.Replay;
using Rag.Agents.Strategies;
using Rag.Testing;

namespace Rag.Agents.Tests.Replay;

public sealed class AgentRecordTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_holds_everything_of_the_record()
    {
        using var folder = new RecordFolder();
        var record = await FerryRun.RecordAsync() with { History = [new(ChatRole.User, "Hello."), new(ChatRole.Assistant, "Hi.")], Chat = new() { Temperature = 0.5f, Seed = 7 }, RequireCitations = true };
        await record.SaveAsync(folder.Path, Token);

        var loaded = await AgentRecord.LoadAsync(folder.Path, Token);
        await loaded.SaveAsync(folder.Path + "2", Token);

        Assert.Equal(await File.ReadAllTextAsync(folder.Path, Token), await File.ReadAllTextAsync(folder.Path + "2", Token));
        Assert.Equal(["Hello.", "Hi."], loaded.History.Select(m => m.Text));
        Assert.Equal((0.5f, 7), (loaded.Chat!.Temperature, loaded.Chat.Seed));
        Assert.True(loaded.RequireCitations);
        Assert.Equal(record.Budget, loaded.Budget);
        Assert.Equal(ReplayPropertyTests.Json(record.Run), ReplayPropertyTests.Json(loaded.Run));
        Assert.Equal(["run.json", "run.json2"], Directory.GetFiles(Path.GetDirectoryName(folder.Path)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Passages_keep_their_pages_lines_boxes_and_any_text()
    {
        using var folder = new RecordFolder();
        var chunk = Passages.Chunk("a\ud800b.md", "The ferry \udc00 leaves at noon.") with
        {
            Pages = new([0, 60], 3),
            Lines = new([0, 51, 60], 1),
            Boxes = new([new(new(51, 54), new(3, 10, 20, 30.25, 40)), new(new(55, 60), new(3, 31, 20, 50, 40))]),
            Tags = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2" },
            Context = "Boats > Ferries",
        };
        var record = await FerryRun.RecordAsync();
        record = record with { Run = record.Run with { Steps = [new AgentStep.Observation("search", "\ud83d") { Passages = [new(1, chunk, 0.1)] }, record.Run.Steps[^1]] } };
        await record.SaveAsync(folder.Path, Token);

        var loaded = (await AgentRecord.LoadAsync(folder.Path, Token)).Run.Steps[0];

        var observation = Assert.IsType<AgentStep.Observation>(loaded);
        var read = observation.Passages[0].Chunk;
        Assert.Equal("\ud83d", observation.Text);
        Assert.Equal((chunk.Id, chunk.Text, chunk.Span, chunk.Context, chunk.Path, chunk.Language), (read.Id, read.Text, read.Span, read.Context, read.Path, read.Language));
        Assert.Equal(3, read.Pages!.First);
        Assert.Equal(chunk.Pages!.Starts, read.Pages.Starts);
        Assert.Equal(chunk.Lines!.Starts, read.Lines!.Starts);
        Assert.Equal(chunk.Boxes, read.Boxes);
        Assert.Equal(chunk.Tags, read.Tags);
    }

    [Fact]
    public async Task Two_recordings_of_a_run_are_the_same_bytes_whatever_order_samples_come_in()
    {
        using var folder = new RecordFolder();
        var files = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var recording = new Recording(new ManualTime());
            using var client = new TurnScript((_, _, options) => new(ChatRole.Assistant, $"Answer: {options!.Seed / 3}"));
            var run = await recording.Agent(client, new SelfConsistencyStrategy(9)).RunAsync(FerryRun.Task, Token);
            await recording.Of(run).SaveAsync(folder.Path, Token);
            files.Add(await File.ReadAllTextAsync(folder.Path, Token));
        }

        Assert.Single(files);
    }

    [Theory]
    [InlineData("\"version\": 1,", "\"version\": 2,", "is a record of version 2, and this program reads version 1.")]
    [InlineData("\"version\": 1,", "", "is no whole record of an agent's run: it names no version.")]
    [InlineData("\"kind\": \"answer\"", "\"kind\": \"Rag.Answer, Rag.Core\"", "is no whole record")]
    [InlineData("\"kind\": \"answer\"", "\"kind\": \"plan\", \"items\": []", "is no whole record")]
    [InlineData("\"given\": 0", "\"given\": 99", "it says that 99 steps were given")]
    [InlineData("\"given\": 0", "\"given\": null", "is no whole record")]
    [InlineData("\"prompts\": {", "\"prompts\": {}, \"unread\": {", "its call 1 is not whole")]
    [InlineData("\"pieces\"", "\"parts\"", "is no whole record")]
    [InlineData("\"outcome\": \"completed\"", "\"outcome\": \"great\"", "is no whole record")]
    [InlineData("\"span\": [", "\"span\": [7, ", "is no whole record")]
    [InlineData("\"steps\": [", "\"steps\": [null, ", "is no whole record")]
    public async Task Damaged_file_and_one_of_another_version_are_refused_in_a_sentence(string part, string damage, string sentence)
    {
        using var folder = new RecordFolder();
        await (await FerryRun.RecordAsync()).SaveAsync(folder.Path, Token);
        var text = await File.ReadAllTextAsync(folder.Path, Token);
        Assert.Contains(part, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.Path, text.Replace(part, damage, StringComparison.Ordinal), Token);

        var e = await Assert.ThrowsAsync<InvalidDataException>(() => AgentRecord.LoadAsync(folder.Path, Token));

        Assert.StartsWith(folder.Path, e.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_damage_is_refused_in_a_sentence_or_changes_no_more_than_it_says()
    {
        using var folder = new RecordFolder();
        await (await FerryRun.RecordAsync()).SaveAsync(folder.Path, Token);
        var whole = await File.ReadAllBytesAsync(folder.Path, Token);
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var bytes = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(folder.Path, i % 4 == 0 ? whole[..random.Next(whole.Length - 1)] : bytes, Token);
            try
            {
                var record = await AgentRecord.LoadAsync(folder.Path, Token);
                await FerryRun.Dead(record.Replay()).RunAsync(FerryRun.Task, Token);
            }
            catch (Exception e) when (e is InvalidDataException or ReplayException)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Saving_leaves_the_old_file_where_it_is_cancelled()
    {
        using var folder = new RecordFolder();
        await File.WriteAllTextAsync(folder.Path, "old", Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await (await FerryRun.RecordAsync()).SaveAsync(folder.Path, new CancellationToken(true)));

        Assert.Equal("old", await File.ReadAllTextAsync(folder.Path, Encoding.UTF8, Token));
    }
}
