namespace Rag.Generation.Extractive;

/// <summary>Chooses the units that make the answer.</summary>
internal static class AnswerSelector
{
    // How much less a further sentence may score, that is, the logarithm of how much less probable it may be: where a date, number, place, name or verdict is asked
    // for, one sentence mostly says all; else nearly every sentence beside the best that has to do with the question helps. Another passage must be nearly as good.
    private const double MaxBehindFact = 3;
    private const double MaxBehind = 9;
    private const double MaxBehindElsewhere = 1;
    private const double MaxOverlap = 0.5;

    private const int MaxAttached = 600;

    /// <summary>The best unit, then others that are not too far behind and say something else.</summary>
    public static IReadOnlyList<ScoredUnit> Choose(Question question, IReadOnlyList<ScoredUnit> ranked, int max)
    {
        var chosen = new List<ScoredUnit> { ranked[0] };
        var behind = question.Form is AnswerForm.Number or AnswerForm.Time or AnswerForm.Place or AnswerForm.Name or AnswerForm.YesOrNo ? MaxBehindFact : MaxBehind;
        foreach (var unit in ranked.Skip(1).TakeWhile(u => u.Score >= ranked[0].Score - behind))
        {
            var near = unit.Unit.Passage.Number == ranked[0].Unit.Passage.Number || unit.Score >= ranked[0].Score - MaxBehindElsewhere;
            if (near && chosen.Count < max && chosen.All(c => Overlap(c.Unit.Text, unit.Unit.Text) <= MaxOverlap))
            {
                chosen.Add(unit);
            }
        }

        return chosen;
    }

    /// <summary>The unit with what belongs to it: the code or list that it announces, or, where the question is how to do something, the code behind it.</summary>
    public static TextSpan Extent(Question question, int index, IReadOnlyList<AnswerUnit> units)
    {
        var unit = units[index];
        var end = unit.Span.End;
        foreach (var next in Following(index, units).TakeWhile(next => next.Span.End - unit.Span.Start <= MaxAttached))
        {
            var attached = end > unit.Span.End;
            if (next.Kind is UnitKind.Code && !attached && (unit.Announces || question.Form == AnswerForm.Method))
            {
                return new(unit.Span.Start, next.Span.End);
            }

            if (unit.Announces && unit.Kind == UnitKind.Sentence && next.Kind is UnitKind.Item or UnitKind.Row)
            {
                end = next.Span.End;
            }
            else if (attached || !unit.Announces || next.Kind != UnitKind.Fragment)
            {
                // A fragment between an announcement and its code is the title of the code, such as ".NET CLI"; anything else ends what belongs together.
                break;
            }
        }

        return new(unit.Span.Start, end);
    }

    private static IEnumerable<AnswerUnit> Following(int index, IReadOnlyList<AnswerUnit> units) =>
        units.Skip(index + 1).TakeWhile(next => next.Passage.Number == units[index].Passage.Number);

    private static double Overlap(string one, string other)
    {
        var (a, b) = (Set(one), Set(other));
        return (double)a.Intersect(b).Count() / Math.Max(1, Math.Min(a.Count, b.Count));
    }

    private static HashSet<string> Set(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
