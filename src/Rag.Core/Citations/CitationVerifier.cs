namespace Rag.Citations;

/// <summary>Checks an answer against the passages that it was written from: each mark that leaves is backed by a quote. Safe for concurrent use.</summary>
/// <remarks>
/// Works on any text, also wrong or hostile text. A mark is kept when its passage supports the sentence. A sentence that no marked passage supports
/// gets the mark of the passage that does, if any does; else it is unsupported and loses its marks. An answer without a supported sentence is an abstention.
/// A sentence that was written before, word for word, is left out.
/// Bracketed numbers that the quote itself holds, such as <c>items[0]</c>, stay as they are.
/// </remarks>
/// <param name="options">How strictly. Default <c>new()</c>.</param>
/// <param name="judge">Is asked about each sentence after its words were compared: it may take support away, and give it where the words merely lack. Default <see langword="null"/>: words alone.</param>
public sealed class CitationVerifier(CitationVerifierOptions? options = null, ISupportJudge? judge = null)
{
    private readonly CitationVerifierOptions _options = options ?? new();

    /// <summary>The checked answer, or an abstention.</summary>
    /// <param name="question">The question, for <see cref="Answer.Question"/>.</param>
    /// <param name="text">The answer as it was written, with marks.</param>
    /// <param name="passages">The passages that the numbers in the marks stand for.</param>
    /// <param name="cancellationToken">Stops the checking.</param>
    /// <exception cref="SupportJudgeException">The judge gave other than one number from 0 to 1 for each claim.</exception>
    public async Task<Answer> VerifyAsync(string question, string text, IReadOnlyList<Passage> passages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(passages);
        return Conclude(question, await Check(passages).CheckAsync(text, cancellationToken), passages);
    }

    /// <summary>Whether an answer that is found wanting is to be written again.</summary>
    internal bool Repairs => _options.Unsupported == UnsupportedSentences.Repair;

    /// <summary>What checks an answer from these passages.</summary>
    internal AnswerCheck Check(IReadOnlyList<Passage> passages) => new(_options, judge, passages);

    /// <summary>The answer that a checked text makes, or an abstention.</summary>
    internal Answer Conclude(string question, CheckedText text, IReadOnlyList<Passage> passages) => Refusal(text) is { } reason
        ? Answer.Unanswered(question, reason) with { Passages = passages }
        : new(question, text.Text) { Sentences = text.Sentences, Citations = text.Citations, Conflicts = text.Conflicts, Passages = passages };

    private string? Refusal(CheckedText text) => text.Written switch
    {
        0 => "The generator wrote nothing.",
        _ when text.Citations.Count == 0 => "No passage supports what the generator wrote.",
        _ when _options.Unsupported == UnsupportedSentences.Abstain && text.Findings.Count > 0 => $"No passage supports {text.Findings.Count} of the {text.Written} sentences that the generator wrote.",
        _ => null,
    };
}
