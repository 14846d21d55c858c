using System.CommandLine;
using Rag.Cli.Json;
using Rag.Enrichment;

namespace Rag.Cli.Commands;

/// <summary><c>rag copy</c>: copies documents with their chunks, vectors and versions from store to store, so that the files need not be read again.</summary>
internal static class CopyCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var from = new Option<string>("--from") { Description = "The store to read: a SQLite file, or one of a server as --store of other commands takes it.", HelpName = "S", Required = true };
        var to = new Option<string>("--to") { Description = "The store to write; made when there is none.", HelpName = "S", Required = true };
        var command = new Command("copy", "Copy the documents of one store into another; those that are there in the same version are skipped.") { from, to, options.Tenant };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(session, parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(options.Tenant)!, parsed.GetValue(options.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string from, string to, string tenant, bool json, CancellationToken cancellationToken)
    {
        await using var source = await Stores.OpenAsync(session, from, null, cancellationToken);
        await using var target = await Stores.OpenOrCreateAsync(session, to, null, cancellationToken);
        var there = (await target.ListDocumentsAsync(tenant, cancellationToken)).ToDictionary(d => d.Id);
        var (copied, unchanged, count) = (0, 0, 0);
        var documents = await source.ListDocumentsAsync(tenant, cancellationToken);
        foreach (var listed in documents)
        {
            if (listed.Version.Length > 0 && there.TryGetValue(listed.Id, out var same) && (same.Version, same.Chunks, same.Vectors) == (listed.Version, listed.Chunks, listed.Vectors))
            {
                unchanged++;
            }
            else if (await source.GetDocumentAsync(listed.Id, tenant, cancellationToken) is { } document)
            {
                var chunks = await source.GetChunksAsync(listed.Id, tenant, cancellationToken);
                await target.ReplaceDocumentAsync(document, chunks, cancellationToken);
                (copied, count) = (copied + 1, count + chunks.Count);
            }
        }

        if (NearDuplicates.AreTracked(documents))
        {
            await NearDuplicates.UpdateAsync(target, tenant, cancellationToken); // which may have had documents of its own
        }

        if (json)
        {
            RagJson.Write(session.Out, new CopyJson(copied, unchanged, count), t => t.CopyJson);
        }
        else
        {
            session.Out.WriteLine($"{copied} copied ({count} chunks), {unchanged} unchanged");
        }

        return ExitCode.Done;
    }
}
