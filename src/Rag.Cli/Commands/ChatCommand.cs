using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Sqlite;
using Rag.Storage;

namespace Rag.Cli.Commands;

/// <summary><c>rag chat</c>: a conversation in the terminal.</summary>
internal static class ChatCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var docs = new Option<string[]>("--docs") { Description = "Files and folders to put into the store first; may be repeated.", HelpName = "PATH", DefaultValueFactory = _ => [] };
        var name = SessionOption();
        var answers = new AnswerOptions(options);
        var command = new Command("chat", "Ask and read answers in the terminal; /help there lists what else can be done.") { docs, name };
        foreach (var option in answers.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(session, parsed, options, answers, parsed.GetValue(docs)!, parsed.GetValue(name), cancellationToken));
        return command;
    }

    private static Option<string?> SessionOption()
    {
        var option = new Option<string?>("--session") { Description = "Keep the conversation in the store under this name, or go on with the one that is there. Without it nothing is kept.", HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>()))
            {
                result.AddError("The name of a session is empty; write it as --session NAME.");
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, SharedOptions options, AnswerOptions answers, string[] docs, string? name, CancellationToken cancellationToken)
    {
        var path = parsed.GetValue(options.Store)!;
        var (weighing, scope) = (answers.Weighing(parsed), answers.Scope(parsed));
        if (docs.Length > 0)
        {
            IngestCommand.ThrowIfNothing(docs);
        }

        using var embedder = await answers.LoadEmbedderAsync(session, parsed, ingests: docs.Length > 0, cancellationToken);
        await using var store = docs.Length > 0 ? await Stores.OpenOrCreateAsync(session, path, weighing, cancellationToken) : await Stores.OpenAsync(session, path, weighing, cancellationToken);
        var sessions = name is null ? null : SessionsOf(store, path);
        await using var model = await answers.LoadAsync(session, parsed, cancellationToken);
        using var adapters = answers.LoadAdapters(parsed, model);
        var asking = await answers.AskingAsync(parsed, model, adapters, cancellationToken);
        using var reranker = await answers.LoadRerankerAsync(session, parsed, cancellationToken);
        await using var ratings = Stores.IsFile(path) ? await SqliteRatingStore.OpenAsync(path, cancellationToken: cancellationToken) : null;
        var library = answers.Library(parsed, scope, store, model, asking, embedder, reranker) with { Session = name, Ratings = ratings };
        library = sessions is null ? library : library with { Sessions = sessions };
        if (docs.Length > 0)
        {
            var pipeline = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), store, embedder?.ForDocuments);
            var sync = new SyncOptions { Tenant = library.Scope.Tenant };
            library = library with { Reindex = token => SyncAsync(session, pipeline, docs, sync, token) };
            await library.Reindex(cancellationToken);
        }

        var console = session.Console();
        var lines = session.Input is { } input ? Keyboard.Lines(console, input, echo: true) : Keyboard.Lines(console);
        await new Conversation(console, library, lines).RunAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static SqliteSessionStore SessionsOf(IChunkStore store, string name) => store is SqliteChunkStore file
        ? file.Sessions
        : throw new CommandException(
            $"Sessions are kept in the file of the documents, so that deleting a document takes its words out of them too, and '{name}' is no file. Leave --session out, or copy the documents: rag copy --from {name} --to store.db",
            ExitCode.WrongUsage);

    private static async Task SyncAsync(Session session, IngestionPipeline pipeline, string[] docs, SyncOptions sync, CancellationToken cancellationToken)
    {
        var report = await IngestCommand.SyncAsync(session, pipeline, new FileSource(docs), sync, cancellationToken);
        session.Error.WriteLine(SyncView.Summary(report));
    }
}
