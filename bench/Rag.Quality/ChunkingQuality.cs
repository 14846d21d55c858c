using System.Globalization;
using System.Text.Json;
using Rag.Indexing;
using Rag.Ingest.Chunking;

namespace Rag.Quality;

/// <summary>Chroma's chunking evaluation: 276 questions whose answers are exact stretches of three texts. Which chunks does plain BM25 bring back?</summary>
internal static class ChunkingQuality
{
    private sealed record Question(string Text, string Corpus, IReadOnlyList<TextSpan> References);

    private static readonly int[] Budgets = [500, 1000, 2000];

    public static Task MeasureAsync(string data, TextWriter output)
    {
        var folder = Path.Combine(data, "chunking-chroma");
        var questions = Questions(Path.Combine(folder, "questions_df.csv")).ToArray();
        Document[] documents = [.. Directory.EnumerateFiles(Path.Combine(folder, "corpora"), "*.md").Order(StringComparer.Ordinal).Select(Read)];
        output.WriteLine($"chunking: {questions.Length} questions; mean recall of the reference characters within the first N tokens of chunks, then recall, precision and IoU of the first five chunks");
        output.WriteLine("| chunker | chunks | recall in 500 | 1,000 | 2,000 | recall@5 | precision@5 | IoU@5 |");
        output.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var chunker in Chunkers())
        {
            output.WriteLine(Row(chunker, documents, questions));
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<IChunker> Chunkers() =>
    [
        .. new[] { (50, 100), (100, 200), (150, 300), (200, 400), (250, 500), (300, 600), (400, 800) }.Select(s => new StructureChunker(new() { Target = s.Item1, Max = s.Item2 })),
        .. new[] { (100, 0), (200, 0), (200, 50), (400, 0) }.Select(s => new FixedSizeChunker(s.Item1, s.Item2)),
        .. new[] { (3, 2), (5, 3), (10, 10) }.Select(s => new SentenceWindowChunker(s.Item1, s.Item2)),
    ];

    private static string Row(IChunker chunker, Document[] documents, Question[] questions)
    {
        var counter = new ApproximateTokenCounter();
        var indexer = new DocumentIndexer(KeywordModel.Bm25);
        var index = new KeywordIndex(KeywordModel.Bm25);
        Chunk[][] chunks = [.. documents.Select(d => chunker.Split(d).ToArray())];
        for (var i = 0; i < documents.Length; i++)
        {
            index = index.Add(i, indexer.Index(documents[i].Id, "en", chunks[i]));
        }

        var sums = new double[Budgets.Length + 3];
        foreach (var question in questions)
        {
            Chunk[] found = [.. index.Search(question.Text, 100).Select(h => chunks[h.Document][h.Chunk])];
            for (var b = 0; b < Budgets.Length; b++)
            {
                var left = Budgets[b];
                sums[b] += Overlap(question, found.TakeWhile(c => (left -= counter.Count(c.Text)) >= 0)).Recall;
            }

            var (recall, precision, iou) = Overlap(question, found.Take(5));
            (sums[^3], sums[^2], sums[^1]) = (sums[^3] + recall, sums[^2] + precision, sums[^1] + iou);
        }

        return $"| {chunker.Name} | {chunks.Sum(c => c.Length)} | {string.Join(" | ", sums.Select(s => (s / questions.Length).ToString("F3", CultureInfo.InvariantCulture)))} |";
    }

    private static (double Recall, double Precision, double Iou) Overlap(Question question, IEnumerable<Chunk> found)
    {
        var (wanted, retrieved) = (new HashSet<int>(question.References.SelectMany(Places)), 0);
        var hits = new HashSet<int>();
        foreach (var chunk in found)
        {
            retrieved += chunk.Span.Length;
            hits.UnionWith(chunk.DocumentId == question.Corpus ? Places(chunk.Span).Where(wanted.Contains) : []);
        }

        return ((double)hits.Count / wanted.Count, retrieved == 0 ? 0 : (double)hits.Count / retrieved, (double)hits.Count / (retrieved + wanted.Count - hits.Count));
    }

    private static IEnumerable<int> Places(TextSpan span) => Enumerable.Range(span.Start, span.Length);

    // Every line is a paragraph, "= = Name = =" a heading of the second level.
    private static Document Read(string path)
    {
        var text = File.ReadAllText(path);
        var blocks = new List<Block>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var newline && newline < 0 ? text.Length : newline + 1;
            var line = text.AsSpan(start, end - start).Trim();
            if (!line.IsEmpty)
            {
                var level = line.StartsWith("= ") && line.EndsWith(" =") ? line[..line.IndexOfAnyExcept('=', ' ')].Count('=') : 0;
                blocks.Add(new(level > 0 ? BlockKind.Heading : BlockKind.Paragraph, new(start, end), level));
            }

            start = end;
        }

        return new(Path.GetFileNameWithoutExtension(path), "", text, blocks) { Language = "en" };
    }

    private static IEnumerable<Question> Questions(string csv) =>
        from fields in Rows(File.ReadAllText(csv)).Skip(1)
        let references = JsonDocument.Parse(fields[1]).RootElement.EnumerateArray()
        select new Question(fields[0], fields[2], [.. references.Select(r => new TextSpan(r.GetProperty("start_index").GetInt32(), r.GetProperty("end_index").GetInt32()))]);

    private static IEnumerable<string[]> Rows(string csv)
    {
        var (fields, field, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        foreach (var c in csv.ReplaceLineEndings("\n"))
        {
            if (c == '"')
            {
                // A doubled quote closes and opens again: the one in between is kept.
                quoted = !quoted;
                field.Append(quoted && field.Length > 0 ? "\"" : "");
            }
            else if (!quoted && c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return [.. fields];
                    fields.Clear();
                }
            }
            else
            {
                field.Append(c);
            }
        }
    }
}
