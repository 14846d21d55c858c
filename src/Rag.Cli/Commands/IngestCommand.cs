using System.CommandLine;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Storage;

namespace Rag.Cli.Commands;

/// <summary><c>rag ingest</c>: makes a store hold what files and folders hold.</summary>
internal static class IngestCommand
{
    public static Command Create(Session session, SharedOptions options)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders; none are needed with --reembed.", Arity = ArgumentArity.ZeroOrMore };
        var tags = new Option<string[]>("--tag") { Description = "Label for the documents; may be repeated.", HelpName = "k=v", DefaultValueFactory = _ => [] };
        var language = new Option<string?>("--language") { Description = "Language of the documents, two letters; by default it is told from each one.", HelpName = "CODE" };
        var deleteMissing = new Option<bool>("--delete-missing") { Description = "Delete documents whose files are gone." };
        var parallel = SharedOptions.Number("--parallel", "Files read at the same time", 256, Math.Min(Environment.ProcessorCount, 256));
        var (enrich, writer) = (new EnrichOptions(), new AnswerModelOptions("Enrich"));
        var embed = new ModelName("--embed", "Store a vector with each passage, made by a model", writer.Cache, orEndpoint: true);
        var reembed = new Option<bool>("--reembed") { Description = "First give every passage of the store a vector of the --embed model, without reading files; searches go on meanwhile." };
        var command = new Command("ingest", "Put files and folders into the store; unchanged files are skipped.")
        {
            paths, options.Store, tags, options.Tenant, language, deleteMissing, parallel, embed.Option, reembed, enrich.Enrich,
        };
        foreach (var option in writer.All)
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
            var (sources, reembeds, name) = (parsed.GetValue(paths)!, parsed.GetValue(reembed), parsed.GetValue(options.Store)!);
            ThrowIfIncomplete(sources, reembeds, embed.IsGiven(parsed));
            enrich.ThrowIfWrong(parsed, writer.NameOf(parsed) is not null);
            await using var model = await writer.LoadAsync(session, parsed, cancellationToken);
            using var embedder = await Embedder.LoadAsync(session, parsed, embed, cancellationToken);
            await using var store = sources.Length > 0 ? await Stores.OpenOrCreateAsync(session, name, null, cancellationToken) : await Stores.OpenAsync(session, name, null, cancellationToken);
            var reembedded = reembeds ? await ReembedAsync(session, store, embedder!, sync.Tenant, cancellationToken) : 0;
            var pipeline = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), store, embedder?.ForDocuments, enrich.OfChunks(parsed, model?.Client), enrich.OfDocuments(parsed, model?.Client));
            return Report(session, await SyncAsync(session, pipeline, sources, sync, cancellationToken), reembeds ? reembedded : null, parsed.GetValue(options.Json));
        });
        return command;
    }

    /// <summary>Syncs, and says what failed and what was left out.</summary>
    public static async Task<SyncReport> SyncAsync(Session session, IngestionPipeline pipeline, string[] paths, SyncOptions sync, CancellationToken cancellationToken)
    {
        var report = await SyncView.RunAsync(session.ErrorConsole(), pipeline, paths, sync, cancellationToken);
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
        if (!Array.Exists(paths, Path.Exists))
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
            throw new CommandException("'rag ingest' needs a PATH: a file or a folder. See: rag ingest --help", ExitCode.WrongUsage);
        }
    }

    private static Task<int> ReembedAsync(Session session, IChunkStore store, Embedder embedder, string tenant, CancellationToken cancellationToken)
    {
        var reembedding = new StoreReembedding(
            store as IReembeddableStore ?? throw new CommandException("A Qdrant store cannot exchange its vectors in one step. Re-embed a copy and search that: rag copy --from STORE --to copy.db, then rag ingest --store copy.db --embed MODEL --reembed, then rag copy --from copy.db --to NEW-STORE."), embedder.ForDocuments);
        var bar = new WaitBar<ReembeddingProgress>("Embedding", p => new(p.Done, p.Total, "Embedding passages"));
        return bar.ShowAsync(session.ErrorConsole(), Task.Run(() => reembedding.RunAsync(tenant, bar, cancellationToken), cancellationToken), cancellationToken);
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
