using Rag.Citations;

namespace Rag.Conversations;

/// <summary>Sums up without a model: a line for each turn, what was asked and the first sentence that was answered with a source. Deterministic, safe for concurrent use.</summary>
/// <remarks>Where the lines are too long together, the oldest lose their answers first, then the oldest are left out.</remarks>
/// <param name="tokens">Counts tokens. Default: <see cref="ApproximateTokenCounter"/>.</param>
public sealed class ExtractiveSummarizer(ITokenCounter? tokens = null) : IConversationSummarizer
{
    // About two lines of a screen each: enough for a question or a fact, too little for a list or a table.
    private const int MaxLength = 160;

    private const string Arrow = " → ";

    private readonly ITokenCounter _tokens = tokens ?? new ApproximateTokenCounter();

    /// <inheritdoc/>
    public Task<string> SummarizeAsync(string? summary, IReadOnlyList<Turn> turns, int maxTokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 1);
        cancellationToken.ThrowIfCancellationRequested();
        List<string> lines = [.. (summary ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries), .. turns.Select(Line)];
        for (var i = 0; i < lines.Count && IsTooLong(lines, maxTokens); i++)
        {
            lines[i] = lines[i].Split(Arrow)[0];
        }

        while (lines.Count > 1 && IsTooLong(lines, maxTokens))
        {
            lines.RemoveAt(0);
        }

        return Task.FromResult(string.Join('\n', lines));
    }

    private bool IsTooLong(IEnumerable<string> lines, int maxTokens) => _tokens.Count(string.Join('\n', lines)) > maxTokens;

    private static string Line(Turn turn)
    {
        var said = turn.Answer.Sentences.FirstOrDefault(s => s.Supported);
        var question = Shortened(turn.Answer.Question);
        return said is null ? question : question + Arrow + Shortened(CitationMark.Remove(said.Span.Of(turn.Answer.Text)));
    }

    private static string Shortened(string text) => Prompt.Shorten(Prompt.OnOneLine(text), MaxLength);
}
