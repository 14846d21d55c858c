using System.Text.Json;
using static Rag.Evaluation.Answers.QuestionLines;

namespace Rag.Evaluation.Answers;

/// <summary>Reads RGB (Chen et al., "Benchmarking Large Language Models in Retrieval-Augmented Generation", AAAI 2024): JSON Lines, <c>{id, query, answer, positive[], negative[]}</c>, in which positive is in groups where information of several documents is needed, and <c>fakeanswer</c> and <c>positive_wrong</c> stand beside where documents have been falsified.</summary>
public static class RgbFile
{
    /// <summary>The questions of a file, in its order.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EvaluationFileException">There is no such file, or a line has another form.</exception>
    public static Task<IReadOnlyList<RgbQuestion>> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        QuestionLines.ReadAsync(path, "RGB", "{id, query, answer, positive[], negative[]}", root => Parse(Path.GetFileNameWithoutExtension(path), root), cancellationToken);

    private static RgbQuestion Parse(string file, JsonElement root)
    {
        JsonElement[] positive = [.. root.GetProperty("positive").EnumerateArray()];
        return new($"{file}/{root.GetProperty("id")}", TextOf(root.GetProperty("query")), Answers(root.GetProperty("answer")), TextsOf(root.GetProperty("negative")))
        {
            Positive = positive is [{ ValueKind: JsonValueKind.Array }, ..] ? [.. positive.Select(TextsOf)] : [[.. positive.Select(TextOf)]],
            IsIntegration = positive is [{ ValueKind: JsonValueKind.Array }, ..],
            Falsified = root.TryGetProperty("positive_wrong", out var wrong) ? TextsOf(wrong) : [],
            FalseAnswer = root.TryGetProperty("fakeanswer", out var fake) ? Answers(fake) : [],
        };
    }

    // What an answer must hold: each part, in one of its wordings.
    private static IReadOnlyList<IReadOnlyList<string>> Answers(JsonElement answer) => answer.ValueKind == JsonValueKind.Array
        ? [.. answer.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Array ? TextsOf(part) : [TextOf(part)])]
        : [[TextOf(answer)]];
}

/// <summary>A question with documents that answer it and such that do not.</summary>
/// <param name="Id">Its file's name and its id there.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Answer">Parts of the right answer, of each the wordings that count.</param>
/// <param name="Negative">Documents that are about it and do not answer it, best first.</param>
public sealed record RgbQuestion(string Id, string Text, IReadOnlyList<IReadOnlyList<string>> Answer, IReadOnlyList<string> Negative)
{
    /// <summary>Documents that answer it, best first, in groups: one, or where information must be brought together, one for each part.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Positive { get; init; }

    /// <summary>Whether information of several documents must be brought together.</summary>
    public bool IsIntegration { get; init; }

    /// <summary>The positive documents with a false answer in place of the right one; none where there are no such.</summary>
    public IReadOnlyList<string> Falsified { get; init; } = [];

    /// <summary>The false answer, as <see cref="Answer"/>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> FalseAnswer { get; init; } = [];

    /// <summary>Whether a text holds every part of an answer in one of its wordings, case aside, as the paper's code decides.</summary>
    public static bool Holds(string text, IReadOnlyList<IReadOnlyList<string>> answer)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Count > 0 && answer.All(part => part.Any(wording => text.Contains(wording, StringComparison.OrdinalIgnoreCase)));
    }
}
