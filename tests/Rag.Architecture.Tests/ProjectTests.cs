namespace Rag.Architecture.Tests;

/// <summary>The arrows of ARCHITECTURE.md: a project is a dependency boundary.</summary>
public sealed class ProjectTests
{
    private static readonly string[] Composing = ["Rag.Api", "Rag.Cli"];

    private static readonly Dictionary<string, string[]> Libraries = new()
    {
        ["Rag.Core"] = [],
        ["Rag.Pdf"] = [],
        ["Rag.Ingest"] = ["Rag.Core", "Rag.Pdf"],
        ["Rag.Sqlite"] = ["Rag.Core"],
        ["Rag.Qdrant"] = ["Rag.Core"],
        ["Rag.Chroma"] = ["Rag.Core"],
        ["Rag.Pinecone"] = ["Rag.Core"],
        ["Rag.Llama"] = ["Rag.Core"],
        ["Rag.OpenAI"] = ["Rag.Core"],
        ["Rag.Agents"] = ["Rag.Core"],
        ["Rag.Faiss"] = [],
        ["Rag.Evaluation"] = ["Rag.Core"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Rag.Core"] = ["Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "System.Numerics.Tensors"],
        ["Rag.Pdf"] = [],
        ["Rag.Faiss"] = [],
        ["Rag.Ingest"] = ["AngleSharp", "DocumentFormat.OpenXml", "Markdig"],
        ["Rag.Sqlite"] = ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3"],
        ["Rag.Qdrant"] = ["Polly.Core"],
        ["Rag.Chroma"] = ["Polly.Core"],
        ["Rag.Pinecone"] = ["Polly.Core"],
        ["Rag.Llama"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["Rag.OpenAI"] = ["OpenAI", "Polly.Core"],
        ["Rag.Agents"] = ["ModelContextProtocol"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_points_only_where_the_plan_allows(string path)
    {
        var project = Path.GetFileNameWithoutExtension(path);
        var actual = Repository.ProjectReferences(path);

        if (Composing.Contains(project))
        {
            Assert.All(actual, reference => Assert.Contains(reference, Libraries.Keys.Concat(Composing)));
            return;
        }

        Assert.True(Libraries.TryGetValue(project, out var allowed), $"{project} is not in the plan: add it to ARCHITECTURE.md and to this test.");
        Assert.Empty(actual.Except(allowed!));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_takes_only_the_packages_of_its_boundary(string path)
    {
        if (Packages.TryGetValue(Path.GetFileNameWithoutExtension(path), out var allowed))
        {
            Assert.Empty(Repository.PackageReferences(path).Except(allowed));
        }
    }

    [Fact]
    public void Library_has_a_test_project_that_mirrors_it()
    {
        var tests = Repository.Files("tests", "*.csproj").Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.All(Repository.Files("src", "*.csproj").Select(Path.GetFileNameWithoutExtension), project => Assert.Contains($"{project}.Tests", tests));
    }

    [Fact]
    public void Solution_holds_every_project()
    {
        var solution = Repository.Read("Rag.sln").Replace('\\', '/');

        Assert.All(
            (string[])[.. Repository.Files("src", "*.csproj"), .. Repository.Files("tests", "*.csproj"), .. Repository.Files("samples", "*.csproj"), .. Repository.Files("bench", "*.csproj")],
            project => Assert.Contains(project, solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Project_file_states_no_version_of_a_package()
    {
        Assert.All(
            Repository.Files("", "*.csproj").Where(p => !p.StartsWith("adapters/", StringComparison.Ordinal)),
            project => Assert.DoesNotContain("Version=\"", Repository.Read(project), StringComparison.Ordinal));
    }
}
