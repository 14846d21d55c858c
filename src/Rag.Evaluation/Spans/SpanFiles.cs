using System.Text;
using System.Text.Json;

namespace Rag.Evaluation.Spans;

/// <summary>Reads an evaluation in the layout that Chroma published: a folder of texts, and a CSV file of questions with the exact excerpts that answer them.</summary>
public static class SpanFiles
{
    private static readonly string[] Header = ["question", "references", "corpus_id"];

    /// <summary>The texts of a folder, ordered by id (ordinal); a text's id is its file's name without the ending.</summary>
    /// <remarks>A text stays as it is, so that excerpts keep their places. Every line is a paragraph; one such as <c>= = Name = =</c> is a heading, as WikiText writes them.</remarks>
    /// <param name="folder">The folder; only files that end in <c>.md</c> or <c>.txt</c> count.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">There is no such folder, it has no text, or two files have the same id.</exception>
    public static async Task<IReadOnlyList<Document>> ReadCorporaAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Where(p => Path.GetExtension(p) is ".md" or ".txt")] : throw new EvaluationFileException(folder, 0, "there is no such folder; it holds the texts that the questions are about");
        Dictionary<string, Document> documents = new(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var id = Path.GetFileNameWithoutExtension(path);
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            if (!documents.TryAdd(id, new(id, "", text, [.. Blocks(text)])))
            {
                throw new EvaluationFileException(path, 0, $"another file is called '{id}' too; a text's id is its name without the ending");
            }
        }

        return documents.Count > 0 ? [.. documents.Values.OrderBy(d => d.Id, StringComparer.Ordinal)] : throw new EvaluationFileException(folder, 0, "the folder holds no text; texts end in .md or .txt");
    }

    /// <summary>The questions of a file: the columns question, references and corpus_id, references being JSON, <c>[{content, start_index, end_index}]</c> with indices in code points as Python counts.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="corpora">The texts, each id once.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">The file has another form, names a text that is not there, or an excerpt does not stand where it says.</exception>
    public static async Task<IReadOnlyList<SpanQuestion>> ReadQuestionsAsync(string path, IReadOnlyList<Document> corpora, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(corpora);
        var texts = corpora.ToDictionary(d => d.Id, d => d.Text, StringComparer.Ordinal);
        var rows = CsvRows.Of(path, await File.ReadAllTextAsync(path, cancellationToken)).ToArray();
        if (rows is not [var head, _, ..] || !head.Fields.SequenceEqual(Header))
        {
            throw new EvaluationFileException(path, 1, $"the file has another form; expected the header {string.Join(",", Header)} and at least one question");
        }

        return [.. rows.Skip(1).Select(r => Question(path, r.Line, r.Fields, texts))];
    }

    private static SpanQuestion Question(string path, int line, IReadOnlyList<string> fields, Dictionary<string, string> texts)
    {
        if (fields is not [var question, var references, var id])
        {
            throw new EvaluationFileException(path, line, $"{fields.Count} fields where a question has three ({string.Join(", ", Header)})");
        }

        if (!texts.TryGetValue(id, out var text))
        {
            throw new EvaluationFileException(path, line, $"there is no text '{id}'. Texts: {string.Join(", ", texts.Keys.Order(StringComparer.Ordinal))}");
        }

        try
        {
            using var json = JsonDocument.Parse(references);
            TextSpan[] excerpts = [.. json.RootElement.EnumerateArray().Select(r => Excerpt(path, line, r, text))];
            return excerpts.Length > 0 ? new(question, id, excerpts) : throw new EvaluationFileException(path, line, "the question has no excerpt that answers it");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new EvaluationFileException(path, line, "the references are not JSON of the form [{\"content\", \"start_index\", \"end_index\"}]");
        }
    }

    private static TextSpan Excerpt(string path, int line, JsonElement reference, string text)
    {
        var content = reference.GetProperty("content").GetString() ?? "";
        var (start, end) = (Offset(text, reference.GetProperty("start_index").GetInt32()), Offset(text, reference.GetProperty("end_index").GetInt32()));
        return content.Length > 0 && start >= 0 && end >= start && text.AsSpan(start, end - start).SequenceEqual(content)
            ? new(start, end)
            : throw new EvaluationFileException(path, line, $"the excerpt '{Shortened(content)}' does not stand at {reference.GetProperty("start_index")} to {reference.GetProperty("end_index")} of its text");
    }

    // From code points to UTF-16 code units; -1 beyond the text.
    private static int Offset(string text, int codePoints)
    {
        var at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--)
        {
            at += Rune.TryGetRuneAt(text, at, out var rune) ? rune.Utf16SequenceLength : 1;
        }

        return codePoints == 0 ? at : -1;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..57]}...";

    private static IEnumerable<Block> Blocks(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var newline && newline < 0 ? text.Length : newline + 1;
            var line = text.AsSpan(start, end - start).Trim();
            if (!line.IsEmpty)
            {
                var level = line.StartsWith("= ") && line.EndsWith(" =") ? line[..Math.Max(0, line.IndexOfAnyExcept('=', ' '))].Count('=') : 0;
                yield return new(level > 0 ? BlockKind.Heading : BlockKind.Paragraph, new(start, end), Math.Min(level, 6));
            }

            start = end;
        }
    }
}
