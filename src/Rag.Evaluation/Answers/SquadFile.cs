using System.Text.Json;

namespace Rag.Evaluation.Answers;

/// <summary>Reads questions about paragraphs in SQuAD's layout (Rajpurkar et al., "Know What You Don't Know", ACL 2018): <c>data[].{title, paragraphs[].{context, qas[].{id, question, answers[].text}}}</c>.</summary>
public static class SquadFile
{
    /// <summary>The articles of a file, in its order.</summary>
    /// <param name="path">The file, JSON in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">There is no such file, or it has another form.</exception>
    public static async Task<IReadOnlyList<SquadArticle>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new EvaluationFileException(path, 0, "there is no such file; it holds questions in SQuAD's layout");
        }

        await using var file = File.OpenRead(path);
        try
        {
            using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            return [.. json.RootElement.GetProperty("data").EnumerateArray().Select(Article)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new EvaluationFileException(path, 0, "the file has another form; expected SQuAD's JSON, data[].{title, paragraphs[].{context, qas[].{id, question, answers[].text}}}");
        }
    }

    private static SquadArticle Article(JsonElement article) =>
        new((article.TryGetProperty("title", out var title) ? Text(title) : "").Replace('_', ' '), [.. article.GetProperty("paragraphs").EnumerateArray().Select(Paragraph)]);

    private static SquadParagraph Paragraph(JsonElement paragraph) =>
        new(Text(paragraph.GetProperty("context")), [.. paragraph.GetProperty("qas").EnumerateArray().Select(Question)]);

    private static SquadQuestion Question(JsonElement question) => new(
        Text(question.GetProperty("id")),
        Text(question.GetProperty("question")),
        [.. question.GetProperty("answers").EnumerateArray().Select(a => Text(a.GetProperty("text")))]);

    private static string Text(JsonElement value) => value.GetString() ?? throw new InvalidOperationException();
}

/// <summary>An article.</summary>
/// <param name="Title">Its title, blanks instead of underscores; may be empty.</param>
/// <param name="Paragraphs">Its paragraphs in order.</param>
public sealed record SquadArticle(string Title, IReadOnlyList<SquadParagraph> Paragraphs);

/// <summary>A paragraph with the questions that were asked about it.</summary>
/// <param name="Text">The paragraph.</param>
/// <param name="Questions">The questions.</param>
public sealed record SquadParagraph(string Text, IReadOnlyList<SquadQuestion> Questions);

/// <summary>A question.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Answers">The right answers, cut out of the paragraph; none where the paragraph does not answer it.</param>
public sealed record SquadQuestion(string Id, string Text, IReadOnlyList<string> Answers);
