using System.Diagnostics;
using System.Text;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Ingest.Sources.Git;
using Rag.Testing;

namespace Rag.Ingest.Tests.Sources;

public sealed class GitTests : IDisposable
{
    private const string First = "1111111111111111111111111111111111111111";
    private const string Second = "2222222222222222222222222222222222222222";

    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryChunkStore _store = new();

    // the examples of gitignore(5)
    [Theory]
    [InlineData("hello.*", "a/hello.txt", true)]
    [InlineData("/hello.*", "hello.c", true)]
    [InlineData("/hello.*", "a/hello.java", false)]
    [InlineData("doc/frotz", "doc/frotz", true)]
    [InlineData("doc/frotz", "a/doc/frotz", false)]
    [InlineData("**/foo/bar", "foo/bar", true)]
    [InlineData("**/foo/bar", "x/y/foo/bar", true)]
    [InlineData("abc/**", "abc/x/y", true)]
    [InlineData("abc/**", "abc", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/xb", false)]
    [InlineData("**/**/b", "b", true)]
    [InlineData("**/**/b", "x/ab", false)]
    [InlineData("foo/*", "foo/bar/hello.c", false)]
    [InlineData("foo**bar", "fooxbar", true)]
    [InlineData("a**/b", "ax/y/b", true)]
    [InlineData("?**/b", "ax/y/b", false)]
    [InlineData("\\#a", "#a", true)]
    [InlineData("#a", "#a", false)]
    [InlineData("a\\ ", "a ", true)]
    [InlineData("a  ", "a", true)]
    [InlineData("[a-c]?[!x]", "b.z", true)]
    [InlineData("[[:digit:]]", "7", true)]
    [InlineData("[[:digi:]]", "7", false)]
    [InlineData("[]-]", "]", true)]
    [InlineData("[a", "[a", false)]
    [InlineData("?", "é", false)]
    [InlineData("??", "é", true)]
    [InlineData("a\\", "a\\", false)]
    public void Patterns_mean_what_git_says(string pattern, string path, bool expected) => Assert.Equal(expected, IgnorePattern.Parse(pattern)?.Matches(Encoding.UTF8.GetBytes(path), isFolder: false) == true);

    [Theory]
    [InlineData('*', "a")]
    [InlineData('?', "*")]
    [InlineData('a', "*a")]
    [InlineData('/', "**/")]
    public void No_pattern_takes_more_time_than_its_length_allows(char last, string repeated)
    {
        var pattern = IgnorePattern.Parse("x/" + string.Concat(Enumerable.Repeat(repeated, 3000 / repeated.Length)) + last + "b")!;

        Assert.False(pattern.Matches(Encoding.UTF8.GetBytes("x/" + string.Concat(Enumerable.Repeat("a/aa", 500))), isFolder: false));
    }

    [Fact]
    public void Ignored_files_are_the_same_as_those_of_git()
    {
        if (!Run("--version"))
        {
            Assert.Skip("Compares with git, which is not there.");
            return;
        }

        var random = new Random(99);
        foreach (var tree in Enumerable.Range(0, 8))
        {
            var root = _folder.At($"tree{tree}");
            Directory.CreateDirectory(root);
            Assert.True(Run("init", "-q", root));
            foreach (var _ in Enumerable.Range(0, 60))
            {
                TryWrite(Path.Combine(root, RandomPath(random)), "text");
            }

            foreach (var folder in Directory.GetDirectories(root, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/.git", StringComparison.Ordinal) && random.Next(3) == 0).Append(root))
            {
                TryWrite(Path.Combine(folder, ".gitignore"), string.Join(random.Next(4) == 0 ? "\r\n" : "\n", Enumerable.Range(0, random.Next(1, 9)).Select(_ => RandomPattern(random))));
            }

            TryWrite(Path.Combine(root, ".git/info/exclude"), RandomPattern(random));

            var expected = Output(root, "ls-files", "--others", "--exclude-standard", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => !path.Split('/').Any(part => part.StartsWith('.')));
            var found = SourceFiles.Find([root], [], default, usesGit: true);

            Assert.Empty(found.Failures);
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Files.Select(file => Path.GetRelativePath(root, file.Path)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Documents_have_commit_and_branch_and_an_unchanged_one_is_only_relabelled()
    {
        Write(".git/HEAD", "ref: refs/heads/feature/a\n");
        Write(".git/refs/heads/feature/a", First + "\n");
        Write(".gitignore", "*.log\n");
        Write("docs/a.md", "Herons fish.");
        Write("docs/b.log", "Otters swim.");
        var embedder = new LengthEmbedder();

        Assert.Equal((1, 0), Counts(await SyncAsync(embedder)));
        Assert.Equal((First, "feature/a"), await LabelsAsync());
        Write(".git/refs/heads/feature/a", Second + "\n");
        Assert.Equal((0, 1), Counts(await SyncAsync(embedder)));
        Assert.Equal((Second, "feature/a"), await LabelsAsync());
        Write(".git/HEAD", First + "\n");
        await SyncAsync(embedder);
        Assert.Equal((First, null), await LabelsAsync());
        Assert.Equal("Herons fish.", Assert.Single(embedder.Texts));
        var replaced = _store.Replacements;
        await SyncAsync(embedder);
        Assert.Equal(replaced, _store.Replacements);

        static (int, int) Counts(SyncReport report) => (report.Added, report.Unchanged);
    }

    [Fact]
    public void Head_is_found_packed_in_a_linked_work_tree_and_nowhere_else()
    {
        Write("main/.git/packed-refs", $"# pack-refs with: peeled fully-peeled sorted\n{Second} refs/heads/main\n^{First}\n{First} refs/heads/other\n");
        Write("main/.git/HEAD", "ref: refs/heads/main\n");
        Write("main/.git/info/exclude", "*.tmp\n");
        Write("main/.git/worktrees/linked/HEAD", "ref: refs/heads/other\n");
        Write("main/.git/worktrees/linked/commondir", "../..\n");
        Write("linked/.git", $"gitdir: {_folder.At("main/.git/worktrees/linked")}\n");
        Write("linked/a.tmp", "text");
        Write("secret", First + "\n");
        Write("climbing/.git/HEAD", "ref: refs/../../../secret\n");
        Write("unborn/.git/HEAD", "ref: refs/heads/main\n");
        Write("circle/.git/HEAD", "ref: refs/x\n");
        Write("circle/.git/refs/x", "ref: refs/x\n");

        Assert.Equal((Second, "main"), Head("main"));
        Assert.Equal((First, "other"), Head("linked"));
        Assert.Empty(SourceFiles.Find([_folder.At("linked")], [], default, usesGit: true).Files);
        Assert.Equal(("", ""), Head("climbing"));
        Assert.Equal(("", "main"), Head("unborn"));
        Assert.Equal(("", ""), Head("circle"));

        (string, string) Head(string folder) => WorkTree.Of(_folder.At(folder)) is { } tree ? (tree.Commit, tree.Branch) : default;
    }

    [Fact]
    public void A_work_tree_inside_another_has_rules_of_its_own_and_a_folder_outside_is_a_failure()
    {
        Write("out/.git/HEAD", First);
        Write("out/.gitignore", "*.txt");
        Write("out/a.txt", "text");
        Write("out/inner/.git/HEAD", Second);
        Write("out/inner/b.txt", "text");
        Write("plain/c.txt", "text");

        var found = SourceFiles.Find([_folder.At("out"), _folder.At("plain")], [], default, usesGit: true);

        Assert.Equal(Second, Assert.Single(found.Files).Tree!.Commit);
        Assert.Contains("lies in no Git work tree", Assert.Single(found.Failures).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_ignore_file_is_a_failure_of_its_folder()
    {
        Write(".git/HEAD", First);
        Write("docs/.gitignore", new string('a', 2_000_000));
        Write("docs/a.txt", "text");
        Write("b.txt", "text");

        var found = SourceFiles.Find([_folder.Path], [], default, usesGit: true);

        Assert.Single(found.Files);
        Assert.Contains("more than the 1,048,576", Assert.Single(found.Failures).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string RandomPath(Random random) => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => RandomName(random)));

    private static string RandomName(Random random)
    {
        string[] names = ["a", "b", "ab", "abc", "a.txt", "b.txt", "build", "é", "a b", "x-1", "[a]", "foo", "bar"];
        return names[random.Next(names.Length)];
    }

    private static string RandomPattern(Random random)
    {
        string[] parts = ["a", "b", "ab", "*", "?", "**", "*.txt", "a*", "*b", "[a-c]", "[!a]", "[^b]*", "\\a", "\\[a\\]", "foo", "bar", "build", "é", "?b", "x-[0-9]", "[[:alpha:]]", "a**", "**b", "[]a]", "[a-", "a b", "a\\ b"];
        var pattern = string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => parts[random.Next(parts.Length)]));
        return (random.Next(4) == 0 ? "!" : "") + (random.Next(4) == 0 ? "/" : "") + pattern + (random.Next(4) == 0 ? "/" : "") + (random.Next(8) == 0 ? "  " : "");
    }

    // a name that is a file already is no folder
    private static void TryWrite(string path, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Write(string name, string text) => _folder.Write(name, text);

    private Task<SyncReport> SyncAsync(LengthEmbedder embedder) =>
        new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), _store, embedder).SyncAsync(new FileSource([_folder.At("docs")]) { UsesGit = true });

    private async Task<(string?, string?)> LabelsAsync() =>
        (await _store.GetDocumentAsync("docs/a.md"))!.Tags is var tags ? (tags.GetValueOrDefault("commit"), tags.GetValueOrDefault("branch")) : default;

    private static bool Run(params string[] args)
    {
        try
        {
            using var process = Start(Directory.GetCurrentDirectory(), args);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Output(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static Process Start(string folder, string[] args)
    {
        var start = new ProcessStartInfo("git", args) { WorkingDirectory = folder, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["GIT_CONFIG_GLOBAL"] = Path.Combine(folder, "no-such-config");
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["XDG_CONFIG_HOME"] = folder;
        foreach (var name in start.Environment.Keys.Where(key => key is "GIT_DIR" or "GIT_WORK_TREE" or "GIT_INDEX_FILE").ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }
}
