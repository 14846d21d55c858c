using System.CommandLine;
using Rag.Api.Json;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;

namespace Rag.Cli.Commands;

/// <summary><c>rag ask</c>: one question, one checked answer.</summary>
internal static class AskCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var question = new Argument<string>("QUESTION") { Description = "What you want to know." };
        var answers = new AnswerOptions(options);
        var command = new Command("ask", "Answer a question from the store; without a model the answer is made of quoted sentences.") { question };
        foreach (var option in answers.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(session, parsed, options, answers, Questions.Check(parsed.GetValue(question), "ask"), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, SharedOptions options, AnswerOptions answers, string question, CancellationToken cancellationToken)
    {
        var scope = answers.Scope(parsed);
        using var embedder = await answers.LoadEmbedderAsync(session, parsed, ingests: false, cancellationToken);
        await using var store = await Stores.OpenAsync(session, parsed.GetValue(options.Store)!, answers.Weighing(parsed), cancellationToken);
        await using var model = await answers.LoadAsync(session, parsed, cancellationToken);
        using var adapters = answers.LoadAdapters(parsed, model);
        var asking = await answers.AskingAsync(parsed, model, adapters, cancellationToken);
        using var reranker = await answers.LoadRerankerAsync(session, parsed, cancellationToken);
        var library = answers.Library(parsed, scope, store, model, asking, embedder, reranker);
        var query = library.Scope with { Text = question };
        if (parsed.GetValue(options.Json))
        {
            RagJson.Write(session.Out, AskJson.Of(await library.Pipeline.AskAsync(query, library.Asking, cancellationToken), reranker?.Elapsed ?? default), t => t.AskJson);
        }
        else
        {
            await new AnswerView(session.Console()).ShowAsync(library.Pipeline.AskStreamingAsync(query, library.Asking, cancellationToken), cancellationToken);
        }

        return ExitCode.Done;
    }
}
