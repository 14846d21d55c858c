using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Citations;
using Rag.Citations.Judges;
using Rag.Cli.Json;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Support;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval grounding</c>: measures whether answers rest on the sentences that people would rest them on.</summary>
internal sealed class EvalGroundingCommand
{
    private readonly Option<string[]> _clapnq = new("--clapnq") { Description = "Questions in CLAPNQ's JSON Lines; several files are one set.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };

    private readonly Option<string> _judge = new("--judge") { Description = "What says whether a source supports a sentence: the verifier's rules, or the model that writes the answers.", HelpName = "words|model", DefaultValueFactory = _ => "words" };

    private readonly AnswerRunOptions _run = new();

    private EvalGroundingCommand() => _judge.AcceptOnlyFromAmong("words", "model");

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new EvalGroundingCommand();
        var command = new Command("grounding", "Measure citations on CLAPNQ.") { options._clapnq, options._judge };
        foreach (var option in options._run.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, parsed.GetValue(shared.Json), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, bool json, CancellationToken cancellationToken)
    {
        List<ClapnqQuestion> questions = [];
        foreach (var file in parsed.GetValue(_clapnq)!)
        {
            questions.AddRange(await ClapnqFile.ReadAsync(file, cancellationToken));
        }

        await using var model = await _run.LoadAsync(session, parsed, cancellationToken);
        var grounding = await GroundingEvaluation.OfAsync(questions, AnswerRunOptions.Pipeline(model), TimeProvider.System, JudgeOf(parsed, model), cancellationToken);
        var result = EvalGroundingJson.Of(grounding);
        Print(session, result, json);
        return await _run.FinishAsync(session, parsed, result, t => t.EvalGroundingJson, parsed.GetValue(_clapnq)!, grounding.ToRun, cancellationToken);
    }

    private ISupportJudge JudgeOf(ParseResult parsed, IAnswerModel? model) => (parsed.GetValue(_judge), model) switch
    {
        ("model", { } asked) => new ChatSupportJudge(asked.Client),
        ("model", null) => throw new CommandException("--judge model needs --model or --endpoint: the model that writes the answers judges them.", ExitCode.WrongUsage),
        _ => new WordSupportJudge(),
    };

    private static void Print(Session session, EvalGroundingJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalGroundingJson);
            return;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None)
            .AddColumns("citation recall", "citation precision", "sentence P", "R", "F1", "abstention P", "R", "F1", "AUROC")
            .AddRow(
                $"{result.CitationRecall:0.0000}", $"{result.CitationPrecision:0.0000}",
                $"{result.SentencePrecision:0.0000}", $"{result.SentenceRecall:0.0000}", $"{result.SentenceF1:0.0000}",
                $"{result.Abstention.Precision:0.0000}", $"{result.Abstention.Recall:0.0000}", $"{result.Abstention.F1:0.0000}", $"{result.Abstention.Auroc:0.0000}");
        var support = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None)
            .AddColumns("ALCE recall", "precision", "F1", "groundedness", "context P", "R", "relevance", "noise relevant", "irrelevant")
            .AddRow([.. new[]
            {
                result.AlceRecall, result.AlcePrecision, result.AlceF1, result.Groundedness, result.ContextPrecision, result.ContextRecall, result.AnswerRelevance, result.NoiseSensitivityRelevant, result.NoiseSensitivityIrrelevant,
            }.Select(value => $"{value:0.0000}")]);
        session.Console().Write(table);
        session.Console().Write(support);
        session.Error.WriteLine(Plain.Line($"{result.Questions} questions"));
    }
}
