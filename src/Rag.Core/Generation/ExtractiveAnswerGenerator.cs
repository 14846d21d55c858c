using System.Globalization;
using System.Runtime.CompilerServices;
using Rag.Citations;
using Rag.Generation.Extractive;

namespace Rag.Generation;

/// <summary>Answers without a model: quotes the one to three sentences of the passages that answer best, each with its mark, or abstains with a reason.</summary>
/// <remarks>
/// Sentences are verbatim but for white space and bracketed reference numbers. A sentence that announces a list or code brings it along. Deterministic,
/// safe for concurrent use. What kind of answer a question expects (a date, a number, a name), opposites and measures are recognised in English, the
/// question words of dates, numbers, places and reasons also in Chinese, Japanese, German, French and Spanish; the rest works in any language.
/// </remarks>
public sealed class ExtractiveAnswerGenerator(ExtractiveAnswerOptions? options = null) : IAnswerGenerator
{
    private readonly ExtractiveAnswerOptions _options = options ?? new();

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, AskOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passages);
        await Task.CompletedTask;
        foreach (var update in Answer(question, passages, cancellationToken))
        {
            yield return update;
        }
    }

    private IEnumerable<AnswerUpdate> Answer(string question, IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        var ranking = UnitRanking.Of(question, passages, cancellationToken);
        var (asked, ranked, units) = (ranking.Question, ranking.Ranked, ranking.Context.Units);
        var confidence = ranking.Confidence;
        return Refusal(asked, passages, ranked, confidence) is { } reason
            ? [new AnswerUpdate.Assessed(confidence), new AnswerUpdate.Abstention(reason)]
            : Write([.. AnswerSelector.Choose(asked, ranked, _options.MaxSentences).Select(chosen => (chosen.Unit, AnswerSelector.Extent(asked, chosen.Index, units)))]).Prepend(new AnswerUpdate.Assessed(confidence));
    }

    private string? Refusal(Question question, IReadOnlyList<Passage> passages, IReadOnlyList<ScoredUnit> ranked, double confidence) => (passages.Count, question.Words.Count, ranked.Count) switch
    {
        (0, _, _) => "There is no passage to answer from.",
        (_, 0, _) => "The question holds no word to look for.",
        (_, _, 0) => "No sentence of the passages holds a word of the question.",
        _ when confidence < _options.MinConfidence => string.Create(CultureInfo.InvariantCulture, $"The best sentence answers the question with a probability of {confidence:0.00}, where {_options.MinConfidence:0.00} is needed."),
        _ => null,
    };

    private static IEnumerable<AnswerUpdate> Write(IReadOnlyList<(AnswerUnit Unit, TextSpan Extent)> chosen)
    {
        for (var i = 0; i < chosen.Count; i++)
        {
            var (unit, extent) = chosen[i];
            var whole = extent.Of(unit.Passage.Chunk.Text);
            var gap = i == 0 ? "" : IsBlock(chosen[i]) || IsBlock(chosen[i - 1]) ? "\n\n" : " ";
            yield return new AnswerUpdate.Words(string.Create(CultureInfo.InvariantCulture, $"{gap}{(extent == unit.Span ? Plain(unit) : whole)} [{unit.Passage.Number}]"));
        }
    }

    /// <summary>What stands in a paragraph of its own: it has several lines, or need not end as a sentence does.</summary>
    private static bool IsBlock((AnswerUnit Unit, TextSpan Extent) chosen) => chosen.Extent != chosen.Unit.Span || chosen.Unit.Kind != UnitKind.Sentence;

    /// <summary>A sentence on one line, without the bullet or number of a list item and without its source's reference numbers, which would read as marks.</summary>
    private static string Plain(AnswerUnit unit)
    {
        var sentence = unit.Kind == UnitKind.Item ? UnitReader.WithoutMarker(unit.Text) : unit.Text;
        return string.Join(' ', CitationMark.Remove(sentence).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
