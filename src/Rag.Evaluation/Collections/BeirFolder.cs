using System.Runtime.CompilerServices;
using System.Text.Json;
using Rag.Evaluation.Trec;

namespace Rag.Evaluation.Collections;

/// <summary>A collection in BEIR's layout (Thakur et al., "BEIR", NeurIPS 2021), read line by line: <c>corpus.jsonl</c>, <c>queries.jsonl</c>, <c>qrels/SPLIT.tsv</c>.</summary>
/// <param name="path">The folder.</param>
public sealed class BeirFolder(string path)
{
    /// <summary>Name of the collection: that of its folder.</summary>
    public string Name { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    private string Corpus => Path.Combine(path, "corpus.jsonl");

    private string QueriesFile => Path.Combine(path, "queries.jsonl");

    /// <summary>The documents in the order of the file.</summary>
    /// <exception cref="EvaluationFileException">The file is missing, a line is no JSON object with a string <c>_id</c>, or an id comes twice.</exception>
    public IAsyncEnumerable<CollectionDocument> ReadDocumentsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(Corpus, (id, entry) => new CollectionDocument(id, Text(entry, "title"), Text(entry, "text")), cancellationToken);

    /// <summary>The queries of all splits in the order of the file.</summary>
    /// <exception cref="EvaluationFileException">The file is missing, a line is no JSON object with a string <c>_id</c>, or an id comes twice.</exception>
    public IAsyncEnumerable<CollectionQuery> ReadQueriesAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(QueriesFile, (id, entry) => new CollectionQuery(id, Text(entry, "text")), cancellationToken);

    /// <summary>The judgements of a split.</summary>
    /// <exception cref="EvaluationFileException">There is no such split, or its file is not in form (<see cref="QrelsFile"/>).</exception>
    public Task<Judgements> ReadJudgementsAsync(string split, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(split);
        var file = SplitFile(split);
        if (!File.Exists(file))
        {
            var parent = Path.GetDirectoryName(file)!;
            IEnumerable<string?> splits = Directory.Exists(parent) ? Directory.EnumerateFiles(parent, "*.tsv").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal) : [];
            throw new EvaluationFileException(file, 0, $"there is no split '{split}'. Splits: {string.Join(", ", splits.DefaultIfEmpty("none"))}");
        }

        return QrelsFile.ReadAsync(file, cancellationToken);
    }

    /// <summary>Writes a collection in this layout; files that are there are replaced.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="judgements">The judgements.</param>
    /// <param name="split">Name of the split. Default <c>test</c>.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task WriteAsync(IEnumerable<CollectionDocument> documents, IEnumerable<CollectionQuery> queries, Judgements judgements, string split = "test", CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SplitFile(split))!);
        await File.WriteAllLinesAsync(Corpus, documents.Select(d => Line(("_id", d.Id), ("title", d.Title), ("text", d.Text))), cancellationToken);
        await File.WriteAllLinesAsync(QueriesFile, queries.Select(q => Line(("_id", q.Id), ("text", q.Text))), cancellationToken);
        await QrelsFile.WriteBeirAsync(SplitFile(split), judgements, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ReadAsync<T>(string path, Func<string, JsonElement, T> create, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new EvaluationFileException(path, 0, "there is no such file; BEIR's layout has corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(path, number, line, seen, create);
            }
        }
    }

    private static T Parse<T>(string path, int number, string line, HashSet<string> seen, Func<string, JsonElement, T> create)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement is { ValueKind: JsonValueKind.Object } entry && entry.TryGetProperty("_id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } name
                ? seen.Add(name) ? create(name, entry) : throw new EvaluationFileException(path, number, $"the id '{name}' comes twice")
                : throw new EvaluationFileException(path, number, "this is no JSON object with a string \"_id\"");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new EvaluationFileException(path, number, "this is not JSON in BEIR's form, one object with strings on each line");
        }
    }

    // Absent and null are both the empty string; a string is required otherwise.
    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Line(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private string SplitFile(string split) => Path.Combine(path, "qrels", $"{split}.tsv");
}
