using System.Globalization;
using Rag.Evaluation;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Measures;
using Rag.Evaluation.Spans;
using Rag.Evaluation.Statistics;
using Rag.Evaluation.Trec;
using Rag.Indexing;
using Rag.Ingest.Chunking;
using Rag.Quality.Collections;
using Rag.Retrieval;
using Rag.Retrieval.Selection;
using Rag.Storage;

namespace Rag.Quality;

/// <summary>What choosing and widening do to what <c>default</c> finds: ranks on whole passages (nDCG@10), and characters of exact answers in passages of documents.</summary>
internal static class SelectionQuality
{
    private const int Top = 10;
    private const int Spans = 5;
    private const int Candidates = 200;
    private static readonly string[] Collections = ["cacm", "cranfield", "wikiqa", "trecqa", "docs", "squad", "clapnq", "hotpot"];
    private static readonly int[] Budgets = [500, 1000, 2000];
    private static readonly ApproximateTokenCounter Counter = new();

    private static readonly (string Name, Func<IRetriever, IRetriever> Over)[] Choices =
    [
        ("as found", inner => inner),
        ("MMR", inner => new MmrRetriever(inner)),
        ("MMR, relevance .9", inner => new MmrRetriever(inner, lambda: 0.9)),
        ("no near-duplicates", inner => new DeduplicatingRetriever(inner)),
        ("no near-duplicates, likeness .3", inner => new DeduplicatingRetriever(inner, 0.3)),
    ];

    private static readonly (string Name, Func<IRetriever, IChunkStore, IRetriever> Over)[] Widenings =
    [
        .. Choices.Select(c => (c.Name, (Func<IRetriever, IChunkStore, IRetriever>)((inner, _) => c.Over(inner)))),
        .. new[] { 1, 3 }.Select(n => ($"{n} sentences around", (Func<IRetriever, IChunkStore, IRetriever>)((inner, store) => new SentenceWindowRetriever(inner, store, n)))),
        ("auto-merging", (inner, store) => new AutoMergingRetriever(inner, store)),
    ];

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        await MeasureRanksAsync(data, output);
        await MeasureSpansAsync(data, output);
    }

    private static async Task MeasureRanksAsync(string data, TextWriter output)
    {
        await output.WriteLineAsync($"selection: nDCG@{Top}, then the difference from what was found with its 95 % bootstrap interval, * where the randomisation test says p < .05");
        await output.WriteLineAsync($"| | {string.Join(" | ", Choices.Select(c => c.Name))} |");
        await output.WriteLineAsync($"|---|{string.Concat(Choices.Select(_ => "--:|"))}");
        foreach (var name in Collections)
        {
            var collection = await ClassicCollection.All[name](data);
            await using var store = new CollectionStore(KeywordModel.Default);
            foreach (var document in collection.Documents)
            {
                await store.AddAsync(document);
            }

            List<IReadOnlyList<double>> values = [];
            foreach (var (_, over) in Choices)
            {
                values.Add(await NdcgAsync(collection, over(new DefaultRetriever(store))));
            }

            await output.WriteLineAsync($"| {name} | {values[0].Average().ToString(".000", CultureInfo.InvariantCulture)} | {string.Join(" | ", values.Skip(1).Select(v => Difference(values[0], v)))} |");
        }
    }

    private static async Task<IReadOnlyList<double>> NdcgAsync(ClassicCollection collection, IRetriever retriever)
    {
        var judgements = collection.Judgements.WithAnswers();
        Dictionary<string, IReadOnlyList<ScoredDocument>> rankings = [];
        foreach (var query in collection.Queries.Where(q => judgements.Queries.ContainsKey(q.Id)))
        {
            // Rank by rank: MMR's scores are of each step and may rise.
            rankings[query.Id] = [.. (await retriever.RetrieveAsync(new(query.Text), Top)).Select((f, i) => new ScoredDocument(f.Chunk.DocumentId, -i))];
        }

        return RunEvaluation.Of(judgements, new("", rankings), TrecMeasures.Named($"ndcg_cut_{Top}")).Values[$"ndcg_cut_{Top}"];
    }

    private static string Difference(IReadOnlyList<double> baseline, IReadOnlyList<double> values)
    {
        var difference = BootstrapInterval.OfMean([.. values.Zip(baseline, (v, b) => v - b)]);
        var beyondChance = RandomisationTest.P(baseline, values, rounds: 10_000) < .05 ? "*" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Rounded(difference.Mean):+.000;-.000}{beyondChance} [{Rounded(difference.Low):+.000;-.000}, {Rounded(difference.High):+.000;-.000}]");

        static double Rounded(double value) => Math.Round(value, 3) + 0.0; // no -0
    }

    private static async Task MeasureSpansAsync(string data, TextWriter output)
    {
        var folder = Path.Combine(data, "chunking-chroma");
        Document[] documents = [.. (await SpanFiles.ReadCorporaAsync(Path.Combine(folder, "corpora"))).Select(d => d with { Language = "en" })];
        var questions = await SpanFiles.ReadQuestionsAsync(Path.Combine(folder, "questions_df.csv"), documents);
        await output.WriteLineAsync($"selection: {questions.Count} questions answered by exact excerpts; recall, precision and IoU of the first {Spans} passages, their tokens, then recall of as many passages as fit into N tokens");
        await output.WriteLineAsync($"| pieces | | recall@{Spans} | precision | IoU | tokens | {string.Join(" | ", Budgets.Select(b => $"recall in {b}"))} |");
        await output.WriteLineAsync($"|---|---|--:|--:|--:|--:|{string.Concat(Budgets.Select(_ => "--:|"))}");
        foreach (var chunker in new StructureChunker[] { new(), new(new() { Target = 50, Max = 100 }) })
        {
            await using var store = new CollectionStore(KeywordModel.Default);
            await new CollectionLoader(store, TimeProvider.System) { Split = chunker.Split }.LoadAsync(documents.ToAsyncEnumerable());
            foreach (var (name, over) in Widenings)
            {
                await output.WriteLineAsync($"| {chunker.Name} | {name} | {await SpansAsync(questions, store, over)} |");
            }
        }
    }

    private static async Task<string> SpansAsync(IReadOnlyList<SpanQuestion> questions, CollectionStore store, Func<IRetriever, IChunkStore, IRetriever> over)
    {
        var search = new DefaultRetriever(store);
        List<double[]> rows = [];
        foreach (var question in questions)
        {
            var retriever = over(new Found(await search.RetrieveAsync(new(question.Text), Candidates)), store);
            var five = await FindAsync(retriever, question, Spans);
            var score = SpanScore.Of(question, five);
            rows.Add([score.Recall, score.Precision, score.IntersectionOverUnion, Tokens(five), .. await WithinBudgetsAsync(retriever, question)]);
        }

        return string.Join(" | ", Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(r => r[i]).ToString(i == 3 ? "0" : ".000", CultureInfo.InvariantCulture)));
    }

    // As many passages as fit, asked for as such: of those found for a higher number, windows and sections are wider.
    private static async Task<double[]> WithinBudgetsAsync(IRetriever retriever, SpanQuestion question)
    {
        var recall = new double[Budgets.Length];
        for (var top = 1; ; top++)
        {
            var found = await FindAsync(retriever, question, top);
            if (found.Length < top || Tokens(found) > Budgets[^1])
            {
                return recall;
            }

            foreach (var (i, _) in Budgets.Index().Where(b => Tokens(found) <= b.Item))
            {
                recall[i] = SpanScore.Of(question, found).Recall;
            }
        }
    }

    private static async Task<Chunk[]> FindAsync(IRetriever retriever, SpanQuestion question, int top) => [.. (await retriever.RetrieveAsync(new(question.Text), top)).Select(f => f.Chunk)];

    private static int Tokens(Chunk[] chunks) => chunks.Sum(c => Counter.Count(c.Text));

    // What was found for a question, so that the search itself is done once.
    private sealed record Found(IReadOnlyList<ScoredChunk> Hits) : IRetriever
    {
        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<ScoredChunk>>([.. Hits.Take(top)]);
    }
}
