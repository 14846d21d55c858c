using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Rag.Api.Mcp;
using Rag.Generation;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Api.Tests;

public sealed class McpServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_searches_asks_reads_and_lists_what_the_scope_may_see()
    {
        await using var store = new InMemoryChunkStore();
        foreach (var (id, groups, text) in ((string, string[], string)[])[("archive.md", [], "The archive was founded by Ada Crane in 1987."), ("minutes.md", ["board"], "The board sells the archive.")])
        {
            var document = new Document(id, id[..^3], text, [new(BlockKind.Paragraph, new(0, text.Length))]) { Groups = groups, Language = "en" };
            await store.ReplaceDocumentAsync(document, [new(Chunk.Of(document, 0, new(0, text.Length)))], Token);
        }

        var (toServer, toClient) = (new Pipe(), new Pipe());
        var retriever = new DefaultRetriever(store);
        await using var server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream(), "rag"), RagMcpServer.Options(store, retriever, new RagPipeline(retriever, new ExtractiveAnswerGenerator()), new("")));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = server.RunAsync(stop.Token);
        await using (var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), cancellationToken: Token))
        {
            Assert.Equal(["ask", "list_documents", "read_document", "search"], (await client.ListToolsAsync(cancellationToken: Token)).Select(t => t.Name).Order());
            Assert.Equal("The archive was founded by Ada Crane in 1987. [1]\n[1] archive (archive.md): \"The archive was founded by Ada Crane in 1987.\"", await CallAsync(client, "ask", ("question", "Who founded the archive?")));
            Assert.Contains("[1] archive: The archive was founded", await CallAsync(client, "search", ("question", "archive board")), StringComparison.Ordinal);
            Assert.DoesNotContain("minutes", await CallAsync(client, "search", ("question", "board sells")), StringComparison.Ordinal);
            Assert.Contains("founded by Ada Crane", await CallAsync(client, "read_document", ("document", "archive")), StringComparison.Ordinal);
            Assert.Equal("archive.md: archive", await CallAsync(client, "list_documents"));
            Assert.Equal("rag://document/archive.md", Assert.Single(await client.ListResourcesAsync(cancellationToken: Token)).Uri);
            Assert.Equal("The archive was founded by Ada Crane in 1987.", ((TextResourceContents)(await client.ReadResourceAsync("rag://document/archive.md", cancellationToken: Token)).Contents[0]).Text);
            await Assert.ThrowsAnyAsync<ModelContextProtocol.McpException>(async () => await client.ReadResourceAsync("rag://document/minutes.md", cancellationToken: Token));
        }

        await stop.CancelAsync();
        await Task.WhenAny(running); // it ends with its client
    }

    private static async Task<string> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments) =>
        string.Concat((await client.CallToolAsync(tool, arguments.ToDictionary(a => a.Name, a => a.Value), cancellationToken: Token)).Content.OfType<TextContentBlock>().Select(c => c.Text));
}
