using System.CommandLine;
using Rag.Api.Json;
using Rag.Cli.Json;
using Rag.Ingest;

namespace Rag.Cli.Commands;

/// <summary><c>rag delete</c>: removes documents from a store.</summary>
internal static class DeleteCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var ids = new Argument<string[]>("DOCUMENT") { Description = "Ids as 'rag documents' lists them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("delete", "Delete documents from the store, archives and messages with their entries; the files stay.") { ids, options.Store, options.Tenant };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(session, parsed.GetValue(ids)!, parsed.GetValue(options.Store)!, parsed.GetValue(options.Tenant)!, parsed.GetValue(options.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] ids, string store, string tenant, bool json, CancellationToken cancellationToken)
    {
        await using var chunks = await Stores.OpenAsync(session, store, null, cancellationToken);
        var (deleted, found) = (0, 0);
        foreach (var id in ids.Distinct())
        {
            if (await chunks.DeleteWithEntriesAsync(id, tenant, cancellationToken) is { Count: > 0 } gone)
            {
                deleted += gone.Count;
                found++;
            }
            else
            {
                session.Complain($"There is no document '{id}' in '{store}'. List them: rag documents --store {store}");
            }
        }

        if (json)
        {
            RagJson.Write(session.Out, new DeleteJson(deleted), t => t.DeleteJson);
        }
        else
        {
            session.Out.WriteLine($"{deleted} deleted");
        }

        return found == ids.Distinct().Count() ? ExitCode.Done : found == 0 ? ExitCode.Failed : ExitCode.PartlyDone;
    }
}
