using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Testing;

namespace Rag.Agents.Tests.Tools;

public sealed class McpToolsTests
{
    private static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    private static readonly string[] Sample = ["exec", typeof(SampleMcpServer).Assembly.Location, "mcp-server"];

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Tools_of_a_program_are_called()
    {
        Environment.SetEnvironmentVariable("RAG_TEST_SECRET", "secret");
        await using var server = await McpTools.ConnectAsync("cellar", Host, Sample, new() { Trusted = ["echo"], Environment = new Dictionary<string, string> { ["CELLAR_KEY"] = "1" } });

        Assert.Empty(server.Warnings);
        Assert.Equal(["cellar_die", "cellar_echo", "cellar_environment", "cellar_fail", "cellar_rant"], server.Tools.Select(t => t.Name).Order());
        Assert.IsNotType<ApprovalRequiredAIFunction>(server.Tools.Named("cellar_echo"), exactMatch: false);
        Assert.All(server.Tools.Where(t => t.Name != "cellar_echo"), t => Assert.IsType<ApprovalRequiredAIFunction>(t));
        Assert.Equal("You said: good\nday", await server.Tools.Named("cellar_echo").CallAsync(null, ("text", "good\nday")));
        Assert.StartsWith("Error: ", await server.Tools.Named("cellar_fail").CallAsync(null));
        var environment = (await server.Tools.Named("cellar_environment").CallAsync(null)).Split(' ');
        Assert.Contains("PATH", environment);
        Assert.Contains("CELLAR_KEY", environment);
        Assert.DoesNotContain("RAG_TEST_SECRET", environment);
    }

    [Fact]
    public async Task A_program_that_dies_is_told_of_in_each_call()
    {
        await using var server = await McpTools.ConnectAsync("cellar", Host, Sample);

        Assert.Equal("The MCP server 'cellar' did not answer the call of 'die': it has ended. Its last complaint: Out of wine.", await server.Tools.Named("cellar_die").CallAsync(null));
        Assert.StartsWith("The MCP server 'cellar' did not answer the call of 'echo': it has ended.", await server.Tools.Named("cellar_echo").CallAsync(null, ("text", "x")));
    }

    [Fact]
    public async Task Of_a_complaint_without_end_the_beginning_is_told()
    {
        await using var server = await McpTools.ConnectAsync("cellar", Host, Sample);

        Assert.Equal($"The MCP server 'cellar' did not answer the call of 'rant': it has ended. Its last complaint: {new string('x', 300)}", await server.Tools.Named("cellar_rant").CallAsync(null));
    }

    [Fact]
    public async Task A_call_after_the_end_is_a_sentence()
    {
        var server = await McpTools.ConnectAsync("cellar", Host, Sample);
        await server.DisposeAsync();
        await server.DisposeAsync();

        Assert.StartsWith("The MCP server 'cellar' did not answer the call of 'echo': ", await server.Tools.Named("cellar_echo").CallAsync(null, ("text", "x")));
    }

    [Fact]
    public async Task A_program_that_is_none_or_no_server_is_refused()
    {
        Assert.Contains("cannot be started by 'no-such-program'", (await Assert.ThrowsAsync<McpServerException>(() => McpTools.ConnectAsync("x", "no-such-program", []))).Message, StringComparison.Ordinal);
        Assert.StartsWith("The MCP server 'x' did not say what tools it has: ", (await Assert.ThrowsAsync<McpServerException>(() => McpTools.ConnectAsync("x", Host, ["--version"]))).Message);
        await Assert.ThrowsAsync<ArgumentException>(() => McpTools.ConnectAsync("a b", Host, []));
    }

    [Fact]
    public async Task What_is_wrong_in_an_offer_is_left_out_and_said()
    {
        await using var tools = await ConnectAsync(new([[
            FakeMcpServer.Tool("good"), FakeMcpServer.Tool("good"), FakeMcpServer.Tool("a.b"), FakeMcpServer.Tool("a/b"), FakeMcpServer.Tool("no name"), FakeMcpServer.Tool("bad", "[]"),
            FakeMcpServer.Tool("worse", "{\"type\":\"string\"}"), FakeMcpServer.Tool("worst", "{\"type\":\"object\",\"properties\":3}"), "{}", "7", "null", FakeMcpServer.Tool(new string('x', 65))]]));

        Assert.Equal(["fake_good", "fake_a_b"], tools.Tools.Select(t => t.Name));
        Assert.Equal(10, tools.Warnings.Count);
        Assert.Contains("The MCP server 'fake': two tools have the name 'good'; the second is left out.", tools.Warnings);
        Assert.Contains("The MCP server 'fake': the tool 'a/b' would be called fake_a_b, as another is; it is left out.", tools.Warnings);
        Assert.Contains("The MCP server 'fake': the tool 'bad' has no schema of an object of up to 20000 characters.", tools.Warnings);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_ten_thousand_tools_some_are_taken(bool inPages)
    {
        var all = Enumerable.Range(0, 10_000).Select(i => FakeMcpServer.Tool($"t{i}")).ToArray();

        await using var tools = await ConnectAsync(new(inPages ? [.. all.Chunk(10)] : [all]));

        Assert.Equal(64, tools.Tools.Count);
        Assert.Equal(["The MCP server 'fake': it has more than 64 tools; the others are left out."], tools.Warnings);
    }

    [Fact]
    public async Task A_list_without_end_is_left()
    {
        await using var tools = await ConnectAsync(new([[FakeMcpServer.Tool("one")], []], endless: true));

        Assert.Equal("fake_one", Assert.Single(tools.Tools).Name);
        Assert.Equal(["The MCP server 'fake': its list of tools has more than 100 pages; the others are left out."], tools.Warnings);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_when_time_is_up()
    {
        var server = new FakeMcpServer([], silent: true);
        var connecting = ConnectAsync(server);
        await server.Asked;

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("The MCP server 'fake' did not say what tools it has: 30 seconds have passed.", (await Assert.ThrowsAsync<McpServerException>(() => connecting)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{this is no JSON")]
    [InlineData("[]")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"sampling/createMessage\",\"id\":5,\"params\":{}}")]
    public async Task A_call_that_is_not_answered_is_left_when_time_is_up_and_the_next_is_answered(string line)
    {
        var calls = 0;
        var server = new FakeMcpServer([[FakeMcpServer.Tool("t")]], async (id, server) =>
        {
            if (++calls > 1)
            {
                await server.AnswerAsync(id, "{\"content\":[{\"type\":\"text\",\"text\":\"here\"},{\"type\":\"image\",\"data\":\"\",\"mimeType\":\"image/png\"}]}");
                return;
            }

            await server.WriteAsync(line);
            server.NotAnswered();
        });
        await using var tools = await ConnectAsync(server);

        var late = tools.Tools[0].CallAsync(null);
        await server.Asked;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("The MCP server 'fake' did not answer the call of 't': 30 seconds have passed.", await late);
        Assert.Equal("here\n(image, which cannot be shown)", await tools.Tools[0].CallAsync(null));
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_the_server()
    {
        await using var tools = await ConnectAsync(new([[FakeMcpServer.Tool("t")]], (id, server) => server.AnswerAsync(id, $"{{\"content\":[{{\"type\":\"text\",\"text\":\"{new string('x', 20_000)}\"}}]}}")), new() { MaxMessage = 10_000 });

        Assert.Equal("The MCP server 'fake' did not answer the call of 't': it wrote a message of more than 10000 bytes.", await tools.Tools[0].CallAsync(null));
        Assert.Equal("The MCP server 'fake' did not answer the call of 't': it wrote a message of more than 10000 bytes.", await tools.Tools[0].CallAsync(null));
    }

    [Fact]
    public async Task Output_without_end_ends_the_server()
    {
        await using var tools = await ConnectAsync(
            new([[FakeMcpServer.Tool("t")]], async (id, server) =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    await server.WriteAsync("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"more and more and more and more and more\"}}");
                }
            }),
            new() { MaxMessage = 10_000 });

        Assert.Equal("The MCP server 'fake' did not answer the call of 't': it wrote more than 40000 bytes that nobody asked for.", await tools.Tools[0].CallAsync(null));
    }

    [Theory]
    [InlineData("{\"content\":[]}", "The tool gave nothing.")]
    [InlineData("{\"content\":[],\"structuredContent\":{\"a\":1}}", "{\"a\":1}")]
    [InlineData("{\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"isError\":true}", "Error: no")]
    [InlineData("{\"content\":7}", "The MCP server 'fake' did not answer the call of 't':")]
    [InlineData("[]", "The MCP server 'fake' did not answer the call of 't':")]
    [InlineData("{\"content\":[{\"type\":\"text\"}]}", "")]
    public async Task A_result_is_text(string result, string text)
    {
        await using var tools = await ConnectAsync(new([[FakeMcpServer.Tool("t")]], (id, server) => server.AnswerAsync(id, result)));

        Assert.StartsWith(text, await tools.Tools[0].CallAsync(null));
    }

    [Fact]
    public async Task Cancellation_throws()
    {
        using var stop = new CancellationTokenSource();
        var server = new FakeMcpServer([[FakeMcpServer.Tool("t")]], (_, _) => stop.CancelAsync());
        await using var tools = await ConnectAsync(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await tools.Tools[0].InvokeAsync(new(), stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => McpTools.ConnectAsync("x", Host, Sample, cancellationToken: new(true)));
    }

    private Task<McpTools> ConnectAsync(FakeMcpServer server, McpToolsOptions? options = null) =>
        McpTools.ConnectAsync("fake", server.Input, server.Output, options ?? new(), _ => Task.FromResult(""), server.EndAsync, _time, TestContext.Current.CancellationToken);
}
