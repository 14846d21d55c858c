using Rag.Agents.Tests;
using Rag.Agents.Tests.Tools;

// The runner's entry point, and another life of this program: the server that the MCP tests start.
return args switch
{
    ["mcp-server"] => await SampleMcpServer.RunAsync(),
    _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") => await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
