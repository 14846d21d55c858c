using System.Text.RegularExpressions;

namespace Rag.Architecture.Tests;

/// <summary>Whoever builds a dashboard finds every name in <c>docs/how-to/observe.md</c>, and finds no other.</summary>
public sealed partial class TelemetryPageTests
{
    [Fact]
    public void Tables_name_every_span_metric_and_attribute_of_the_code_and_no_other()
    {
        var code = string.Join('\n', Repository.Files("src", "*.cs").Where(f => !f.StartsWith("src/Rag.Agents/Replay/", StringComparison.Ordinal)).Select(Repository.Read));
        var used = Attributes().Matches(code).Concat(Spans().Matches(code)).Select(m => m.Groups[1].Value).Where(n => n is not "error.type").ToHashSet();

        Assert.Equal(used.Union(["chat", "embeddings", "rerank"]).Order(), Listed().Order());
    }

    private static HashSet<string> Listed() =>
        [.. Repository.Read("docs/how-to/observe.md").Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).SelectMany(l => Names().Matches(l)).Select(m => m.Groups[1].Value).Where(n => n.Contains('.', StringComparison.Ordinal) || s_spans.Contains(n)).Where(n => n is not "error.type")];

    private static readonly HashSet<string> s_spans = ["invoke_agent", "execute_tool", "chat", "embeddings", "rerank"];

    [GeneratedRegex("""
        "((?:rag|gen_ai)\.[a-z_.]+)"
        """)]
    private static partial Regex Attributes();

    [GeneratedRegex("""
        StartActivity\(\$"(invoke_agent|execute_tool)\s
        """)]
    private static partial Regex Spans();

    [GeneratedRegex("`([a-z_.]+)`")]
    private static partial Regex Names();
}
