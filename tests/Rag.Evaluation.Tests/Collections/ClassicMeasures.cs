using Rag.Evaluation.Collections;
using Rag.Evaluation.Measures;
using Rag.Indexing;
using Rag.Indexing.Feedback;
using Rag.Quality.Collections;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Evaluation.Tests.Collections;

/// <summary>How well a keyword model does on a classic collection, by trec_eval's definitions.</summary>
internal static class ClassicMeasures
{
    /// <summary>A collection; the test is skipped where its data are not there.</summary>
    public static Task<ClassicCollection> RequireAsync(string name)
    {
        SharedData.Require($"retrieval-{name}");
        return ClassicCollection.All[name](SharedData.Folder!);
    }

    /// <summary>Means over the judged queries for their first 1,000 results, to four digits.</summary>
    public static async Task<(double Map, double P30, double Ndcg10)> MeasureAsync(ClassicCollection collection, KeywordModel model, string feedback = "")
    {
        await using var store = new CollectionStore(model);
        foreach (var document in collection.Documents)
        {
            await store.AddAsync(document);
        }

        IRetriever words = new KeywordRetriever(store);
        var judgements = collection.Judgements.WithAnswers();
        var run = await RetrievalRun.MeasureAsync("t", Feedback(feedback) is { } learns ? new FeedbackRetriever(words, learns) : words, [.. collection.Queries.Where(q => judgements.Queries.ContainsKey(q.Id))], TimeProvider.System);
        var values = RunEvaluation.Of(judgements, run.Run, TrecMeasures.Named("map", "P_30", "ndcg_cut_10")).Values;
        return (Mean("map"), Mean("P_30"), Mean("ndcg_cut_10"));

        double Mean(string measure) => Math.Round(values[measure].Average(), 4);
    }

    // By the name that follows the model's in --retriever.
    private static IFeedback? Feedback(string name) => name switch
    {
        "" => null,
        "rm3" => new Rm3Feedback(),
        "focused" => new FocusedFeedback(),
        "ax" => new AxiomaticFeedback(),
        "rocchio" => new RocchioFeedback(),
        _ => throw new ArgumentException($"No feedback '{name}'.", nameof(name)),
    };
}
