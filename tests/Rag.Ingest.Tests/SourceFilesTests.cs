using Rag.Ingest.Sources;

namespace Rag.Ingest.Tests;

public sealed class SourceFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Find_passes_over_hidden_and_built_things()
    {
        foreach (var name in new[] { "a.txt", ".hidden.txt", ".git/config", "src/bin/b.txt", "src/obj/c.txt", "src/d.txt", "node_modules/e.txt", "bin.txt" })
        {
            _folder.Write($"docs/{name}", "text");
        }

        Assert.Equal(["docs/a.txt", "docs/bin.txt", "docs/src/d.txt"], Ids(Find("docs")));
        Assert.Equal(["bin/b.txt"], Ids(Find("docs/src/bin")));
    }

    [Fact]
    public void Find_follows_links_to_files_but_not_to_folders()
    {
        _folder.Write("outside/secret.txt", "text");
        var file = _folder.Write("docs/a.txt", "text");
        File.CreateSymbolicLink(_folder.At("docs/link.txt"), file);
        File.CreateSymbolicLink(_folder.At("docs/broken.txt"), _folder.At("gone.txt"));
        Directory.CreateSymbolicLink(_folder.At("docs/loop"), _folder.At("docs"));
        Directory.CreateSymbolicLink(_folder.At("docs/away"), _folder.At("outside"));
        Directory.CreateSymbolicLink(_folder.At("given"), _folder.At("docs"));

        Assert.Equal(["docs/a.txt", "docs/broken.txt", "docs/link.txt"], Ids(Find("docs")));
        Assert.Equal(3, Ids(Find("given")).Count());
    }

    [Fact]
    public void Find_takes_odd_names_as_they_are()
    {
        string[] names = ["a b.txt", "a#1.txt", "é漢字🦙.txt", $"{new string('x', 200)}.txt", "[x](y).txt"];
        foreach (var name in names)
        {
            _folder.Write($"docs/{name}", "text");
        }

        Assert.Equal(names.Select(n => $"docs/{n}").Order(StringComparer.Ordinal), Ids(Find("docs")));
    }

    [Fact]
    public void Find_takes_a_file_once_with_the_first_path_that_has_it()
    {
        _folder.Write("docs/deep/a.txt", "text");

        Assert.Equal(["a.txt"], Ids(Find("docs/deep/a.txt", "docs/deep", "docs")));
        Assert.Equal(["docs/deep/a.txt"], Ids(Find("docs/", "docs", "docs/deep")));
    }

    [Fact]
    public void Find_names_a_relative_folder_by_its_full_path()
    {
        var current = Path.GetFileName(Directory.GetCurrentDirectory());

        Assert.All(Ids(SourceFiles.Find(["."], [], default)), id => Assert.StartsWith($"{current}/", id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/a/b/c", "/a/b", true)]
    [InlineData("/a/bc", "/a/b", false)]
    [InlineData("/a/b", "/a/b", false)]
    [InlineData("/a", "/", true)]
    public void IsUnder_compares_whole_names(string path, string folder, bool expected) => Assert.Equal(expected, SourceFiles.IsUnder(path, folder));

    public void Dispose() => _folder.Dispose();

    private SourceFiles Find(params string[] paths) => SourceFiles.Find([.. paths.Select(_folder.At)], new SyncOptions().SkippedFolders, default);

    private static IEnumerable<string> Ids(SourceFiles files) => files.Files.Select(f => f.DocumentId);
}
