using System.Text.RegularExpressions;

namespace Rag.Architecture.Tests;

/// <summary>Sizes and names, so that a newcomer finds a place in a minute.</summary>
public sealed partial class SourceTests
{
    private const int MaxLines = 400;

    private static string[] Sources => [.. Repository.Files("src", "*.cs"), .. Repository.Files("samples", "*.cs"), .. Repository.Files("bench", "*.cs"), .. Repository.Files("tests", "*.cs")];

    [Fact]
    public void File_has_at_most_400_lines()
    {
        var large = Sources.Select(f => (File: f, Lines: Repository.Read(f).Split('\n').Length - 1)).Where(f => f.Lines > MaxLines);

        Assert.Empty(large);
    }

    [Fact]
    public void Median_source_file_has_at_most_120_lines()
    {
        var lines = Repository.Files("src", "*.cs").Select(f => Repository.Read(f).Split('\n').Length).Order().ToList();

        Assert.InRange(lines[lines.Count / 2], 1, 120);
    }

    [Fact]
    public void Type_name_says_what_it_is()
    {
        var banned = Sources.Where(f => !f.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(f => TypeDeclaration().Matches(Repository.Read(f)).Select(m => (File: f, Name: m.Groups["name"].Value)))
            .Where(t => BannedEnding().IsMatch(t.Name));

        Assert.Empty(banned);
    }

    [Fact]
    public void File_is_named_after_a_type_in_it()
    {
        var lost = Repository.Files("src", "*.cs")
            .Where(f => !Path.GetFileName(f).Equals("Program.cs", StringComparison.Ordinal))
            .Where(f => !TypeDeclaration().Matches(Repository.Read(f)).Any(m => m.Groups["name"].Value == Path.GetFileName(f).Split('.')[0]));

        Assert.Empty(lost);
    }

    [Fact]
    public void Source_has_no_region_and_no_open_end()
    {
        Assert.All(Sources.Where(f => !f.StartsWith("tests/Rag.Architecture.Tests/", StringComparison.Ordinal)), file => Assert.DoesNotMatch(OpenEnd(), Repository.Read(file)));
    }

    [Fact]
    public void Folder_lies_at_most_two_levels_below_its_project()
    {
        Assert.All(Repository.Files("src", "*.cs"), file => Assert.InRange(file.Split('/').Length, 3, 5));
    }

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|sealed|static|abstract|partial|readonly|ref|file|unsafe)\s+)*(?:class|interface|enum|struct|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\]?]+)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utilities|Common|Base|Impl|Service|Data|Info|Handler)$")]
    private static partial Regex BannedEnding();

    [GeneratedRegex(@"#region|NotImplementedException|\b(TODO|FIXME|HACK)\b")]
    private static partial Regex OpenEnd();
}
