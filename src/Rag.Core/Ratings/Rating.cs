using System.Globalization;

namespace Rag.Ratings;

/// <summary>What a person thought of an answer.</summary>
public enum Verdict
{
    /// <summary>It answers the question as it should.</summary>
    Good,

    /// <summary>It does not.</summary>
    Bad,
}

/// <summary>What a person said about one answer, with all that led to it. Every text in it is data: people, models and documents wrote it.</summary>
/// <param name="Id">Unique in its tenant.</param>
/// <param name="Verdict">What the person thought.</param>
/// <param name="Answer">
/// The answer as it was shown, with its passages. Of the chunks, stores keep id, document, text, place, title, path, context and language; tags, pages, lines and boxes are left out.
/// </param>
public sealed record Rating(string Id, Verdict Verdict, Answer Answer)
{
    /// <summary>The tenant whose documents were asked; nobody else sees the rating. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>When it was given.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who gave it, as the application names people. Default the empty string: not known.</summary>
    public string By { get; init; } = "";

    /// <summary>Why, in the person's words, or <see langword="null"/>.</summary>
    public string? Comment { get; init; }

    /// <summary>The answer that the person would have wanted, with or without marks; <see cref="Unanswerable"/> where the passages hold none; <see langword="null"/> where nothing was said.</summary>
    public string? Correction { get; init; }

    /// <summary>Another answer to the same question from the same passages, which the person liked better, or <see langword="null"/>.</summary>
    public string? Alternative { get; init; }

    /// <summary>What the person had asked before, oldest first. The answers to that are not kept: they rest on passages of their own, and the generator did not see them. Default none.</summary>
    public IReadOnlyList<string> EarlierQuestions { get; init; } = [];

    /// <summary>Documents that the earlier answers rested on: words of theirs may stand in <see cref="Answer.Searched"/>. Default none.</summary>
    public IReadOnlyList<string> EarlierDocuments { get; init; } = [];

    /// <summary>What wrote the answer. Default not known.</summary>
    public AnswerOrigin Origin { get; init; } = new();

    /// <summary>Whether the texts are gone, because a document that they may rest on was deleted. What is left: id, tenant, time, person, verdict, origin, ids and places of the passages, and figures.</summary>
    public bool Forgotten { get; init; }

    /// <summary>What a <see cref="Correction"/> is where the question should have been left unanswered.</summary>
    public const string Unanswerable = "";

    /// <summary>A rating with an id made of the time and chance.</summary>
    /// <param name="answer">The answer as it was shown.</param>
    /// <param name="verdict">What the person thought.</param>
    /// <param name="at">When.</param>
    public static Rating Of(Answer answer, Verdict verdict, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(Guid.CreateVersion7(at).ToString("n", CultureInfo.InvariantCulture), verdict, answer) { At = at };
    }

    /// <summary>Whether a passage of the document was among those that the answer, or an earlier one, was written from, so that any text of the rating may rest on it.</summary>
    /// <param name="documentId">The document.</param>
    public bool RestsOn(string documentId) => Documents.Contains(documentId, StringComparer.Ordinal);

    /// <summary>The documents that it rests on, each once.</summary>
    internal IEnumerable<string> Documents => Answer.Passages.Select(p => p.Chunk.DocumentId).Concat(EarlierDocuments).Distinct(StringComparer.Ordinal);

    /// <summary>The rating without any text: what a store keeps of it when a document that it rests on is deleted.</summary>
    public Rating Forget() => this with
    {
        Answer = new("", "")
        {
            Abstained = Answer.Abstained,
            Confidence = Answer.Confidence,
            Usage = Answer.Usage,
            Timings = Answer.Timings,
            Passages = [.. Answer.Passages.Select(p => p with { Chunk = new(p.Chunk.Id, p.Chunk.DocumentId, "", p.Chunk.Span) })],
        },
        Comment = null,
        Correction = null,
        Alternative = null,
        EarlierQuestions = [],
        Forgotten = true,
    };
}

/// <summary>What wrote an answer.</summary>
public sealed record AnswerOrigin
{
    /// <summary>The model or generator, as the application names it; <see langword="null"/> where not known.</summary>
    public string? Generator { get; init; }

    /// <summary>The version of the prompt, such as <see cref="Generation.ChatAnswerGenerator.PromptVersion"/>; <see langword="null"/> for a generator without a prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>The temperature that was asked for, or <see langword="null"/> for the generator's own.</summary>
    public float? Temperature { get; init; }

    /// <summary>The seed that was asked for, or <see langword="null"/> for none.</summary>
    public long? Seed { get; init; }
}
