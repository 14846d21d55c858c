using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Storage;

namespace Rag.Cli.Commands;

/// <summary><c>rag ingest</c>: makes a store hold what files, folders and web pages hold.</summary>
internal static class IngestCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files, folders, addresses of web pages (http, https), or - for standard input; none are needed with --reembed.", Arity = ArgumentArity.ZeroOrMore };
        var tags = new Option<string[]>("--tag") { Description = "Label for the documents; may be repeated.", HelpName = "k=v", DefaultValueFactory = _ => [] };
        var language = new Option<string?>("--language") { Description = "Language of the documents, two letters; by default it is told from each one.", HelpName = "CODE" };
        var deleteMissing = new Option<bool>("--delete-missing") { Description = "Delete documents whose files or pages are gone." };
        var parallel = SharedOptions.Number("--parallel", "Files read at the same time", 256, Math.Min(Environment.ProcessorCount, 256));
        var (enrich, writer) = (new EnrichOptions(), new AnswerModelOptions("Enrich"));
        var embed = new ModelName("--embed", "Store a vector with each passage, made by a model", writer.Cache, orEndpoint: true);
        var reembed = new Option<bool>("--reembed") { Description = "First give every passage of the store a vector of the --embed model, without reading files; searches go on meanwhile." };
        var from = new SourceOptions();
        var command = new Command("ingest", "Put files, folders and web pages into the store; unchanged ones are skipped.")
        {
            paths, options.Store, tags, options.Tenant, language, deleteMissing, parallel, embed.Option, reembed, enrich.Enrich,
        };
        foreach (var option in from.All.Concat(writer.All))
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sync = new SyncOptions
            {
                Tags = TagsOf(parsed.GetValue(tags)!),
                Tenant = parsed.GetValue(options.Tenant)!,
                Language = LanguageOf(parsed.GetValue(language)),
                DeleteMissing = parsed.GetValue(deleteMissing),
                Parallelism = parsed.GetValue(parallel),
            };
            var (given, reembeds, name) = (parsed.GetValue(paths)!, parsed.GetValue(reembed), parsed.GetValue(options.Store)!);
            ThrowIfIncomplete(given, reembeds, embed.IsGiven(parsed));
            enrich.ThrowIfWrong(parsed, writer.NameOf(parsed) is not null);
            await using var model = await writer.LoadAsync(session, parsed, cancellationToken);
            var (source, watch) = (from.Of(session, parsed, given), from.WatchOf(parsed, given));
            using var embedder = await Embedder.LoadAsync(session, parsed, embed, cancellationToken);
            await using var store = given.Length > 0 ? await Stores.OpenOrCreateAsync(session, name, null, cancellationToken) : await Stores.OpenAsync(session, name, null, cancellationToken);
            var reembedded = reembeds ? await ReembedAsync(session, store, embedder!, sync.Tenant, cancellationToken) : 0;
            var pipeline = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), store, embedder?.ForDocuments, enrich.OfChunks(parsed, model?.Client), enrich.OfDocuments(parsed, model?.Client));
            return watch is null
                ? Report(session, await SyncAsync(session, pipeline, source, sync, cancellationToken), reembeds ? reembedded : null, parsed.GetValue(options.Json))
                : await WatchAsync(session, pipeline, watch, sync, reembeds ? reembedded : null, parsed.GetValue(options.Json), cancellationToken);
        });
        return command;
    }

    /// <summary>Syncs, and says what failed and what was left out.</summary>
    public static async Task<SyncReport> SyncAsync(Session session, IngestionPipeline pipeline, IDocumentSource source, SyncOptions sync, CancellationToken cancellationToken)
    {
        var report = await SyncView.RunAsync(session.ErrorConsole(), pipeline, source, sync, cancellationToken);
        foreach (var failure in report.Failed)
        {
            session.Complain(failure.Error.Contains(failure.Path, StringComparison.Ordinal) ? failure.Error : $"{failure.Path}: {failure.Error}");
        }

        foreach (var warning in report.Warnings)
        {
            session.Complain($"{warning.Path}: {warning.Message}");
        }

        return report;
    }

    /// <summary>Stops before a store is made for nothing.</summary>
    /// <exception cref="CommandException">None of the paths exists.</exception>
    public static void ThrowIfNothing(string[] paths)
    {
        if (SourceOptions.FilesOf(paths) is { Length: > 0 } files && files.Length == paths.Length && !Array.Exists(files, Path.Exists))
        {
            throw new CommandException($"There is no file or folder '{paths[0]}'. Nothing was changed; check the path.");
        }
    }

    private static void ThrowIfIncomplete(string[] paths, bool reembeds, bool hasModel)
    {
        if (reembeds && !hasModel)
        {
            throw new CommandException("--reembed needs --embed MODEL: the one of the new vectors.", ExitCode.WrongUsage);
        }

        if (paths.Length > 0)
        {
            ThrowIfNothing(paths);
        }
        else if (!reembeds)
        {
            throw new CommandException("'rag ingest' needs a PATH: a file, a folder or an address. See: rag ingest --help", ExitCode.WrongUsage);
        }
    }

    private static Task<int> ReembedAsync(Session session, IChunkStore store, Embedder embedder, string tenant, CancellationToken cancellationToken)
    {
        var reembedding = new StoreReembedding(
            store as IReembeddableStore ?? throw new CommandException("A Qdrant store cannot exchange its vectors in one step. Re-embed a copy and search that: rag copy --from STORE --to copy.db, then rag ingest --store copy.db --embed MODEL --reembed, then rag copy --from copy.db --to NEW-STORE."), embedder.ForDocuments);
        var bar = new WaitBar<ReembeddingProgress>("Embedding", p => new(p.Done, p.Total, "Embedding passages"));
        return bar.ShowAsync(session.ErrorConsole(), Task.Run(() => reembedding.RunAsync(tenant, bar, cancellationToken), cancellationToken), cancellationToken);
    }

    // What vanishes while it is watched is deleted, else a file that is renamed would be there twice. Ends by cancellation.
    private static async Task<int> WatchAsync(Session session, IngestionPipeline pipeline, FolderWatch watch, SyncOptions sync, int? reembedded, bool json, CancellationToken cancellationToken)
    {
        await foreach (var source in watch.SourcesAsync(cancellationToken))
        {
            var report = await SyncAsync(session, pipeline, source, sync with { DeleteMissing = sync.DeleteMissing || source.Changed is not null }, cancellationToken);
            if (source.Changed is null || report.Added + report.Updated + report.Deleted + report.Failed.Count > 0)
            {
                Report(session, report, reembedded, json);
                await session.Out.FlushAsync(cancellationToken);
            }

            reembedded = null;
        }

        return ExitCode.Done;
    }

    private static int Report(Session session, SyncReport report, int? reembedded, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, IngestJson.Of(report, reembedded ?? 0), t => t.IngestJson);
        }
        else
        {
            session.Out.WriteLine($"{(reembedded is { } chunks ? $"{chunks} chunks re-embedded; " : "")}{SyncView.Summary(report)}");
        }

        return report.Failed.Count == 0 ? ExitCode.Done : report.Added + report.Updated + report.Unchanged == 0 ? ExitCode.Failed : ExitCode.PartlyDone;
    }

    private static string? LanguageOf(string? code) => code is null or [>= 'a' and <= 'z', >= 'a' and <= 'z']
        ? code
        : throw new CommandException($"--language '{code}' is not a two-letter code, such as en or de.", ExitCode.WrongUsage);

    private static Dictionary<string, string> TagsOf(string[] tags)
    {
        var parsed = new Dictionary<string, string>();
        foreach (var tag in tags)
        {
            var at = tag.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new CommandException($"--tag '{tag}' is not of the form k=v, such as product=ledger.", ExitCode.WrongUsage);
            }

            parsed[tag[..at]] = tag[(at + 1)..];
        }

        return parsed;
    }
}
