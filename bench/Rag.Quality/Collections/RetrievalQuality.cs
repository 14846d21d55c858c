using System.Globalization;
using Rag.Evaluation;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Measures;
using Rag.Evaluation.Statistics;
using Rag.Indexing;
using Rag.Indexing.Feedback;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Quality.Collections;

/// <summary>Weight-free retrievers side by side on every open collection: means with 95 % bootstrap intervals, and whether they differ from plain BM25 (paired t-test, randomisation test).</summary>
internal static class RetrievalQuality
{
    // The measure that the collection is usually reported with comes first.
    private static readonly (string Collection, string[] Measures)[] Collections =
    [
        ("cacm", ["map", "P_30", "ndcg_cut_10"]),
        ("cranfield", ["map", "ndcg_cut_10"]),
        ("wikiqa", ["map", "recip_rank"]),
        ("trecqa", ["map", "recip_rank"]),
        ("code", ["recall_5", "recall_10", "recall_20"]),
        ("docs", ["ndcg_cut_10", "recip_rank", "recall_5"]),
        ("squad", ["ndcg_cut_10", "recall_5"]),
        ("clapnq", ["ndcg_cut_10", "recall_5"]),
        ("hotpot", ["ndcg_cut_10", "recall_5"]),
        ("jsquad", ["ndcg_cut_10", "recall_5"]),
        ("cmrc", ["ndcg_cut_10", "recall_5"]),
    ];

    private static readonly (string Name, KeywordModel Model, Func<IChunkStore, IRetriever> Over)[] Retrievers =
    [
        ("bm25", KeywordModel.Bm25, store => new KeywordRetriever(store)),
        ("bm25-rm3", KeywordModel.Bm25Lucene, store => new FeedbackRetriever(new KeywordRetriever(store), new Rm3Feedback())),
        ("default", KeywordModel.Default, store => new DefaultRetriever(store)),
    ];

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        await output.WriteLineAsync($"| collection | documents | queries | measure | {string.Join(" | ", Retrievers.Select(r => r.Name))} | difference | p (t) | p (randomised) | better / equal / worse |");
        await output.WriteLineAsync($"|---|--:|--:|---|{string.Concat(Retrievers.Select(_ => "--:|"))}--:|--:|--:|--:|");
        foreach (var (name, measures) in Collections)
        {
            var collection = await ClassicCollection.All[name](data);
            List<RunEvaluation> runs = [];
            foreach (var (tag, model, over) in Retrievers)
            {
                runs.Add(await RunAsync(collection, tag, model, over, measures));
            }

            foreach (var measure in measures)
            {
                await output.WriteLineAsync(Row(name, collection, measure, [.. runs.Select(r => r.Values[measure])]));
            }
        }
    }

    private static async Task<RunEvaluation> RunAsync(ClassicCollection collection, string tag, KeywordModel model, Func<IChunkStore, IRetriever> over, string[] measures)
    {
        await using var store = new CollectionStore(model);
        foreach (var document in collection.Documents)
        {
            await store.AddAsync(document);
        }

        var judgements = collection.Judgements.WithAnswers();
        var run = await RetrievalRun.MeasureAsync(tag, over(store), [.. collection.Queries.Where(q => judgements.Queries.ContainsKey(q.Id))], TimeProvider.System);
        return RunEvaluation.Of(judgements, run.Run, TrecMeasures.Named(measures));
    }

    private static string Row(string name, ClassicCollection collection, string measure, IReadOnlyList<double>[] values)
    {
        var (baseline, best) = (values[0], values[^1]);
        var difference = BootstrapInterval.OfMean([.. best.Zip(baseline, (b, a) => b - a)]);
        var (better, worse) = (best.Zip(baseline).Count(p => p.First > p.Second), best.Zip(baseline).Count(p => p.First < p.Second));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {collection.Documents.Count} | {baseline.Count} | {measure} | {string.Join(" | ", values.Select(Interval))} | {difference.Mean:+.0000;-.0000} [{difference.Low:+.0000;-.0000}, {difference.High:+.0000;-.0000}] | {PairedTTest.Of(baseline, best).P:.0000} | {RandomisationTest.P(baseline, best, rounds: 10_000):.0000} | {better} / {baseline.Count - better - worse} / {worse} |");
    }

    private static string Interval(IReadOnlyList<double> values)
    {
        var interval = BootstrapInterval.OfMean(values);
        return string.Create(CultureInfo.InvariantCulture, $"{interval.Mean:.0000} [{interval.Low:.000}, {interval.High:.000}]");
    }
}
