using System.CommandLine;
using System.Globalization;
using Rag.Cli.Json;
using Rag.Evaluation.Texts;

namespace Rag.Cli.Commands;

/// <summary><c>rag eval text</c>: compares texts line by line with references.</summary>
internal static class EvalTextCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        string[] names = [.. TextMetric.All().Select(m => m.Name)];
        var metric = new Option<string>("--metric") { Description = "How they are compared.", HelpName = string.Join('|', names), Required = true };
        metric.AcceptOnlyFromAmong(names);
        var candidates = new Option<string>("--candidates") { Description = "File of texts, one a line.", HelpName = "F", Required = true };
        var references = new Option<string>("--references") { Description = "File of what they should say, line by line.", HelpName = "F", Required = true };
        var stem = new Option<bool>("--stem") { Description = "ROUGE compares words by their stems, as published tables mostly do." };
        var command = new Command("text", "Compare texts line by line with references.") { metric, candidates, references, stem };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var said = await File.ReadAllLinesAsync(parsed.GetValue(candidates)!, cancellationToken);
            var wanted = await File.ReadAllLinesAsync(parsed.GetValue(references)!, cancellationToken);
            if (said.Length != wanted.Length || said.Length == 0)
            {
                throw new CommandException($"{parsed.GetValue(candidates)} has {said.Length} lines and {parsed.GetValue(references)} {wanted.Length}. Give two files with the same number of lines, at least one.");
            }

            var chosen = TextMetric.All(parsed.GetValue(stem)).Single(m => m.Name == parsed.GetValue(metric));
            Print(session, new(chosen.Name, chosen.Over(said, wanted), [.. said.Zip(wanted, chosen.Of)]), parsed.GetValue(shared.Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Session session, EvalTextJson result, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, result, t => t.EvalTextJson);
            return;
        }

        session.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Metric} {result.Value:0.0000}"));
    }
}
