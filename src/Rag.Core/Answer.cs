namespace Rag;

/// <summary>A passage given to a generator, under the number by which its answer cites it.</summary>
/// <param name="Number">From 1; in a conversation the same for the same passage in every answer.</param>
/// <param name="Chunk">The passage.</param>
/// <param name="Score">What the retriever gave it; higher is better.</param>
public sealed record Passage(int Number, Chunk Chunk, double Score);

/// <summary>One sentence of an answer and what became of it in verification.</summary>
/// <param name="Span">Where it stands in <see cref="Answer.Text"/>, its marks included.</param>
/// <param name="Supported">Whether a cited passage says it.</param>
/// <param name="Support">The best support found, 0 to 1.</param>
/// <param name="Citations">Numbers of the passages that support it, ascending.</param>
public sealed record AnswerSentence(TextSpan Span, bool Supported, double Support, IReadOnlyList<int> Citations)
{
    /// <summary>Why no passage supports it, in one sentence, such as a number that the source does not give; <see langword="null"/> where one does.</summary>
    public string? Problem { get; init; }
}

/// <summary>A passage that says something else than a supported sentence says of the same thing: another number, the opposite, or a denial.</summary>
/// <param name="Sentence">Where the sentence stands in <see cref="Answer.Text"/>.</param>
/// <param name="Number">The <see cref="Passage.Number"/> of the passage.</param>
/// <param name="Chunk">The passage.</param>
/// <param name="Source">Where the quote stands in <see cref="Document.Text"/>.</param>
/// <param name="Quote">The words there, verbatim.</param>
public sealed record SourceConflict(TextSpan Sentence, int Number, Chunk Chunk, TextSpan Source, string Quote);

/// <summary>Tokens that a generator used; 0 for a generator without a model.</summary>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="CompletionTokens">Tokens written.</param>
public sealed record TokenUsage(int PromptTokens = 0, int CompletionTokens = 0);

/// <summary>Where the time of a request went.</summary>
/// <param name="Retrieve">Finding passages.</param>
/// <param name="FirstToken">From the start of generation to the first words.</param>
/// <param name="Generate">All of generation.</param>
/// <param name="Verify">Checking citations.</param>
public sealed record AnswerTimings(TimeSpan Retrieve, TimeSpan FirstToken, TimeSpan Generate, TimeSpan Verify);

/// <summary>An answer in which every citation has been checked, or an explicit abstention.</summary>
/// <param name="Question">The question as asked.</param>
/// <param name="Text">The answer with marks such as <c>[1]</c>; when abstained, a sentence that says so.</param>
public sealed record Answer(string Question, string Text)
{
    /// <summary>The question as it was searched for and answered: with what a transformer took from the conversation. Default <see cref="Question"/>.</summary>
    public string Searched { get; init; } = Question;

    /// <summary>Sentences of <see cref="Text"/> in order; empty when abstained.</summary>
    public IReadOnlyList<AnswerSentence> Sentences { get; init; } = [];

    /// <summary>Citations in the order of their marks; empty when abstained.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];

    /// <summary>Where the passages disagree with each other about a supported sentence, in the order of the sentences and then of the passages; found by words, so some escape.</summary>
    public IReadOnlyList<SourceConflict> Conflicts { get; init; } = [];

    /// <summary>The passages that the generator was given, in that order; no number twice.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>Whether the question was left unanswered.</summary>
    public bool Abstained { get; init; }

    /// <summary>Why it was left unanswered, in one sentence; <see langword="null"/> for an answer.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// How probable it is that the first cited sentence answers the question, 0 to 1; also said of an answer that was kept back for it. Of extractive answers it is the generator's own
    /// estimate; of others the same estimate for the sentence that is quoted (its lead over the others, retrieval included, and how much of the question it and its passage hold)
    /// times how well the quote supports the answer. <see langword="null"/> where words do not tell: nothing is cited, or the question shares no word with the passages.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>Tokens used.</summary>
    public TokenUsage Usage { get; init; } = new();

    /// <summary>An explicit abstention.</summary>
    /// <param name="question">The question as asked.</param>
    /// <param name="reason">Why, in one sentence.</param>
    public static Answer Unanswered(string question, string reason) => new(question, "I could not answer this from the documents.") { Abstained = true, Reason = reason };

    /// <summary>Where the time went.</summary>
    public AnswerTimings Timings { get; init; } = new(default, default, default, default);
}
