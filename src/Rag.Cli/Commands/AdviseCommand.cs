using System.CommandLine;
using System.Diagnostics;
using Rag.Chat.Dialogue;
using Rag.Cli.Json;
using Rag.Evaluation.Advice;
using Rag.Ratings;
using Rag.Retrieval;
using Rag.Storage;
using Spectre.Console;

namespace Rag.Cli.Commands;

/// <summary><c>rag advise</c>: whether to retrieve, to put everything into the prompt, or to train besides, from figures of the store.</summary>
internal static class AdviseCommand
{
    private const int Searches = 50;

    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public static Command Create(Session session, SharedOptions options)
    {
        var churn = SharedOptions.Within("--churn", "Share of the documents that change in a month, by default measured where the store is old enough", 0.0, 1.0);
        var latency = SharedOptions.Within("--latency", "Milliseconds that an answer may take", 1.0, 3_600_000.0);
        var window = SharedOptions.Within("--window", "Tokens that the model reads at once, by default 32768", 1, 100_000_000);
        var questions = SharedOptions.Within("--questions", "Questions a month, by default 1000", 1L, 1_000_000_000_000L);
        var price = SharedOptions.Within("--price-in", "Price of a million tokens read, by default 0", 0m, 1_000_000m);
        var manner = new Option<bool>("--manner") { Description = "The manner of the answers is what is wanting, not facts." };
        var command = new Command("advise", "Say whether to retrieve, to put everything into the prompt, or to fine-tune besides, from figures measured on the store.") { options.Store, options.Tenant, churn, latency, window, questions, price, manner };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var situation = await MeasureAsync(session, parsed.GetValue(options.Store)!, parsed.GetValue(options.Tenant)!, cancellationToken);
            situation = situation with
            {
                Churn = parsed.GetValue(churn) ?? situation.Churn,
                LatencyMs = parsed.GetValue(latency),
                Window = parsed.GetValue(window) ?? situation.Window,
                Questions = parsed.GetValue(questions) ?? situation.Questions,
                PriceIn = parsed.GetValue(price) ?? 0,
                Manner = parsed.GetValue(manner),
            };
            Show(session, situation, Advisor.Of(situation), parsed.GetValue(options.Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<Situation> MeasureAsync(Session session, string path, string tenant, CancellationToken cancellationToken)
    {
        await using var store = await Stores.OpenAsync(session, path, null, cancellationToken);
        var documents = await store.ListDocumentsAsync(tenant, cancellationToken);
        var counter = new ApproximateTokenCounter();
        var tokens = 0L;
        foreach (var document in documents)
        {
            tokens += counter.Count((await store.GetDocumentAsync(document.Id, tenant, cancellationToken))?.Text ?? "");
        }

        var examples = 0;
        if (Stores.IsFile(path))
        {
            await using var ratings = await Stores.OpenRatingsAsync(path, cancellationToken);
            examples = await ratings.ListAsync(new RatingFilter { Tenant = tenant }, cancellationToken).CountAsync(rating => !rating.Forgotten, cancellationToken);
        }

        return new(documents.Count, tokens, await RetrievalMsAsync(store, tenant, documents, cancellationToken)) { Churn = ChurnOf(documents, TimeProvider.System.GetUtcNow()), Examples = examples };
    }

    /// <summary>Share of the documents that were stored in the last month; <see langword="null"/> where the oldest was too, so that nothing can be told.</summary>
    private static double? ChurnOf(IReadOnlyList<StoredDocument> documents, DateTimeOffset now) =>
        documents.Count > 0 && documents.Min(d => d.IngestedAt) < now - Month ? documents.Count(d => d.IngestedAt >= now - Month) / (double)documents.Count : null;

    // titles stand in for questions: they are at hand, and about what is asked of such documents
    private static async Task<double> RetrievalMsAsync(IChunkStore store, string tenant, IReadOnlyList<StoredDocument> documents, CancellationToken cancellationToken)
    {
        var retriever = new DefaultRetriever(store);
        var times = new List<double>();
        foreach (var title in documents.Select(d => d.Title).Where(t => !string.IsNullOrWhiteSpace(t)).Take(Searches))
        {
            var start = Stopwatch.GetTimestamp();
            await retriever.RetrieveAsync(new Query(title) { Tenant = tenant }, 8, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Count == 0 ? 0 : times.Order().ElementAt(times.Count / 2);
    }

    private static void Show(Session session, Situation situation, Advice advice, bool json)
    {
        if (json)
        {
            RagJson.Write(session.Out, AdviceJson.Of(situation, advice), t => t.AdviceJson);
            return;
        }

        var console = session.Console();
        foreach (var reason in advice.Reasons)
        {
            console.MarkupLineInterpolated($"{Plain.Line(reason.Figure)}");
            console.Write(new Padder(new Text(reason.Consequence), new Padding(4, 0, 0, 0)));
        }

        console.MarkupLineInterpolated($"[bold]{advice.Approach switch
        {
            Approach.Prompt => "Put everything into the prompt: rag ask with a large --top does it, and citations are checked all the same.",
            Approach.RetrieveAndTune => "Retrieve, and train the manner of the answers besides.",
            _ => "Retrieve.",
        }}[/]");
    }
}
