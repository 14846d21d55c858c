using System.Text.RegularExpressions;

namespace Rag.Architecture.Tests;

/// <summary>Documentation that cannot rot: its code is compiled, its links lead somewhere, its decisions are numbered once.</summary>
public sealed partial class DocumentationTests
{
    private static string[] Pages => [.. Repository.Files("docs", "*.md"), "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];

    [Fact]
    public void Code_on_a_page_is_the_code_of_a_sample()
    {
        foreach (var page in Pages)
        {
            foreach (Match block in CSharpBlock().Matches(Repository.Read(page)))
            {
                var source = block.Groups["source"];
                Assert.True(source.Success, $"{page}: C# without a source. Put <!-- sample: FILE#MARKER --> above it, so that this test can compare it with compiled code.");
                Assert.Equal(Sample(source.Value), block.Groups["code"].Value.TrimEnd());
            }
        }
    }

    [Fact]
    public void Readme_shows_at_most_15_lines_of_code()
    {
        Assert.All(CSharpBlock().Matches(Repository.Read("README.md")), block => Assert.InRange(block.Groups["code"].Value.TrimEnd().Split('\n').Length, 1, 15));
    }

    [Fact]
    public void Embedded_sample_fits_in_30_lines()
    {
        Assert.InRange(Repository.Read("samples/Rag.Embedded/Program.cs").TrimEnd().Split('\n').Length, 1, 30);
    }

    [Fact]
    public void Readme_first_screen_has_both_commands()
    {
        var screen = string.Join('\n', Repository.Read("README.md").Split('\n').Take(40));

        Assert.Contains("dotnet run --project samples/Rag.Chat -- --ask \"", screen, StringComparison.Ordinal);
        Assert.Matches(TestCommand(), screen);
    }

    [Fact]
    public void Link_leads_to_a_file()
    {
        var broken = Pages.SelectMany(page => Link().Matches(Repository.Read(page))
            .Select(m => m.Groups["target"].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('#'))
            .Where(t => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, t.Split('#')[0])))
            .Select(t => $"{page} -> {t}"));

        Assert.Empty(broken);
    }

    [Fact]
    public void Decision_has_a_number_of_its_own()
    {
        var numbers = Repository.Files("docs/decisions", "*.md").Select(Path.GetFileName).ToList();

        Assert.NotEmpty(numbers);
        Assert.All(numbers, name => Assert.Matches(DecisionName(), name));
        Assert.Equal(numbers.Count, numbers.Select(n => n![..4]).Distinct().Count());
    }

    [Fact]
    public void Test_that_the_page_on_security_names_is_there()
    {
        var tests = Repository.Files("tests", "*.cs").ToLookup(f => Path.GetFileNameWithoutExtension(f));
        var named = NamedTest().Matches(Repository.Read("docs/security.md"));

        Assert.NotEmpty(named);
        Assert.All(named, test =>
        {
            var files = tests[test.Groups["class"].Value];
            Assert.True(files.Any(), $"docs/security.md names {test.Value}, and there is no such class of tests.");
            Assert.True(!test.Groups["method"].Success || files.Any(f => Repository.Read(f).Contains($" {test.Groups["method"].Value}(", StringComparison.Ordinal)), $"docs/security.md names {test.Value}, and there is no such test.");
        });
    }

    [Fact]
    public void Page_on_security_goes_through_all_of_the_top_ten()
    {
        var page = Repository.Read("docs/security.md");

        Assert.All(Enumerable.Range(1, 10), number => Assert.Contains($"LLM{number:00}:2025", page, StringComparison.Ordinal));
    }

    private static string Sample(string source)
    {
        var (file, marker) = source.Split('#') is [var f, var m] ? (f, m) : (source, null);
        var lines = Repository.Read(file).TrimEnd().Split('\n');
        if (marker is not null)
        {
            var start = Array.FindIndex(lines, l => l.Trim() == $"// <{marker}>");
            var end = Array.FindIndex(lines, l => l.Trim() == $"// </{marker}>");
            Assert.True(start >= 0 && end > start, $"{file} has no lines between // <{marker}> and // </{marker}>.");
            lines = lines[(start + 1)..end];
        }

        var indent = lines.Where(l => l.Trim().Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Join('\n', lines.Select(l => l.Length >= indent ? l[indent..] : l)).Trim('\n').TrimEnd();
    }

    [GeneratedRegex(@"(?:<!-- sample: (?<source>\S+) -->\n)?```(?:csharp|cs|c#)\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"(?<!!)\[[^\]\n]+\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<class>\w+Tests)(?:\.(?<method>\w+))?`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex DecisionName();

    [GeneratedRegex(@"^dotnet test$", RegexOptions.Multiline)]
    private static partial Regex TestCommand();
}
