using System.CommandLine;
using Rag.Api.Json;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag documents</c>: lists what a store holds.</summary>
internal static class DocumentsCommand
{
    // A person looks for the others; what a crawl keeps may have thousands of characters.
    private const int LongestValue = 60;

    public static Command Create(Session session, SharedOptions options)
    {
        var command = new Command("documents", "List the documents in the store.") { options.Store, options.Tenant };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(session, parsed.GetValue(options.Store)!, parsed.GetValue(options.Tenant)!, parsed.GetValue(options.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string store, string tenant, bool json, CancellationToken cancellationToken)
    {
        await using var chunks = await Stores.OpenAsync(session, store, null, cancellationToken);
        var documents = (await chunks.ListDocumentsAsync(tenant, cancellationToken)).Select(DocumentJson.Of).ToList();
        if (json)
        {
            RagJson.Write(session.Out, documents, t => t.IEnumerableDocumentJson);
            return ExitCode.Done;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None).AddColumns("document", "title", "chunks", "ingested", "tags", "found");
        foreach (var d in documents)
        {
            var tags = string.Join(", ", d.Tags.Select(t => $"{t.Key}={(t.Value.Length > LongestValue ? t.Value[..LongestValue] + "..." : t.Value)}"));
            var found = string.Join(", ", d.Findings.Where(f => f.Value.Length <= DocumentFinding.MaxFiltered).Select(f => $"{f.Name}={f.Value}"));
            table.AddRow([.. new[] { d.Id, d.Title, $"{d.Chunks}", $"{d.IngestedAt:yyyy-MM-dd HH:mm}", tags, found }.Select(cell => new Text(Plain.Line(cell)))]);
        }

        session.Console().Write(table);
        session.Error.WriteLine($"{documents.Count} documents, {documents.Sum(d => d.Chunks)} chunks");
        return ExitCode.Done;
    }
}
