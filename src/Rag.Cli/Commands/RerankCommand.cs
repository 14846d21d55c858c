using System.CommandLine;
using System.Globalization;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Llama;

namespace Rag.Cli.Commands;

/// <summary><c>rag rerank</c>: how well texts answer a query, best first.</summary>
internal static class RerankCommand
{
    public static Command Create(Session session, SharedOptions shared)
    {
        var query = new Argument<string>("QUERY") { Description = "What is asked." };
        var texts = new Argument<string[]>("TEXT") { Description = "Texts to score.", Arity = ArgumentArity.OneOrMore };
        var options = new ModelOptions("The re-ranker");
        var command = new Command("rerank", "Score texts against a query with a GGUF model on this machine.") { query, texts };
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var model = await options.LoadAsync(session, parsed, cancellationToken);
            using var reranker = new LlamaReranker(model, new LlamaRerankerOptions { Context = options.Context(parsed) });
            var given = parsed.GetValue(texts)!;
            var scores = await reranker.ScoreAsync(parsed.GetValue(query)!, given, cancellationToken);
            Print(session, given, [.. scores.Select((score, i) => new ScoreJson(i, score)).OrderByDescending(s => s.Score)], parsed.GetValue(shared.Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Session session, string[] texts, ScoreJson[] scores, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, scores, t => t.IEnumerableScoreJson);
            return;
        }

        foreach (var score in scores)
        {
            session.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score.Score:0.0000}  {Plain.Line(texts[score.Index])}"));
        }
    }
}
