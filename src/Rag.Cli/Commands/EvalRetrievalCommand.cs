using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Results;
using Rag.Evaluation.Trec;
using Rag.Indexing;
using Rag.Ingest.Chunking;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval retrieval</c>: measures retrievers on a collection in BEIR's layout.</summary>
internal sealed class EvalRetrievalCommand
{
    private readonly Option<string> _beir = new("--beir") { Description = "Folder with corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv.", HelpName = "DIR", Required = true };

    private readonly Option<string> _split = new("--split") { Description = "Whose judgements.", HelpName = "NAME", DefaultValueFactory = _ => "test" };

    private readonly Option<string[]> _retrievers = new("--retriever") { Description = "What to measure, once for each; 'rag search --retriever help' lists the names.", HelpName = "NAME", DefaultValueFactory = _ => ["default"] };

    private readonly Option<bool> _chunk = new("--chunk") { Description = "Cut corpus entries into passages; of each entry the best one counts." };

    private readonly Option<string?> _runOut = new("--run-out") { Description = "Write what was found in TREC's format; with several retrievers to F.NAME.", HelpName = "F" };

    private readonly Option<string?> _out = new("--out") { Description = "Write what each query got, one run a line, for 'rag eval report'.", HelpName = "FILE.jsonl" };

    private readonly EvalModels _models = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalRetrievalCommand();
        var command = new Command("retrieval", "Measure retrievers on a collection in BEIR's layout.");
        foreach (var option in (IEnumerable<Option>)[options._beir, options._split, options._retrievers, options._chunk, options._runOut, options._out, .. options._models.All])
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, parsed.GetValue(shared.Json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        string[] names = [.. parsed.GetValue(_retrievers)!.Distinct()];
        var beir = new BeirFolder(parsed.GetValue(_beir)!);
        using var embedder = await _models.LoadEmbedderAsync(session, parsed, names, cancellationToken); // complains of names before anything has been measured
        using var reranker = await _models.LoadRerankerAsync(session, parsed, cancellationToken);
        var (judgements, queries) = await AskedAsync(beir, parsed.GetValue(_split)!, cancellationToken);
        List<RunResult> results = [];
        List<RetrievalRunJson> runs = [];
        CollectionStore? store = null;
        LoadReport? loaded = null;
        (KeywordModel, bool)? holds = null;
        foreach (var name in names)
        {
            var needs = (Retrievers.ModelOf(name), Retrievers.NeedsEmbedder(name));
            if (holds != needs)
            {
                (store, holds) = (new(needs.Item1), needs);
                loaded = await Loader(store, parsed, needs.Item2 ? embedder : null).LoadAsync(beir.ReadDocumentsAsync(cancellationToken).Select(d => d.ToDocument()), cancellationToken);
            }

            var retriever = _models.Reranked(parsed, Retrievers.Over(store!, name, embedder), reranker);
            var run = await RetrievalRun.MeasureAsync(name, retriever, queries, TimeProvider.System, cancellationToken);
            results.Add(Result(beir, judgements, queries, run, loaded!) with { Name = Label(name, parsed.GetValue(_chunk), reranker) });
            runs.Add(RetrievalRunJson.Of(name, reranker?.Name, results[^1]));
            if (parsed.GetValue(_runOut) is { } runOut)
            {
                await RunFile.WriteAsync(names.Length == 1 ? runOut : $"{runOut}.{name}", run.Run, cancellationToken);
            }
        }

        if (parsed.GetValue(_out) is { } file)
        {
            await ResultsFile.WriteAsync(file, results, cancellationToken);
        }

        Print(session, new(beir.Name, loaded!.Documents, queries.Count, runs), json);
        return ExitCode.Done;
    }

    private static async Task<(Judgements Judgements, IReadOnlyList<CollectionQuery> Queries)> AskedAsync(BeirFolder beir, string split, CancellationToken cancellationToken)
    {
        var judgements = (await beir.ReadJudgementsAsync(split, cancellationToken)).WithAnswers();
        var queries = await beir.ReadQueriesAsync(cancellationToken).Where(q => judgements.Queries.ContainsKey(q.Id)).ToListAsync(cancellationToken);
        if (queries.Count < judgements.Queries.Count)
        {
            var unknown = judgements.Queries.Keys.Except(queries.Select(q => q.Id)).First();
            throw new CommandException($"The split '{split}' judges query '{unknown}', which queries.jsonl lacks ({judgements.Queries.Count - queries.Count} such queries). Give a split that belongs to the collection.");
        }

        return queries.Count > 0 ? (judgements, queries) : throw new CommandException($"The split '{split}' has no query with a relevant document, so there is nothing to measure.");
    }

    private CollectionLoader Loader(CollectionStore store, ParseResult parsed, Embedder? embedder) =>
        new(store, TimeProvider.System) { Split = parsed.GetValue(_chunk) ? new StructureChunker().Split : null, Embedder = embedder?.ForDocuments };

    private static RunResult Result(BeirFolder beir, Judgements judgements, IReadOnlyList<CollectionQuery> queries, RetrievalRun run, LoadReport loaded) => RunResult.Of(beir.Name, judgements, run.Run, queries) with
    {
        Cost = new(
            loaded.Documents, loaded.Chunks, loaded.IndexTime.TotalMilliseconds, loaded.EmbedTime.TotalMilliseconds,
            run.TimeAt(0.5).TotalMilliseconds, run.TimeAt(0.99).TotalMilliseconds, run.QueriesPerSecond),
    };

    private static string Label(string name, bool chunk, TimedReranker? reranker) => $"{name}{(chunk ? ", chunks" : "")}{(reranker is null ? "" : $", re-ranked by {reranker.Name}")}";

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
