using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Evaluation.Reports;
using Rag.Evaluation.Results;
using Rag.Evaluation.Trec;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval report</c>: compares runs in one HTML page.</summary>
internal static class EvalReportCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var runs = new Argument<string[]>("RUN") { Description = "What another 'rag eval' wrote with --out, or runs in TREC's format; the first run is the baseline.", Arity = ArgumentArity.OneOrMore };
        var report = new Option<string>("--out") { Description = "The page to write.", HelpName = "FILE.html", Required = true };
        var qrels = new Option<string?>("--qrels") { Description = "Judgements for runs in TREC's format, in TREC's or BEIR's.", HelpName = "F" };
        var measure = new Option<string?>("--measure") { Description = "By which runs are compared, as the file or trec_eval calls it; by default ndcg_cut_10, and of answers the first measure.", HelpName = "NAME" };
        var command = new Command("report", "Compare runs in one HTML page.") { runs, report, qrels, measure };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var page = parsed.GetValue(report)!;
            var read = await ReadAsync(parsed.GetValue(runs)!, parsed.GetValue(qrels), cancellationToken);
            var name = parsed.GetValue(measure) ?? read[0].MainMeasure;
            if (read.FirstOrDefault(r => !r.Means.ContainsKey(name)) is { } lacking)
            {
                throw new CommandException($"The run '{lacking.Name}' has no measure '{name}'. Its measures: {string.Join(", ", lacking.Means.Keys)}.");
            }

            await ReportPage.WriteAsync(page, read, name, cancellationToken);
            if (!parsed.GetValue(shared.Json))
            {
                session.Out.WriteLine(Plain.Line($"{page}: {read.Count} {(read.Count == 1 ? "run" : "runs")}"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<RunResult>> ReadAsync(string[] paths, string? qrels, CancellationToken cancellationToken)
    {
        var judgements = qrels is null ? null : (await QrelsFile.ReadAsync(qrels, cancellationToken)).WithAnswers();
        List<(RunResult Run, string File)> runs = [];
        foreach (var path in paths)
        {
            var file = Path.GetFileNameWithoutExtension(path);
            if (await IsResultsAsync(path, cancellationToken))
            {
                var results = await ResultsFile.ReadAsync(path, cancellationToken);
                runs.AddRange(results.Count > 0 ? results.Select(r => (r, file)) : throw new CommandException($"{path} holds no run. Give what 'rag eval' wrote with --out, or a run in TREC's format."));
                continue;
            }

            var run = await RunFile.ReadAsync(path, cancellationToken);
            runs.Add((RunResult.Of("", judgements ?? throw new CommandException($"{path} is a run in TREC's format, which does not say what is relevant. Give the judgements: --qrels FILE.", ExitCode.WrongUsage), run), file));
        }

        return Named(Placed(runs, Path.GetFileNameWithoutExtension(qrels ?? "")));
    }

    // A run in TREC's format does not name its collection; it is that of results for the same queries, if there are any.
    private static List<(RunResult Run, string File)> Placed(List<(RunResult Run, string File)> runs, string judgements) =>
    [
        .. runs.Select(r => r.Run.Collection.Length > 0 ? r : (r.Run with
        {
            Collection = runs.Find(o => o.Run.Collection.Length > 0 && o.Run.Queries.Select(q => q.Id).SequenceEqual(r.Run.Queries.Select(q => q.Id))).Run?.Collection ?? judgements,
        }, r.File)),
    ];

    // Runs of one collection that share a name get that of their file, and a number where that does not tell them apart either.
    private static List<RunResult> Named(List<(RunResult Run, string File)> runs)
    {
        var named = runs.ConvertAll(r => runs.Count(o => IsNamesake(o.Run, r.Run)) > 1 ? r.Run with { Name = $"{r.Run.Name} ({r.File})" } : r.Run);
        return [.. named.Select((r, i) => named.Take(i).Count(o => IsNamesake(o, r)) is > 0 and var before ? r with { Name = $"{r.Name} {before + 1}" } : r)];
    }

    private static bool IsNamesake(RunResult first, RunResult second) => first.Collection == second.Collection && first.Name == second.Name;

    private static async Task<bool> IsResultsAsync(string path, CancellationToken cancellationToken) =>
        await File.ReadLinesAsync(path, cancellationToken).FirstOrDefaultAsync(l => !string.IsNullOrWhiteSpace(l), cancellationToken) is not { } line || line.TrimStart().StartsWith('{');
}
