using System.Text.Json;
using Rag.Testing;

namespace Rag.Cli.Tests.Commands;

public sealed class ReadCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Json_is_one_document_with_the_fields_of_the_contract()
    {
        var run = await Run.RagAsync("read", Path.Combine(_workspace.Docs, "handbook.md"), "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var json = run.Json.AssertFields("id", "title", "mediaType", "pages", "text", "blocks", "warnings");
        var blocks = json.GetProperty("blocks").AssertArrayOf("kind", "start", "end", "level", "page", "box");
        Assert.Equal(("handbook.md", "Ledger handbook", "text/markdown", JsonValueKind.Null), (json.Text("id"), json.Text("title"), json.Text("mediaType"), json.GetProperty("pages").ValueKind));
        Assert.Equal(["heading", "heading", "paragraph", "heading", "paragraph", "table"], blocks.Select(b => b.Text("kind")));
        Assert.Equal("Conflicts", json.Text("text")[blocks[1].Number("start")..blocks[1].Number("end")]);
    }

    [Fact]
    public async Task Several_files_give_json_lines_in_the_order_given()
    {
        var (good, bad, other) = (Path.Combine(_workspace.Docs, "notes.txt"), _workspace.WriteBroken(), Path.Combine(_workspace.Docs, "page.html"));

        var run = await Run.RagAsync("read", good, bad, "missing.md", other, "--json");

        var lines = run.Out.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(3, run.Code);
        Assert.Equal(4, lines.Count);
        Assert.Equal("notes.txt", lines[0].Text("id"));
        Assert.Equal(bad, lines[1].AssertFields("path", "error").Text("path"));
        Assert.Equal("missing.md", lines[2].AssertFields("path", "error").Text("path"));
        Assert.Equal("page.html", lines[3].Text("id"));
    }

    [Fact]
    public async Task An_archive_gives_a_line_for_itself_and_one_for_each_entry_which_can_be_read_alone()
    {
        var archive = Path.Combine(_workspace.Docs, "a.zip");
        File.WriteAllBytes(archive, ArchiveFiles.Zip(("x.txt", "Herons fish."u8.ToArray()), ("y.gif", "GIF89a"u8.ToArray())));

        var run = await Run.RagAsync("read", archive, "--json");
        var entry = await Run.RagAsync("read", Path.Combine(archive, "x.txt"), "--json");

        Assert.Equal(["a.zip", "a.zip/x.txt"], run.Out.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement.Text("id")));
        Assert.Contains("Not read: 'y.gif'", run.Error, StringComparison.Ordinal);
        Assert.Equal("Herons fish.", entry.Json.Text("text"));
        (await Run.RagAsync("read", Path.Combine(archive, "z.txt"))).AssertComplains(1, "holds no 'z.txt'");
    }

    [Fact]
    public async Task Failures_alone_end_with_one()
    {
        var bad = _workspace.WriteBroken();

        (await Run.RagAsync("read", bad, "--json")).AssertComplains(1, "broken.docx");
        (await Run.RagAsync("read", "missing.md")).AssertComplains(1, "There is no file 'missing.md'.");
        (await Run.RagAsync("read", _workspace.Docs)).AssertComplains(1, "is a folder");
        Assert.Equal(1, (await Run.RagAsync("read", bad, "missing.md", "--json")).Code);
    }

    [Fact]
    public async Task Media_type_overrides_looking()
    {
        var run = await Run.RagAsync("read", Path.Combine(_workspace.Docs, "handbook.md"), "--media-type", "text/plain", "--json");

        Assert.Equal("text/plain", run.Json.Text("mediaType"));
        Assert.StartsWith("# Ledger handbook", run.Json.Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_see_text_without_control_sequences()
    {
        var path = _workspace.Write("evil.txt", "before \e[2J\e]0;owned\a after \u202efdp.exe\n");

        var run = await Run.RagAsync("read", path);

        Assert.Equal(0, run.Code);
        Assert.Contains("after", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out + run.Error, c => (char.IsControl(c) && c != '\n') || c == '\u202e');
    }
}
