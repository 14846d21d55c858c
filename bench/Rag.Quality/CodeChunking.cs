using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rag.Evaluation.Collections;
using Rag.Evaluation.Spans;
using Rag.Indexing;
using Rag.Ingest.Chunking;
using Rag.Ingest.Reading;
using Rag.Retrieval;

namespace Rag.Quality;

/// <summary>The code of Anthropic's cookbook: 248 questions whose answers are stretches of 90 files. Which chunks does BM25 bring back when code is divided at blank lines, and at its declarations?</summary>
internal static partial class CodeChunking
{
    private static readonly int[] Budgets = [500, 1000, 2000, 4000];
    private static readonly ApproximateTokenCounter Counter = new();

    public static async Task MeasureAsync(string data, TextWriter output)
    {
        var folder = Path.Combine(data, "retrieval-codebase-anthropic");
        using var files = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "codebase_chunks.json")));
        var sources = files.RootElement.EnumerateArray().ToDictionary(
            file => file.GetProperty("original_uuid").GetString()!,
            file => (Text: file.GetProperty("content").GetString()!, Chunks: file.GetProperty("chunks").EnumerateArray().ToDictionary(c => c.GetProperty("original_index").GetInt32(), c => c.GetProperty("content").GetString()!)));
        var questions = File.ReadLines(Path.Combine(folder, "evaluation_set.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        output.WriteLine($"code-chunking: {questions.Count} questions; mean recall of the characters of the wanted stretches within the first N tokens of chunks");
        foreach (var (name, reader) in new (string, IDocumentReader)[] { ("blank lines", new PlainTextReader { Blocks = BlockKind.Code }), ("declarations", new SourceCodeReader()) })
        {
            var documents = new List<Document>();
            foreach (var (id, source) in sources)
            {
                documents.Add(await reader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(source.Text)), $"{id}.{Language(source.Text)}"));
            }

            var byId = documents.ToDictionary(d => d.Id.Split('.')[0]);
            var spans = questions.Select(q => Question(q, byId, sources.ToDictionary(s => s.Key, s => s.Value))).ToList();
            await using var store = new CollectionStore(KeywordModel.Bm25);
            var chunker = new StructureChunker();
            await new CollectionLoader(store, TimeProvider.System) { Split = chunker.Split }.LoadAsync(documents.ToAsyncEnumerable());
            var retriever = new KeywordRetriever(store);
            var within = new double[Budgets.Length];
            foreach (var question in spans)
            {
                Chunk[] found = [.. (await retriever.RetrieveAsync(new(question.Text), 100)).Select(f => f.Chunk)];
                for (var b = 0; b < Budgets.Length; b++)
                {
                    var left = Budgets[b];
                    within[b] += SpanScore.Of(question, [.. found.TakeWhile(c => (left -= Counter.Count(c.Text)) >= 0)]).Recall / spans.Count;
                }
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {documents.Sum(d => chunker.Split(d).Count)} chunks; {string.Join(", ", within.Select((recall, b) => string.Create(CultureInfo.InvariantCulture, $"{recall:F3} in {Budgets[b]}")))}"));
        }
    }

    // a stretch is found by its lines, since readers drop blank ones
    private static SpanQuestion Question(JsonElement question, Dictionary<string, Document> documents, Dictionary<string, (string Text, Dictionary<int, string> Chunks)> sources)
    {
        var golden = question.GetProperty("golden_chunk_uuids").EnumerateArray().Select(g => (Id: g[0].GetString()!, Index: g[1].GetInt32())).ToList();
        var document = documents[golden[0].Id];
        var (text, chunks) = sources[golden[0].Id];
        var spans = golden.Where(g => g.Id == golden[0].Id).Select(g =>
        {
            var start = text.IndexOf(chunks[g.Index], StringComparison.Ordinal);
            var (first, last) = (text.AsSpan(0, start).Count('\n'), text.AsSpan(0, start + chunks[g.Index].TrimEnd().Length).Count('\n'));
            var starts = document.Lines!.Starts;
            return new TextSpan(starts[Math.Min(first, starts.Count - 1)], last + 1 < starts.Count ? starts[last + 1] : document.Text.Length);
        });
        return new(question.GetProperty("query").GetString()!, document.Id, [.. spans]);
    }

    // the files have lost their names
    private static string Language(string text) => Rust().IsMatch(text) ? "rs" : Java().IsMatch(text) ? "java" : Python().IsMatch(text) ? "py" : "cpp";

    [GeneratedRegex(@"^\s*(pub )?(fn|impl|use)\b.*[{;(]\r?$", RegexOptions.Multiline)]
    private static partial Regex Rust();

    [GeneratedRegex(@"^package [\w.]+;", RegexOptions.Multiline)]
    private static partial Regex Java();

    [GeneratedRegex(@"^(def|class) .*:\r?$|^(import|from) \w+", RegexOptions.Multiline)]
    private static partial Regex Python();
}
