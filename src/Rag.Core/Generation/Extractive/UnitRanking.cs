using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>The units of passages by how well they answer a question, and how probable it is that one does.</summary>
/// <param name="Context">Question and units.</param>
/// <param name="Ranked">Those that may answer, best first; none where no unit holds a word of the question.</param>
internal sealed record UnitRanking(UnitContext Context, IReadOnlyList<ScoredUnit> Ranked)
{
    public Question Question => Context.Question;

    /// <summary>How probable it is that the best unit answers; 0 where there is none.</summary>
    public double Confidence => Ranked.Count == 0 ? 0 : AnswerModel.Confidence(DoubtReader.Read(Context, Ranked));

    public static UnitRanking Of(string question, IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        var analyzer = Analyzers.For(passages.Select(p => p.Chunk.Language).FirstOrDefault(language => language is not null) ?? Analyzers.AssumedLanguage);
        var asked = Question.Parse(question, analyzer);
        var units = new List<AnswerUnit>();
        foreach (var passage in passages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            units.AddRange(UnitReader.Read(passage));
        }

        var context = new UnitContext(asked, units, analyzer);
        return new(context, asked.Words.Count == 0 ? [] : new UnitScorer(context, analyzer).Rank());
    }

    /// <summary>How probable it is that a quote answers: the unit in it that answers best, in place of the best of all; <see langword="null"/> where the words of question and passages do not tell.</summary>
    public double? ConfidenceOf(Citation quote)
    {
        var place = quote.Source.Shift(-quote.Chunk.Span.Start);
        return Ranked.FirstOrDefault(unit => unit.Unit.Passage.Number == quote.Number && unit.Unit.Span.Start < place.End && place.Start < unit.Unit.Span.End) is { } quoted
            ? AnswerModel.Confidence(DoubtReader.Read(Context, [quoted, .. Ranked.Where(unit => unit != quoted)]))
            : null;
    }
}
