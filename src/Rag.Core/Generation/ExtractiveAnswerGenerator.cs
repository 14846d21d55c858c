using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Rag.Analysis;
using Rag.Citations;
using Rag.Generation.Extractive;

namespace Rag.Generation;

/// <summary>Answers without a model: quotes the one to three sentences of the passages that answer best, each with its mark, or abstains with a reason.</summary>
/// <remarks>
/// Sentences are verbatim but for white space and bracketed reference numbers. A sentence that announces a list or code brings it along. Deterministic,
/// safe for concurrent use. What kind of answer a question expects (a date, a number, a name) is recognised in English only; the rest works in any language.
/// </remarks>
public sealed class ExtractiveAnswerGenerator(ExtractiveAnswerOptions? options = null) : IAnswerGenerator
{
    private readonly ExtractiveAnswerOptions _options = options ?? new();

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnswerUpdate> GenerateAsync(string question, IReadOnlyList<Passage> passages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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
        var analyzer = Analyzers.For(passages.Select(p => p.Chunk.Language).FirstOrDefault(language => language is not null));
        var asked = Question.Parse(question, analyzer);
        var units = new List<AnswerUnit>();
        foreach (var passage in passages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            units.AddRange(UnitReader.Read(passage));
        }

        var ranked = asked.Words.Count == 0 ? [] : new UnitScorer(asked, units, analyzer).Rank();
        return Refusal(asked, passages, ranked) is { } reason
            ? [new AnswerUpdate.Abstention(reason)]
            : AnswerSelector.Choose(asked, ranked, _options.MaxSentences).Select((unit, i) => Words(i, unit.Unit, AnswerSelector.Extent(asked, unit, units)));
    }

    private string? Refusal(Question question, IReadOnlyList<Passage> passages, IReadOnlyList<ScoredUnit> ranked) => (passages.Count, question.Words.Count, ranked.Count) switch
    {
        (0, _, _) => "There is no passage to answer from.",
        (_, 0, _) => "The question holds no word to look for.",
        (_, _, 0) => "No sentence of the passages holds a word of the question.",
        _ when ranked[0].Coverage < _options.MinCoverage => string.Create(CultureInfo.InvariantCulture, $"The passages hold too few of the question's words: {ranked[0].Coverage:0.00} of them, where {_options.MinCoverage:0.00} are needed."),
        _ => null,
    };

    private static AnswerUpdate.Words Words(int index, AnswerUnit unit, TextSpan extent)
    {
        var whole = extent.Of(unit.Passage.Chunk.Text);
        var several = extent.Length > unit.Span.Length;
        var text = several ? whole : Plain(whole);
        var gap = index == 0 ? "" : several ? "\n\n" : " ";
        return new(string.Create(CultureInfo.InvariantCulture, $"{gap}{text} [{unit.Passage.Number}]"));
    }

    /// <summary>A sentence on one line, without the numbers of references that its source uses, which would read as marks.</summary>
    private static string Plain(string sentence)
    {
        var plain = new StringBuilder();
        var from = 0;
        foreach (var mark in CitationMark.Parse(sentence))
        {
            plain.Append(sentence.AsSpan(from, mark.Span.Start - from).TrimEnd());
            from = mark.Span.End;
        }

        plain.Append(sentence, from, sentence.Length - from);
        return string.Join(' ', plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
