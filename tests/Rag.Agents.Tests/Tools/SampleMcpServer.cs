using ModelContextProtocol.Server;

namespace Rag.Agents.Tests.Tools;

/// <summary>A well-behaved server, made with the package's own server side, whose tools show what a test asks for.</summary>
internal static class SampleMcpServer
{
    public static async Task<int> RunAsync()
    {
        McpServerTool[] tools =
        [
            McpServerTool.Create((string text) => $"You said: {text}", new() { Name = "echo", Description = "Says it again.", ReadOnly = true }),
            McpServerTool.Create(() => string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order()), new() { Name = "environment" }),
            McpServerTool.Create(string () => throw new InvalidOperationException("The cellar is locked."), new() { Name = "fail" }),
            McpServerTool.Create(
                string () =>
                {
                    Console.Error.WriteLine("Out of wine.");
                    Environment.Exit(3);
                    return "";
                },
                new() { Name = "die" }),
            McpServerTool.Create(
                string () =>
                {
                    Console.Error.Write(new string('x', 1_000_000));
                    Environment.Exit(4);
                    return "";
                },
                new() { Name = "rant" }),
        ];
        await using var transport = new StdioServerTransport("sample");
        await using var server = McpServer.Create(transport, new() { ServerInfo = new() { Name = "sample", Version = "1" }, ToolCollection = [.. tools] });
        await server.RunAsync();
        return 0;
    }
}
