using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rag.Agents;
using Rag.Api;
using Rag.Api.Security;
using Rag.Chat.Dialogue;
using Rag.Conversations;
using Rag.Ratings;
using Rag.Retrieval;
using Rag.Sqlite;

namespace Rag.Cli.Commands;

/// <summary><c>rag serve</c>: the API with its page.</summary>
internal sealed class ServeCommand(SharedOptions shared)
{
    private readonly Option<string> _urls = new("--urls") { Description = "Where it listens; without keys only this machine is answered, wherever that is.", HelpName = "U", DefaultValueFactory = _ => "http://127.0.0.1:5180" };

    private readonly Option<string?> _keys = new("--keys") { Description = "The file of keys that 'rag keys add' writes.", HelpName = "FILE" };

    private readonly Option<string?> _files = new("--files") { Description = "Where uploaded files are kept, by default beside the store.", HelpName = "FOLDER" };

    private readonly Option<string?> _runs = new("--runs") { Description = "Where 'rag eval' keeps runs with --out, to be shown as reports.", HelpName = "FOLDER" };

    private readonly EnrichOptions _enrich = new();

    private readonly AnswerOptions _answers = new(shared);

    public static Command Create(Session session, SharedOptions shared)
    {
        var options = new ServeCommand(shared);
        var command = new Command("serve", "Serve the API, OpenAI's protocol and the page over HTTP.") { options._urls, options._keys, options._files, options._runs, options._enrich.Enrich };
        foreach (var option in options._answers.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => options.RunAsync(session, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        _enrich.ThrowIfWrong(parsed, _answers.NamesModel(parsed));
        var (path, keys) = (parsed.GetValue(shared.Store)!, await KeysAsync(parsed.GetValue(_keys), cancellationToken));
        using var embedder = await _answers.LoadEmbedderAsync(session, parsed, ingests: true, cancellationToken);
        await using var store = await Stores.OpenOrCreateAsync(session, path, _answers.Weighing(parsed), cancellationToken);
        await using var model = await _answers.LoadAsync(session, parsed, cancellationToken);
        using var adapters = _answers.LoadAdapters(parsed, model);
        var asking = await _answers.AskingAsync(parsed, model, adapters, cancellationToken);
        using var reranker = await _answers.LoadRerankerAsync(session, parsed, cancellationToken);
        await using var ratings = Stores.IsFile(path) ? await SqliteRatingStore.OpenAsync(path, cancellationToken: cancellationToken) : null;
        var library = _answers.Library(parsed, _answers.Scope(parsed), store, model, asking, embedder, reranker);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(parsed.GetValue(_urls)!).ConfigureKestrel(ServerLimits.Set);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning).AddFilter("Rag.Api.Audit", LogLevel.Information);
        var services = builder.Services.AddSingleton(store).AddSingleton(library.Retriever).AddSingleton(library.Pipeline).AddSingleton(library.Origin);
        if (store is SqliteChunkStore file)
        {
            services.AddSingleton<ISessionStore>(file.Sessions);
        }

        _enrich.OfDocuments(parsed, model?.Client).ToList().ForEach(enricher => services.AddSingleton(enricher));
        Add(services, _enrich.OfChunks(parsed, model?.Client));
        Register(services, ratings as IRatingStore, library.Summarizer, model?.Client, reranker?.Untimed, embedder?.ForDocuments);
        services.AddSingleton(new AgentOptions { Constrain = model?.Constrain }).AddRagIngest().AddRag();
        services.AddRagApi(options =>
        {
            keys.ToList().ForEach(options.Keys.Add);
            options.FilesFolder = parsed.GetValue(_files) ?? (Stores.IsFile(path) ? $"{path}.files" : null);
            options.RunsFolder = parsed.GetValue(_runs);
        });
        OtlpExport.AddTo(services, session.Variable);
        await using var app = builder.Build();
        app.MapRag();
        app.MapRagPage();
        await app.StartAsync(cancellationToken);
        session.Error.WriteLine(Plain.Line($"Listening on {string.Join(", ", app.Urls)}{(keys.Count == 0 ? ", for this machine only, since there are no keys" : "")}. Ctrl+C ends it."));
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static void Register(IServiceCollection services, IRatingStore? ratings, IConversationSummarizer? summarizer, IChatClient? client, IReranker? reranker, IEmbeddingGenerator<string, Embedding<float>>? embedder)
    {
        Add(services, ratings);
        Add(services, summarizer);
        Add(services, client);
        Add(services, reranker);
        Add(services, embedder);
    }

    private static void Add<T>(IServiceCollection services, T? service)
        where T : class
    {
        if (service is not null)
        {
            services.AddSingleton(service);
        }
    }

    private static async Task<IReadOnlyList<ApiKey>> KeysAsync(string? file, CancellationToken cancellationToken)
    {
        try
        {
            return file is null ? [] : await ApiKeyFile.ReadAsync(file, cancellationToken) is { Count: > 0 } keys ? keys : throw new CommandException($"{file} holds no key, and a server with a file of keys answers nobody else. Make one: rag keys add NAME --scope all --keys {file}");
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message);
        }
    }
}
