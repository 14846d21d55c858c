using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Retrieval;
using Rag.Storage;
using Rag.Testing;

namespace Rag.Agents.Tests.Tools;

/// <summary>What docs/how-to/give-an-agent-tools.md shows: its code, and the output of its examples.</summary>
public sealed partial class ToolsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedData.Checkout(), "..", "docs/how-to/give-an-agent-tools.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task Each_example_gives_what_the_page_shows()
    {
        var library = await LibraryAsync();
        var (run, scope) = (Calls.Run(), new Query("") { Groups = ["staff"] });
        AIFunction[] tools =
        [
            .. Tools(library.Store, library.Retriever, scope), .. PageTools.Create(library.Store, library.Retriever, scope), .. FactMemory.Create(library.Store, library.Retriever, "anna"),
        ];
        var shown = 0;
        foreach (var lines in CodeBlock().Matches(Page).Select(block => block.Groups["text"].Value.Split('\n')))
        {
            if (lines[0].Split(' ', 2) is [var name, var arguments] && tools.FirstOrDefault(t => t.Name == name) is { } tool)
            {
                var given = JsonDocument.Parse(arguments).RootElement.EnumerateObject().Select(a => (a.Name, (object?)a.Value)).ToArray();
                var result = await tool.CallAsync(run, given);
                Assert.Equal(string.Join('\n', lines.Skip(1)), result);
                shown++;
            }
        }

        Assert.Equal(tools.Length - 1, shown); // all but now, whose answer changes
    }

    [Fact]
    public void Each_tool_is_on_the_page()
    {
        var library = new Library();
        string[] names =
        [
            .. Tools(library.Store, library.Retriever, new Query("")).Concat(PageTools.Create(library.Store, library.Retriever, new Query(""))).Concat(FactMemory.Create(library.Store, library.Retriever, "")).Select(t => t.Name),
            Web().Name,
        ];

        Assert.All(names, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    private static AIFunction[] Tools(IChunkStore store, IRetriever retriever, Query scope)
    {
        // <tools>
        AIFunction[] tools =
        [
            SearchTool.Create(retriever, scope),
            PageReader.Create(store, retriever, scope),
            .. TableTool.Create(store, retriever, scope),
            Calculator.Create(),
            ClockTool.Create(),
        ];
        // </tools>
        return tools;
    }

    private static ApprovalRequiredAIFunction Web()
    {
        // <web>
        var web = HttpTool.Create(["docs.example.org", "*.example.com"]);
        // </web>
        return web;
    }

    private static async Task<AgentOptions> ServerAsync(string folder, Func<ToolApproval, CancellationToken, ValueTask<bool>> askTheUser)
    {
        // <mcp>
        await using var files = await McpTools.ConnectAsync("files", "mcp-server-filesystem", [folder], new() { Trusted = ["read_file"] });
        var options = new AgentOptions { Tools = files.Tools, Approve = askTheUser };
        // </mcp>
        return options;
    }

    private static async Task<Library> LibraryAsync()
    {
        var library = new Library();
        await library.AddAsync("Pool", "The pool of the town is 25 m long. It is 3 m deep.\n\nIt opens at 9 in the morning. It closes at 20.", d => d with { Pages = new([0, 52]) });
        await library.AddAsync("Prices", "| ticket | euro |\n| --- | --- |\n| adult | 4.50 |\n| child | 2.00 |\n| family | 11.00 |", d => d with { Blocks = [new(BlockKind.Table, new(0, d.Text.Length))], Groups = ["staff"] });
        return library;
    }

    [GeneratedRegex(@"^```\w*\n(?<text>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
