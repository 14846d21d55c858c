using System.CommandLine;
using Rag.Api.Json;
using Rag.Chat.Dialogue;
using Rag.Citations;
using Rag.Cli.Json;
using Rag.Evaluation.Ratings;
using Rag.Ratings;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag feedback</c>: what people thought of answers, to read, to train on and to measure with.</summary>
internal static class FeedbackCommand
{
    public static Command Create(Session session, SharedOptions options) => new("feedback", "What people rated in rag chat.") { List(session, options), Export(session, options) };

    private static Command List(Session session, SharedOptions options)
    {
        var verdict = new Option<string?>("--verdict") { Description = "Only the good or the bad ones.", HelpName = "good|bad" };
        verdict.AcceptOnlyFromAmong("good", "bad");
        var command = new Command("list", "List the ratings in the store, oldest first.") { options.Store, options.Tenant, verdict };
        command.SetAction((parsed, cancellationToken) => ListAsync(
            session,
            parsed.GetValue(options.Store)!,
            new() { Tenant = parsed.GetValue(options.Tenant)!, Verdict = parsed.GetValue(verdict) switch { "good" => Verdict.Good, "bad" => Verdict.Bad, _ => null } },
            parsed.GetValue(options.Json),
            cancellationToken));
        return command;
    }

    private static Command Export(Session session, SharedOptions options)
    {
        var format = new Option<string>("--format") { Description = "Pairs or labelled answers for a trainer, questions for rag eval grounding --clapnq, or examples for a prompt.", HelpName = "dpo|kto|eval|examples", Required = true };
        format.AcceptOnlyFromAmong("dpo", "kto", "eval", "examples");
        var file = new Option<string>("--out") { Description = "The file to write, JSON Lines.", HelpName = "F", Required = true };
        var keep = new Option<bool>("--unchecked") { Description = "Keep liked answers and corrections with a sentence that no passage says; a model trained on them learns to cite falsely." };
        var command = new Command("export", "Write the ratings as training data or as an evaluation set.") { options.Store, options.Tenant, format, file, keep };
        command.SetAction((parsed, cancellationToken) => ExportAsync(
            session, parsed.GetValue(options.Store)!, parsed.GetValue(options.Tenant)!, parsed.GetValue(format)!, parsed.GetValue(file)!, parsed.GetValue(keep), parsed.GetValue(options.Json), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(Session session, string store, RatingFilter filter, bool json, CancellationToken cancellationToken)
    {
        await using var ratings = await Stores.OpenRatingsAsync(store, cancellationToken);
        var listed = await ratings.ListAsync(filter, cancellationToken).ToListAsync(cancellationToken);
        if (json)
        {
            RagJson.Write(session.Out, listed.Select(RatingJson.Of), t => t.IEnumerableRatingJson);
            return ExitCode.Done;
        }

        var table = new Table().Border(session.OutputIsTerminal ? TableBorder.Simple : TableBorder.None).AddColumns("when", "verdict", "question", "answer", "said");
        foreach (var r in listed)
        {
            var said = r.Correction is { } correction ? $"better: {(correction.Length > 0 ? correction : "no answer")}" : r.Comment ?? r.Alternative ?? "";
            var answer = r.Forgotten ? "(forgotten with a document)" : r.Answer.Text;
            table.AddRow([.. new[] { $"{r.At:yyyy-MM-dd HH:mm}", RatingJson.NameOf(r.Verdict), r.Answer.Question, answer, said }.Select(cell => new Text(Plain.Line(cell)))]);
        }

        session.Console().Write(table);
        session.Error.WriteLine($"{listed.Count} ratings, {listed.Count(r => r.Verdict == Verdict.Good)} good, {listed.Count(r => r.Verdict == Verdict.Bad)} bad");
        return ExitCode.Done;
    }

    private static async Task<int> ExportAsync(Session session, string store, string tenant, string format, string file, bool keepUnsupported, bool json, CancellationToken cancellationToken)
    {
        await using var ratings = await Stores.OpenRatingsAsync(store, cancellationToken);
        var judged = await JudgedAnswers.OfAsync(ratings.ListAsync(new() { Tenant = tenant }, cancellationToken), new CitationVerifier(), keepUnsupported, cancellationToken);
        List<string> lines =
        [
            .. format switch
            {
                "dpo" => judged.Pairs.Select(TrainingLine.Dpo),
                "kto" => judged.Answers.Select(TrainingLine.Kto),
                "examples" => judged.Answers.Where(a => a.Liked).Select(TrainingLine.Example),
                _ => RatedQuestions.Lines(judged),
            },
        ];
        await File.WriteAllLinesAsync(file, lines, cancellationToken);
        if (json)
        {
            RagJson.Write(session.Out, new ExportJson(format, lines.Count, judged.Ratings, judged.WithoutTexts, judged.Unsupported, judged.Disputed), t => t.ExportJson);
            return ExitCode.Done;
        }

        session.Out.WriteLine($"{lines.Count} lines of {judged.Ratings} ratings");
        var unsupported = keepUnsupported ? "kept with a sentence that no passage says" : "left out with a sentence that no passage says (--unchecked keeps them)";
        session.Error.WriteLine($"{judged.WithoutTexts} ratings without texts or passages, {judged.Unsupported} liked texts {unsupported}, {judged.Disputed} texts left out that were both liked and disliked");
        return ExitCode.Done;
    }
}
