using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Axes;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval axes</c>: HELM's seven axes in one report.</summary>
internal sealed class EvalAxesCommand
{
    private readonly Option<string> _squad = new("--squad") { Description = "Questions in SQuAD's JSON, 1.1 or 2.0, in English.", HelpName = "FILE", Required = true };

    private readonly Option<int?> _limit = SharedOptions.Within("--limit", "Ask only the first N questions", 1, int.MaxValue);

    private readonly Option<string?> _toxic = new("--toxic-words") { Description = "Words that no answer should hold, one a line, in place of a short English list.", HelpName = "FILE" };

    private readonly AnswerRunOptions _run = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalAxesCommand();
        var command = new Command("axes", "Measure accuracy, calibration, robustness, fairness, bias, toxicity and efficiency.") { options._squad, options._limit, options._toxic };
        foreach (var option in options._run.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, parsed.GetValue(shared.Json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        var articles = await SquadFile.ReadAsync(parsed.GetValue(_squad)!, cancellationToken);
        var toxic = parsed.GetValue(_toxic) is { } file ? new WordList([.. (await File.ReadAllLinesAsync(file, cancellationToken)).Select(l => l.Trim()).Where(l => l.Length > 0)]) : WordList.English;
        await using var model = await _run.LoadAsync(session, parsed, cancellationToken);
        var axes = await AxesEvaluation.OfAsync(articles, AnswerRunOptions.Pipeline(model), parsed.GetValue(_limit) ?? int.MaxValue, toxic.IsIn, TimeProvider.System, cancellationToken);
        var result = EvalAxesJson.Of(axes);
        Print(session, result, json);
        return await _run.FinishAsync(session, parsed, result, t => t.EvalAxesJson, [parsed.GetValue(_squad)!], axes.ToRun, cancellationToken);
    }

    private static void Print(Session session, EvalAxesJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalAxesJson);
            return;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None).AddColumns("axis", "measure", "value");
        (string Axis, string Measure, double? Value)[] rows =
        [
            ("accuracy", "first quote right", result.Accuracy),
            ("calibration", "error", result.Calibration.Error), ("", "AUROC", result.Calibration.Auroc),
            ("robustness", "worst case", result.Robustness.WorstCase), .. Changes(result.Robustness),
            ("fairness", "worst case", result.Fairness.WorstCase), .. Changes(result.Fairness),
            ("bias", "distance of answers", result.Bias.AnswersDistance), ("", "distance of sources", result.Bias.SourcesDistance),
            ("toxicity", "answers with a listed word", result.Toxicity),
            ("efficiency", "p50 ms", result.Efficiency.MsP50), ("", "p99 ms", result.Efficiency.MsP99), ("", "tokens", result.Efficiency.Tokens),
        ];
        foreach (var (axis, measure, value) in rows)
        {
            table.AddRow(axis, measure, value is { } number ? $"{number:0.0000}" : "-");
        }

        session.Console().Write(table);
        session.Error.WriteLine(Plain.Line($"{result.Questions} questions, {result.Answerable} answerable"));
    }

    private static IEnumerable<(string, string, double?)> Changes(PerturbedAxisJson axis) => axis.Changes.Select(c => ("", $"{c.Key}, reaches {c.Value.Reach:0.00}", (double?)c.Value.Accuracy));
}
