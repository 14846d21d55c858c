using System.Text.Json;

namespace Rag.Evaluation.Answers;

/// <summary>Reads CLAPNQ (Rosenthal et al., "CLAPnq: Cohesive Long-form Answers from Passages in Natural Questions for RAG systems", 2024): JSON Lines, <c>{id, input, passages[].{title, sentences[]}, output[].{answer, selected_sentences[]}}</c>.</summary>
public static class ClapnqFile
{
    /// <summary>The questions of a file, in its order.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">There is no such file, or a line has another form.</exception>
    public static async Task<IReadOnlyList<ClapnqQuestion>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new EvaluationFileException(path, 0, "there is no such file; it holds questions in CLAPNQ's layout");
        }

        List<ClapnqQuestion> questions = [];
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                questions.Add(Parse(path, number, line));
            }
        }

        return questions;
    }

    private static ClapnqQuestion Parse(string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            JsonElement[] people = [.. root.GetProperty("output").EnumerateArray().Where(o => Text(o.GetProperty("answer")).Length > 0)];
            return new(
                Text(root.GetProperty("id")),
                Text(root.GetProperty("input")),
                [.. root.GetProperty("passages").EnumerateArray().Select(p => new ClapnqPassage(Text(p.GetProperty("title")), Texts(p.GetProperty("sentences"))))],
                [.. people.Select(o => Texts(o.GetProperty("selected_sentences")))])
            {
                Answers = [.. people.Select(o => Text(o.GetProperty("answer")))],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new EvaluationFileException(path, number, "the line has another form; expected CLAPNQ's {id, input, passages[].{title, sentences[]}, output[].{answer, selected_sentences[]}}");
        }
    }

    private static IReadOnlyList<string> Texts(JsonElement values) => [.. values.EnumerateArray().Select(Text)];

    private static string Text(JsonElement value) => value.GetString() ?? throw new InvalidOperationException();
}

/// <summary>A question with the passages it is to be answered from.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Passages">The passages.</param>
/// <param name="Selections">For each person who answered it, the sentences that the answer was written from, if they were marked; none where the passages do not answer it.</param>
public sealed record ClapnqQuestion(string Id, string Text, IReadOnlyList<ClapnqPassage> Passages, IReadOnlyList<IReadOnlyList<string>> Selections)
{
    /// <summary>What each of those people answered; none where the passages do not answer it.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];
}

/// <summary>A passage in sentences.</summary>
/// <param name="Title">Title of its article.</param>
/// <param name="Sentences">The sentences in order.</param>
public sealed record ClapnqPassage(string Title, IReadOnlyList<string> Sentences);
