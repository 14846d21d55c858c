// The console chatbot: puts documents into a store and answers questions from them. No server; a model only with --model.
using Rag.Chat;
using Rag.Chat.Dialogue;
using Rag.Conversations;
using Rag.Generation;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Ingest.Sources;
using Rag.Llama;
using Rag.Llama.Models;
using Rag.Queries;
using Rag.Retrieval;
using Rag.Sqlite;
using Rag.Storage;

if (ChatArguments.Parse(args) is not { } arguments)
{
    return 2;
}

if (arguments.Help)
{
    Console.WriteLine(ChatArguments.Usage);
    return 0;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};

var console = Screen.Create(Console.Out, !Console.IsOutputRedirected, colours: string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
try
{
    // 1. Documents go in. What has not changed since the last time is skipped.
    await using var store = await SqliteChunkStore.OpenAsync(arguments.Store, cancellationToken: cancellation.Token);
    var ingestion = new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), store);
    await SyncAsync(cancellation.Token);

    // 2. Questions go in, and answers come out in which every sentence carries a checked citation.
    var retriever = new DefaultRetriever(store);
    await using var model = arguments.Model is null ? null : await LoadAsync(arguments.Model, cancellation.Token);
    var pipeline = model?.Pipeline(retriever) ?? new RagPipeline(retriever, new ExtractiveAnswerGenerator(), transformer: new FollowUpTransformer());
    if (arguments.Question is { } question)
    {
        await new AnswerView(console).ShowAsync(pipeline.AskStreamingAsync(question, cancellation.Token), cancellation.Token);
        return 0;
    }

    await using var ratings = await SqliteRatingStore.OpenAsync(arguments.Store, cancellationToken: cancellation.Token);
    var library = new Library(store, retriever, pipeline) { Reindex = SyncAsync, Summarizer = model is null ? null : new ChatSummarizer(model.Client), Model = model, Ratings = ratings };
    var lines = Console.IsInputRedirected ? Keyboard.Lines(console, Console.In, echo: true) : Keyboard.Lines(console);
    await new Conversation(console, library, lines).RunAsync(cancellation.Token);
    return 0;

    Task<LocalModel> LoadAsync(string name, CancellationToken cancellationToken)
    {
        using var http = ModelStore.NewHttpClient();
        var path = ModelFile.Locate(name, ModelCatalog.BuiltIn(), new ModelStore(ModelStore.DefaultFolder(), http));
        return LocalModel.LoadAsync(console, path, new LlamaModelOptions(), new LlamaContextOptions(), cancellationToken);
    }

    async Task SyncAsync(CancellationToken cancellationToken)
    {
        var report = await SyncView.RunAsync(console, ingestion, new FileSource(arguments.Documents), new SyncOptions { DeleteMissing = true }, cancellationToken);
        foreach (var failure in report.Failed)
        {
            Console.Error.WriteLine(Plain.Line($"{failure.Path}: {failure.Error}"));
        }

        if (arguments.Question is null || report.Added + report.Updated + report.Deleted > 0)
        {
            Console.Error.WriteLine(SyncView.Summary(report));
        }
    }
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception e) when (e is StoreException or LlamaException or IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine(Plain.Line(e.Message));
    return 1;
}
