using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Measures;
using Rag.Evaluation.Trec;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval retrieval</c>: measures retrievers on a collection in BEIR's layout, each corpus entry one retrieval unit.</summary>
internal static class EvalRetrievalCommand
{
    // In the order of RetrievalRunJson.
    private static readonly IReadOnlyList<Measure> Measures = TrecMeasures.Named("ndcg_cut_10", "map", "recip_rank_cut_10", "recall_10", "recall_100", "P_30");

    public static Command Create(Session session, SharedOptions options)
    {
        var beir = new Option<string>("--beir") { Description = "Folder with corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv.", HelpName = "DIR", Required = true };
        var split = new Option<string>("--split") { Description = "Whose judgements.", HelpName = "NAME", DefaultValueFactory = _ => "test" };
        var retrievers = new Option<string[]>("--retriever") { Description = "What to measure, once for each; 'rag search --retriever help' lists the names.", HelpName = "NAME", DefaultValueFactory = _ => ["default"] };
        var runOut = new Option<string?>("--run-out") { Description = "Write what was found in TREC's format; with several retrievers to F.NAME.", HelpName = "F" };
        var command = new Command("retrieval", "Measure retrievers on a collection in BEIR's layout.")
        {
            beir,
            split,
            retrievers,
            runOut,
            new UpcomingOption("--rerank", "MODEL", "Will re-rank what was found with a model."),
            new UpcomingOption("--chunk", "SIZE", "Will cut corpus entries into chunks.") { Arity = ArgumentArity.ZeroOrOne },
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            session, new(parsed.GetValue(beir)!), parsed.GetValue(split)!, [.. parsed.GetValue(retrievers)!.Distinct()], parsed.GetValue(runOut), parsed.GetValue(options.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, BeirFolder beir, string split, string[] names, string? runOut, bool json, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            Retrievers.ModelOf(name); // complains before anything has been measured
        }

        var judgements = (await beir.ReadJudgementsAsync(split, cancellationToken)).WithAnswers();
        var queries = await beir.ReadQueriesAsync(cancellationToken).Where(q => judgements.Queries.ContainsKey(q.Id)).ToListAsync(cancellationToken);
        if (queries.Count < judgements.Queries.Count)
        {
            var unknown = judgements.Queries.Keys.Except(queries.Select(q => q.Id)).First();
            throw new CommandException($"The split '{split}' judges query '{unknown}', which queries.jsonl lacks ({judgements.Queries.Count - queries.Count} such queries). Give a split that belongs to the collection.");
        }

        if (queries.Count == 0)
        {
            throw new CommandException($"The split '{split}' has no query with a relevant document, so there is nothing to measure.");
        }

        List<RetrievalRunJson> runs = [];
        var documents = 0;
        foreach (var name in names)
        {
            (var run, documents, var took) = await MeasureAsync(beir, name, queries, cancellationToken);
            runs.Add(Result(name, run, judgements, took));
            if (runOut is not null)
            {
                await RunFile.WriteAsync(names.Length == 1 ? runOut : $"{runOut}.{name}", run.Run, cancellationToken);
            }
        }

        Print(session, new(beir.Name, documents, queries.Count, runs), json);
        return ExitCode.Done;
    }

    private static async Task<(RetrievalRun Run, int Documents, TimeSpan IndexTime)> MeasureAsync(BeirFolder beir, string name, IReadOnlyList<CollectionQuery> queries, CancellationToken cancellationToken)
    {
        if (Retrievers.NeedsEmbedder(name))
        {
            throw new CommandException($"The retriever '{name}' compares vectors; measuring such ones is not there yet. Name one that finds words.");
        }

        var clock = TimeProvider.System;
        await using var store = new CollectionStore(Retrievers.ModelOf(name));
        var documents = 0;
        var took = TimeSpan.Zero; // without reading the file
        await foreach (var document in beir.ReadDocumentsAsync(cancellationToken))
        {
            var start = clock.GetTimestamp();
            await store.AddAsync(document, cancellationToken);
            took += clock.GetElapsedTime(start);
            documents++;
        }

        return (await RetrievalRun.MeasureAsync(name, Retrievers.Over(store, name, embedder: null), queries, clock, cancellationToken), documents, took);
    }

    private static RetrievalRunJson Result(string name, RetrievalRun run, Judgements judgements, TimeSpan indexTime)
    {
        var result = RunEvaluation.Of(judgements, run.Run, Measures);
        double[] values = [.. Measures.Select(m => result.Summaries[m.Name])];
        return new(
            name, values[0], values[1], values[2], values[3], values[4], values[5],
            indexTime.TotalMilliseconds, run.TimeAt(0.5).TotalMilliseconds, run.TimeAt(0.99).TotalMilliseconds, run.QueriesPerSecond);
    }

    private static void Print(Session session, EvalRetrievalJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalRetrievalJson);
            return;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None)
            .AddColumns("retriever", "nDCG@10", "MAP", "MRR@10", "R@10", "R@100", "P@30", "index ms", "p50 ms", "p99 ms", "queries/s");
        foreach (var r in result.Runs)
        {
            string[] cells =
            [
                r.Retriever, $"{r.Ndcg10:0.0000}", $"{r.Map:0.0000}", $"{r.Mrr10:0.0000}", $"{r.Recall10:0.0000}", $"{r.Recall100:0.0000}", $"{r.P30:0.0000}",
                $"{r.IndexMs:0}", $"{r.QueryMsP50:0.000}", $"{r.QueryMsP99:0.000}", $"{r.QueriesPerSecond:0}",
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        session.Console().Write(table);
        session.Error.WriteLine(Plain.Line($"{result.Collection}: {result.Documents} documents, {result.Queries} queries"));
    }
}
