using System.CommandLine;
using Rag.Api.Json;
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
        var whyNot = new Option<string?>("--why-not") { Description = "In place of results say at which step this document is lost: store, reading, filter, analysis, ranking, fusion, budget.", HelpName = "DOCUMENT" };
        var cache = new ModelCacheOptions();
        var rerank = new ModelName("--rerank", "Re-rank passages with a model", cache, orEndpoint: true);
        var embed = new ModelName("--embed", SharedOptions.EmbedsQuestions, cache, orEndpoint: true);
        var command = new Command("search", "Find passages.") { text, options.Store, top, options.Retriever, embed.Option, rerank.Option, options.Filter, options.Tenant, why, whyNot };
        foreach (var option in cache.All)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var retriever = parsed.GetValue(options.Retriever)!;
            if (retriever == "help")
            {
                return ListRetrievers(session, parsed.GetValue(options.Json));
            }

            var query = new Query(Questions.Check(parsed.GetValue(text), "search"))
            {
                Tenant = parsed.GetValue(options.Tenant)!,
                Filter = options.FilterOf(parsed),
                Explain = parsed.GetValue(why),
            };
            using var embedder = await Embedder.LoadForAsync(retriever, session, parsed, embed, cancellationToken);
            await using var chunks = await Stores.OpenAsync(session, parsed.GetValue(options.Store)!, Retrievers.ModelOf(retriever), cancellationToken);
            using var reranker = await TimedReranker.LoadAsync(session, parsed, rerank, cancellationToken);
            var found = Retrievers.Over(chunks, retriever, embedder);
            found = reranker is null ? found : new RerankingRetriever(found, reranker);
            if (parsed.GetValue(whyNot) is { } expected)
            {
                var arms = Retrievers.ArmsOf(retriever).ToDictionary(name => name, name => Retrievers.Over(chunks, name, embedder));
                Print(session, await new WhyNot(chunks, found, arms, new() { Top = parsed.GetValue(top) }).ExplainAsync(query, expected, cancellationToken), parsed.GetValue(options.Json));
                return ExitCode.Done;
            }

            var hits = await found.RetrieveAsync(query, parsed.GetValue(top), cancellationToken);
            var how = reranker is null ? retriever : $"{retriever}, re-ranked by {reranker.Name}";
            Print(session, hits, query.Explain ? new WhyJson(how, parsed.GetValue(options.Filter)!, []) : null, parsed.GetValue(options.Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Session session, IReadOnlyList<ScoredChunk> hits, WhyJson? why, bool json)
    {
        if (json)
        {
            var results = hits.Select((hit, i) => HitJson.Of(hit, i + 1, why is null ? null : why with { Terms = hit.Terms.Select(TermJson.Of) }));
            RagJson.Write(session.Out, results, t => t.IEnumerableHitJson);
            return;
        }

        if (hits.Count == 0)
        {
            session.Error.WriteLine("Nothing found: no passage that may be searched fits the query.");
            return;
        }

        if (why is not null)
        {
            session.Out.WriteLine(Plain.Line($"retriever {why.Retriever}, filter {(why.Filter.Length == 0 ? "none" : why.Filter)}"));
        }

        new PassageView(session.Console()).List(hits);
    }

    private static void Print(Session session, Absence absence, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, AbsenceJson.Of(absence), t => t.AbsenceJson);
            return;
        }

        session.Out.WriteLine(Plain.Line(absence.Reason));
    }

    private static int ListRetrievers(Session session, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, Retrievers.All.Select(r => new RetrieverJson(r.Name, r.Does)), t => t.IEnumerableRetrieverJson);
            return ExitCode.Done;
        }

        foreach (var retriever in Retrievers.All)
        {
            session.Out.WriteLine($"{retriever.Name,-12} {retriever.Does}");
        }

        return ExitCode.Done;
    }
}
