using Rag.Chat.Dialogue;

namespace Rag.Cli.Tests.Dialogue;

public sealed class PlaceTests
{
    [Fact]
    public void A_file_in_the_current_folder_is_named_from_there_and_what_is_no_file_by_its_id()
    {
        var file = Chunk("docs/a.md", Path.Combine(Environment.CurrentDirectory, "docs", "a.md"));

        Assert.Equal(Path.Combine("docs", "a.md"), Place.Of(file));
        Assert.Equal("notes/a.md", Place.Of(Chunk("notes/a.md", Path.GetFullPath(Path.Combine(Environment.CurrentDirectory, "..", "notes", "a.md")))));
        Assert.Equal("https://example.org/a", Place.Of(Chunk("https://example.org/a", "https://example.org/a")));
        Assert.Equal("stdin:a.md", Place.Of(Chunk("stdin:a.md", "stdin:a.md")));
        Assert.Equal("a", Place.Of(Chunk("a", null)));
    }

    private static Chunk Chunk(string document, string? path) => new($"{document}#0", document, "words", new(0, 5)) { Path = path };
}
