using System.Text.Json;
using Rag.Generation;
using Rag.Ingest;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Retrieval;
using Rag.Sqlite;

namespace Rag.Quality;

/// <summary>A question on the demo documents and the files that hold its answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="Sources">Ends of the paths of the files that are right.</param>
internal sealed record DemoQuestion(string Question, IReadOnlyList<string> Sources);

/// <summary>Asks the 24 questions and looks whether the first citation points into a right file.</summary>
internal static class DemoQuestions
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<DemoQuestion> All() =>
        [.. ((string[])["efcore.json", "csharp.json"]).SelectMany(f => JsonSerializer.Deserialize<DemoQuestion[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Questions", f)), Web)!)];

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var folder = DemoDocuments.FreshFolder();
        try
        {
            await using var store = await SqliteChunkStore.OpenAsync(Path.Combine(folder, "store.db"));
            await new IngestionPipeline(DocumentReaders.Default, new StructureChunker(), store).SyncAsync(DemoDocuments.Folders(data));
            var pipeline = new RagPipeline(new DefaultRetriever(store), new ExtractiveAnswerGenerator());
            var right = 0;
            output.WriteLine("| question | right | cited | answer |");
            output.WriteLine("|---|---|---|---|");
            foreach (var (question, sources) in All())
            {
                var answer = await pipeline.AskAsync(question);
                var cited = answer.Citations is [var first, ..] ? first.Chunk.DocumentId : null;
                var hit = cited is not null && sources.Any(s => cited.EndsWith(s, StringComparison.Ordinal));
                right += hit ? 1 : 0;
                output.WriteLine($"| {question} | {(hit ? "yes" : "no")} | {cited ?? "-"} | {Cell(answer.Text)} |");
            }

            output.WriteLine($"\nquestions: the first citation is right in {right} of {All().Count}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
