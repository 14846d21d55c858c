using System.CommandLine;
using ModelContextProtocol.Server;
using Rag.Api.Mcp;

namespace Rag.Cli.Commands;

/// <summary><c>rag mcp</c>: the documents for programs that speak the Model Context Protocol, on standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var answers = new AnswerOptions(shared);
        var command = new Command("mcp", "Serve the documents to programs that speak the Model Context Protocol, on standard input and output.");
        foreach (var option in answers.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(session, parsed, shared, answers, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, SharedOptions shared, AnswerOptions answers, CancellationToken cancellationToken)
    {
        using var embedder = await answers.LoadEmbedderAsync(session, parsed, ingests: false, cancellationToken);
        await using var store = await Stores.OpenAsync(session, parsed.GetValue(shared.Store)!, answers.Weighing(parsed), cancellationToken);
        await using var model = await answers.LoadAsync(session, parsed, cancellationToken);
        using var adapters = answers.LoadAdapters(parsed, model);
        var asking = await answers.AskingAsync(parsed, model, adapters, cancellationToken);
        using var reranker = await answers.LoadRerankerAsync(session, parsed, cancellationToken);
        var library = answers.Library(parsed, answers.Scope(parsed), store, model, asking, embedder, reranker);
        await using var transport = session.Pipes is var (input, output) ? new StreamServerTransport(input, output, "rag") : new StdioServerTransport("rag");
        await using var server = McpServer.Create(transport, RagMcpServer.Options(store, library.Retriever, library.Pipeline, library.Scope));
        await server.RunAsync(cancellationToken);
        return ExitCode.Done;
    }
}
