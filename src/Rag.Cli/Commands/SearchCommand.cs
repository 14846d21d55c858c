using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Retrieval;

namespace Rag.Cli.Commands;

/// <summary><c>rag search</c>: finds passages.</summary>
internal static class SearchCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        // Optional only for '--retriever help', which asks for no query.
        var text = new Argument<string?>("QUERY") { Description = "What to look for.", Arity = ArgumentArity.ZeroOrOne };
        var top = SharedOptions.Top(10);
        var why = new Option<bool>("--why") { Description = "Say where each score comes from: terms, their weights, the filter." };
        var command = new Command("search", "Find passages.") { text, options.Store, top, options.Retriever, options.Filter, options.Tenant, why };
        command.SetAction((parsed, cancellationToken) =>
        {
            var retriever = parsed.GetValue(options.Retriever)!;
            if (retriever == "help")
            {
                return Task.FromResult(ListRetrievers(session, parsed.GetValue(options.Json)));
            }

            var query = new Query(Questions.Check(parsed.GetValue(text), "search"))
            {
                Tenant = parsed.GetValue(options.Tenant)!,
                Filter = options.FilterOf(parsed),
                Explain = parsed.GetValue(why),
            };
            var reason = query.Explain ? new WhyJson(retriever, parsed.GetValue(options.Filter)!, []) : null;
            return RunAsync(session, query, parsed.GetValue(options.Store)!, retriever, parsed.GetValue(top), reason, parsed.GetValue(options.Json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, Query query, string store, string retriever, int top, WhyJson? why, bool json, CancellationToken cancellationToken)
    {
        await using var chunks = await Stores.OpenAsync(store, Retrievers.ModelOf(retriever), cancellationToken);
        var hits = await new KeywordRetriever(chunks).RetrieveAsync(query, top, cancellationToken);
        if (json)
        {
            var results = hits.Select((hit, i) => HitJson.Of(hit, i + 1, why is null ? null : why with { Terms = hit.Terms.Select(TermJson.Of) }));
            RagJson.Write(session.Out, results, t => t.IEnumerableHitJson);
            return ExitCode.Done;
        }

        if (hits.Count == 0)
        {
            session.Error.WriteLine("Nothing found: no passage that may be searched holds a word of the query.");
            return ExitCode.Done;
        }

        if (why is not null)
        {
            session.Out.WriteLine(Plain.Line($"retriever {why.Retriever}, filter {(why.Filter.Length == 0 ? "none" : why.Filter)}"));
        }

        new PassageView(session.Console()).List(hits);
        return ExitCode.Done;
    }

    private static int ListRetrievers(Session session, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, Retrievers.All.Select(r => new RetrieverJson(r.Name, r.Does, r.Model is not null)), t => t.IEnumerableRetrieverJson);
            return ExitCode.Done;
        }

        foreach (var retriever in Retrievers.All)
        {
            session.Out.WriteLine($"{retriever.Name,-12} {retriever.Does}{(retriever.Model is null ? " (not there yet)" : "")}");
        }

        return ExitCode.Done;
    }
}
