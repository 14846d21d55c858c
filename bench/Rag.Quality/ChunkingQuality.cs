using System.Globalization;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Spans;
using Rag.Indexing;
using Rag.Ingest.Chunking;
using Rag.Retrieval;

namespace Rag.Quality;

/// <summary>Chroma's chunking evaluation: 276 questions whose answers are exact stretches of three texts. Which chunks does plain BM25 bring back?</summary>
internal static class ChunkingQuality
{
    private static readonly int[] Budgets = [500, 1000, 2000];
    private static readonly ApproximateTokenCounter Counter = new();

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var folder = Path.Combine(data, "chunking-chroma");
        Document[] documents = [.. (await SpanFiles.ReadCorporaAsync(Path.Combine(folder, "corpora"))).Select(d => d with { Language = "en" })];
        var questions = await SpanFiles.ReadQuestionsAsync(Path.Combine(folder, "questions_df.csv"), documents);
        output.WriteLine($"chunking: {questions.Count} questions; mean recall of the reference characters within the first N tokens of chunks, then recall, precision and IoU of the first five chunks, then recall and IoU of as many as hold or touch the answer");
        output.WriteLine("| chunker | chunks | recall in 500 | 1,000 | 2,000 | recall@5 | precision@5 | IoU@5 | recall as needed | IoU as needed |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var chunker in Chunkers())
        {
            output.WriteLine(await RowAsync(chunker, documents, questions));
        }
    }

    private static IEnumerable<IChunker> Chunkers() =>
    [
        .. new[] { (50, 100), (100, 200), (150, 300), (200, 400), (250, 500), (300, 600), (400, 800) }.Select(s => new StructureChunker(new() { Target = s.Item1, Max = s.Item2 })),
        .. new[] { (100, 0), (200, 0), (200, 50), (400, 0) }.Select(s => new FixedSizeChunker(s.Item1, s.Item2)),
        .. new[] { (3, 2), (5, 3), (10, 10) }.Select(s => new SentenceWindowChunker(s.Item1, s.Item2)),
    ];

    private static async Task<string> RowAsync(IChunker chunker, Document[] documents, IReadOnlyList<SpanQuestion> questions)
    {
        await using var store = new CollectionStore(KeywordModel.Bm25);
        await new CollectionLoader(store, TimeProvider.System) { Split = chunker.Split }.LoadAsync(documents.ToAsyncEnumerable());
        var retriever = new KeywordRetriever(store);
        var within = new double[Budgets.Length];
        foreach (var question in questions)
        {
            Chunk[] found = [.. (await retriever.RetrieveAsync(new(question.Text), 100)).Select(f => f.Chunk)];
            for (var b = 0; b < Budgets.Length; b++)
            {
                var left = Budgets[b];
                within[b] += SpanScore.Of(question, [.. found.TakeWhile(c => (left -= Counter.Count(c.Text)) >= 0)]).Recall / questions.Count;
            }
        }

        Chunk[] all = [.. documents.SelectMany(chunker.Split)];
        var five = await SpanEvaluation.OfTopAsync(questions, retriever, 5);
        var needed = await SpanEvaluation.OfNeededAsync(questions, retriever, all);
        double[] numbers = [.. within, five.Recall, five.Precision, five.IntersectionOverUnion, needed.Recall, needed.IntersectionOverUnion];
        return $"| {chunker.Name} | {all.Length} | {string.Join(" | ", numbers.Select(n => n.ToString("F3", CultureInfo.InvariantCulture)))} |";
    }
}
