using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Answers;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval rgb</c>: measures the four abilities of RGB: bearing noise, refusing, bringing together, and noticing falsehood.</summary>
internal sealed class EvalRgbCommand
{
    private readonly Option<string[]> _rgb = new("--rgb") { Description = "Questions in RGB's JSON Lines; what a file measures shows in its fields, and several are one set.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };

    private readonly AnswerRunOptions _run = new();

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalRgbCommand();
        var command = new Command("rgb", "Measure noise, rejection, integration and counterfactual robustness on RGB.") { options._rgb };
        foreach (var option in options._run.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, parsed.GetValue(shared.Json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        List<RgbQuestion> questions = [];
        foreach (var file in parsed.GetValue(_rgb)!)
        {
            questions.AddRange(await RgbFile.ReadAsync(file, cancellationToken));
        }

        await using var model = await _run.LoadAsync(session, parsed, cancellationToken);
        var rgb = await RgbEvaluation.OfAsync(questions, AnswerRunOptions.Pipeline(model), TimeProvider.System, cancellationToken);
        var result = EvalRgbJson.Of(rgb);
        Print(session, result, json);
        return await _run.FinishAsync(session, parsed, result, t => t.EvalRgbJson, parsed.GetValue(_rgb)!, rgb.ToRun, cancellationToken);
    }

    private static void Print(Session session, EvalRgbJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalRgbJson);
            return;
        }

        var (noise, parts, facts) = (result.NoiseRobustness, result.InformationIntegration, result.CounterfactualRobustness);
        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None).AddColumns("ability", "measure", "share");
        (string Ability, string Measure, double? Share)[] rows =
        [
            ("noise robustness", "right, no noise", noise.At0), ("", "20 %", noise.At20), ("", "40 %", noise.At40), ("", "60 %", noise.At60), ("", "80 %", noise.At80),
            ("negative rejection", "silent", result.NegativeRejection),
            ("information integration", "all parts, no noise", parts.At0), ("", "20 %", parts.At20), ("", "40 %", parts.At40),
            ("counterfactual robustness", "right, true documents", facts.TrueAccuracy), ("", "right, falsified", facts.FalseAccuracy), ("", "misled", facts.Misled),
            ("", "errors detected", facts.ErrorDetection), ("", "errors corrected", facts.ErrorCorrection), ("", "detected where true and false meet", facts.ConflictDetection),
        ];
        foreach (var (ability, measure, share) in rows)
        {
            table.AddRow(ability, measure, share is { } value ? $"{value:0.0000}" : "-");
        }

        session.Console().Write(table);
        session.Error.WriteLine(Plain.Line($"{result.Questions} questions"));
    }
}
