using System.Text.RegularExpressions;

namespace Rag.Architecture.Tests;

/// <summary>What stands in <c>deploy/</c> names things of this checkout, and they are there.</summary>
public sealed partial class DeploymentTests
{
    private const string Port = "5180";

    public static TheoryData<string> Served => ["deploy/Dockerfile", "deploy/compose.yaml", "deploy/rag.service"];

    [Theory]
    [MemberData(nameof(Served))]
    public void Option_is_one_of_rag_serve(string file)
    {
        var known = Repository.Files("src/Rag.Cli", "*.cs").SelectMany(f => MadeOption().Matches(Repository.Read(f))).Select(m => m.Groups["name"].Value).ToHashSet();
        var line = Assert.Single(Repository.Read(file).Split('\n'), l => ServeLine().IsMatch(l));

        var used = UsedOption().Matches(line).Select(m => m.Value).ToList();

        Assert.Contains("--urls", used);
        Assert.All(used, option => Assert.Contains(option, known));
        Assert.Contains($":{Port}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_is_built_from_a_project_that_is_there_and_asks_an_endpoint_that_is_there()
    {
        var image = Repository.Read("deploy/Dockerfile");

        Assert.True(Directory.Exists(Path.Combine(Repository.Root, Published().Match(image).Groups["project"].Value)));
        Assert.Contains($"EXPOSE {Port}", image, StringComparison.Ordinal);
        var asked = HealthCheck().Match(image);
        Assert.Equal(Port, asked.Groups["port"].Value);
        Assert.Contains($"\"{asked.Groups["path"].Value}\"", Repository.Read("src/Rag.Api/Endpoints/HealthEndpoints.cs"), StringComparison.Ordinal);
        Assert.True(image.IndexOf("USER ", StringComparison.Ordinal) is > 0 and var user && user < image.IndexOf("ENTRYPOINT", StringComparison.Ordinal), "The image must not run as root.");
        Assert.Contains("<AssemblyName>rag</AssemblyName>", Repository.Read("src/Rag.Cli/Rag.Cli.csproj"), StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"/app/rag\"]", image, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_stops_the_server_waits_longer_than_its_answers_may_take()
    {
        var grace = Seconds(@"Grace = TimeSpan.FromSeconds\((\d+)\)", "src/Rag.Api/ServerStop.cs");

        Assert.True(Seconds(@"stop_grace_period: (\d+)s", "deploy/compose.yaml") > grace);
        Assert.True(Seconds(@"TimeoutStopSec=(\d+)", "deploy/rag.service") > grace);
    }

    [Fact]
    public void Compose_names_files_that_are_there_or_that_it_says_how_to_make()
    {
        var compose = Repository.Read("deploy/compose.yaml");

        Assert.True(File.Exists(Path.Combine(Repository.Root, Regex.Match(compose, @"dockerfile: (\S+)").Groups[1].Value)));
        Assert.Contains("--keys deploy/keys.json", compose, StringComparison.Ordinal);
        Assert.Contains("deploy/keys.json", Repository.Read(".gitignore"), StringComparison.Ordinal);
        Assert.Contains("deploy/keys.json", Repository.Read("deploy/Dockerfile.dockerignore"), StringComparison.Ordinal);
    }

    private static int Seconds(string pattern, string file) => int.Parse(Regex.Match(Repository.Read(file), pattern).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("""new\("(?<name>--[a-z-]+)"|"(?<name>--[a-z-]+)",""")]
    private static partial Regex MadeOption();

    [GeneratedRegex("""^(CMD|ExecStart=|\s+command:).*\bserve\b""")]
    private static partial Regex ServeLine();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex UsedOption();

    [GeneratedRegex(@"dotnet publish (?<project>\S+)")]
    private static partial Regex Published();

    [GeneratedRegex(@"HEALTHCHECK .*http://127\.0\.0\.1:(?<port>\d+)(?<path>/\S+)")]
    private static partial Regex HealthCheck();
}
