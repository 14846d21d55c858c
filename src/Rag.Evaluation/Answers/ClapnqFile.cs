using System.Text.Json;
using static Rag.Evaluation.Answers.QuestionLines;

namespace Rag.Evaluation.Answers;

/// <summary>Reads CLAPNQ (Rosenthal et al., "CLAPnq: Cohesive Long-form Answers from Passages in Natural Questions for RAG systems", 2024): JSON Lines, <c>{id, input, passages[].{title, sentences[]}, output[].{answer, selected_sentences[]}}</c>.</summary>
public static class ClapnqFile
{
    /// <summary>The questions of a file, in its order.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">There is no such file, or a line has another form.</exception>
    public static Task<IReadOnlyList<ClapnqQuestion>> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        QuestionLines.ReadAsync(path, "CLAPNQ", "{id, input, passages[].{title, sentences[]}, output[].{answer, selected_sentences[]}}", Parse, cancellationToken);

    private static ClapnqQuestion Parse(JsonElement root)
    {
        JsonElement[] people = [.. root.GetProperty("output").EnumerateArray().Where(o => TextOf(o.GetProperty("answer")).Length > 0)];
        return new(
            TextOf(root.GetProperty("id")),
            TextOf(root.GetProperty("input")),
            [.. root.GetProperty("passages").EnumerateArray().Select(p => new ClapnqPassage(TextOf(p.GetProperty("title")), TextsOf(p.GetProperty("sentences"))))],
            [.. people.Select(o => TextsOf(o.GetProperty("selected_sentences")))])
        {
            Answers = [.. people.Select(o => TextOf(o.GetProperty("answer")))],
        };
    }
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
