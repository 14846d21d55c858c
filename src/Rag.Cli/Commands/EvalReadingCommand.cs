using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Answers;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval reading</c>: measures answers to questions about paragraphs, some of which have none.</summary>
internal sealed class EvalReadingCommand
{
    private readonly Option<string> _squad = new("--squad") { Description = "Questions in SQuAD's JSON, 1.1 or 2.0.", HelpName = "FILE", Required = true };

    private readonly Option<string> _scope = Scopes();

    private readonly Option<int?> _limit = SharedOptions.Within("--limit", "Ask only the first N questions", 1, int.MaxValue);

    private readonly AnswerRunOptions _run = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalReadingCommand();
        var command = new Command("reading", "Measure answers on questions in SQuAD's format.") { options._squad, options._scope, options._limit };
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
        await using var model = await _run.LoadAsync(session, parsed, cancellationToken);
        var scope = Enum.Parse<ReadingScope>(parsed.GetValue(_scope)!, ignoreCase: true);
        var reading = await ReadingEvaluation.OfAsync(
            articles, scope, AnswerRunOptions.Pipeline(model), parsed.GetValue(_limit) ?? int.MaxValue, TimeProvider.System, cancellationToken);
        var result = EvalReadingJson.Of(reading);
        Print(session, result, json);
        return await _run.FinishAsync(session, parsed, result, t => t.EvalReadingJson, [parsed.GetValue(_squad)!], reading.ToRun, cancellationToken);
    }

    private static Option<string> Scopes()
    {
        string[] names = [.. Enum.GetNames<ReadingScope>().Select(n => n.ToLowerInvariant())];
        var option = new Option<string>("--scope") { Description = "Look for the answer in the question's paragraph, in its article or in the whole file.", HelpName = string.Join('|', names), DefaultValueFactory = _ => names[0] };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static void Print(Session session, EvalReadingJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalReadingJson);
            return;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None)
            .AddColumns("cited sentence", "EM", "F1", "abstention P", "R", "F1", "AUROC", "valid citations", "p50 ms", "p99 ms")
            .AddRow(
                $"{result.CitedSentenceAccuracy:0.0000}", $"{result.ExactMatch:0.0000}", $"{result.F1:0.0000}",
                $"{result.Abstention.Precision:0.0000}", $"{result.Abstention.Recall:0.0000}", $"{result.Abstention.F1:0.0000}", $"{result.Abstention.Auroc:0.0000}",
                $"{result.Citations.Valid} of {result.Citations.Total}", $"{result.MsP50:0.00}", $"{result.MsP99:0.00}");
        session.Console().Write(table);
        session.Error.WriteLine(Plain.Line($"{result.Questions} questions, {result.Answerable} answerable"));
    }
}
