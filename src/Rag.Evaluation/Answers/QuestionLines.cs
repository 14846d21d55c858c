using System.Text.Json;

namespace Rag.Evaluation.Answers;

/// <summary>Reads files that hold a question in each line, in JSON.</summary>
internal static class QuestionLines
{
    /// <summary>The questions of a file, in its order; blank lines are passed over.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="layout">Whose layout it is in, such as <c>CLAPNQ</c>.</param>
    /// <param name="form">What a line looks like.</param>
    /// <param name="parse">The question of a line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">There is no such file, or a line has another form.</exception>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(string path, string layout, string form, Func<JsonElement, T> parse, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new EvaluationFileException(path, 0, $"there is no such file; it holds questions in {layout}'s layout");
        }

        List<T> questions = [];
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(line);
                questions.Add(parse(json.RootElement));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new EvaluationFileException(path, number, $"the line has another form; expected {layout}'s {form}");
            }
        }

        return questions;
    }

    public static IReadOnlyList<string> TextsOf(JsonElement values) => [.. values.EnumerateArray().Select(TextOf)];

    /// <exception cref="InvalidOperationException">It is no text.</exception>
    public static string TextOf(JsonElement value) => value.GetString() ?? throw new InvalidOperationException();
}
