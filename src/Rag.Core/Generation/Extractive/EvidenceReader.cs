using System.Text.RegularExpressions;

namespace Rag.Generation.Extractive;

/// <summary>Reads what speaks for a unit.</summary>
internal sealed partial class EvidenceReader(UnitContext context)
{
    // Distances, in words, at which closeness is halved.
    private const double HalfClose = 12;
    private const double HalfCloseToForm = 6;

    // Less is worth no less: the retriever's tail is long.
    private const double LeastRetrieved = 0.05;

    private readonly Question _question = context.Question;

    public Evidence Of(int unit)
    {
        var (terms, text) = (context.TermsOf(unit), context.Units[unit].Text);
        var held = _question.Words.Keys.Where(terms.All.Contains).ToHashSet(StringComparer.Ordinal);
        var akin = _question.Words.Keys.Where(terms.HasAkin).ToHashSet(StringComparer.Ordinal);
        var before = context.Beside(unit, -1);
        var leaned = context.Share(_question.Words.Keys.Where(term => !held.Contains(term) && before.Contains(term)));
        var passage = context.PassageOf(unit);
        var about = passage.Topic.Where(term => _question.Words.ContainsKey(term) && !held.Contains(term) && !before.Contains(term));
        return new Evidence
        {
            Weight = context.Share(akin),
            Count = _question.SubjectCoverage(akin),
            Exact = Share(_question.Subject, term => terms.HasForm(term, _question.Words[term].Form)),
            Previous = leaned,
            Refers = Referring().IsMatch(text) ? leaned : 0,
            Topic = context.Share(about),
            Phrase = context.Share(_question.Terms.Pairs.Where(terms.Pairs.Contains).SelectMany(pair => new[] { pair.First, pair.Second }).Distinct()),
            Order = context.Share(InOrder(terms)),
            Close = context.Share(terms.InOrder.Where(t => !held.Contains(t.Text)).Select(t => Closeness(terms, held, t.Position, HalfClose)).DefaultIfEmpty(0).Max()),
            CloseToForm = context.Share(AnswerForms.Places(_question.Form, text, _question.Text).Select(at => Closeness(terms, held, PositionAt(terms, at), HalfCloseToForm)).DefaultIfEmpty(0).Max()),
            BothDeny = Denial.In(_question.Text) && Denial.In(text) ? 1 : 0,
            Retrieved = context.BestScore > 0 ? Math.Log(Math.Max(LeastRetrieved, context.Units[unit].Passage.Score / context.BestScore)) : 0,
            FirstPassage = context.Units[unit].Passage.Number == 1 ? 1 : 0,
            PassagePhrases = Share([.. _question.Terms.Pairs], passage.Pairs.Contains),
            Early = 1.0 / (1 + unit - passage.First),
            Kind = context.Share(_question.Kind.Where(held.Contains)),
            NamesMissing = Share(_question.Names, name => !held.Contains(name) && !before.Contains(name) && !passage.Topic.Contains(name)),
            NamesHeld = _question.Names.Sum(context.Weight) is > 0 and var all ? _question.Names.Where(held.Contains).Sum(context.Weight) / all : 0,
            Number = Holds(AnswerForm.Number, text),
            Time = Holds(AnswerForm.Time, text),
            Place = Holds(AnswerForm.Place, text),
            Reason = Holds(AnswerForm.Reason, text),
            Counts = IsCounted(terms, text) ? 1 : 0,
            Measures = Measurements.Given(_question.Text, text) ? 1 : 0,
            Person = _question.Form == AnswerForm.Name && AsksPerson().IsMatch(_question.Text) && Person().Matches(text).Any(m => !_question.Text.Contains(m.Value, StringComparison.Ordinal)) ? 1 : 0,
        };
    }

    private double Holds(AnswerForm form, string text) => _question.Form == form && AnswerForms.Holds(form, text, _question.Text) ? 1 : 0;

    private bool IsCounted(UnitTerms terms, string text) => _question.Counted.Count > 0
        && terms.InOrder.Where(t => _question.Counted.Contains(t.Text)).Any(t => NumberBefore().IsMatch(text.AsSpan(Math.Max(0, t.Span.Start - 40), Math.Min(40, t.Span.Start))));

    private static double Share<T>(IReadOnlyList<T> items, Func<T, bool> holds) => items.Count == 0 ? 0 : (double)items.Count(holds) / items.Count;

    /// <summary>How closely the held terms stand around a position: the weight of each, halved at a distance.</summary>
    private double Closeness(UnitTerms terms, HashSet<string> held, int position, double half)
    {
        var nearest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in terms.InOrder.Where(t => held.Contains(t.Text)))
        {
            var distance = Math.Abs(term.Position - position);
            nearest[term.Text] = Math.Min(distance, nearest.GetValueOrDefault(term.Text, distance));
        }

        return nearest.Sum(n => context.Weight(n.Key) / (1 + (n.Value / half)));
    }

    private static int PositionAt(UnitTerms terms, int start) => terms.InOrder.FirstOrDefault(t => t.Span.Start >= start)?.Position ?? (terms.InOrder.Count > 0 ? terms.InOrder[^1].Position : 0);

    /// <summary>The heaviest sequence of terms that stand in both texts in the same order.</summary>
    private double InOrder(UnitTerms terms)
    {
        var best = new double[terms.InOrder.Count + 1];
        foreach (var asked in _question.Terms.InOrder.Where(t => terms.All.Contains(t.Text)))
        {
            var diagonal = 0.0;
            for (var j = 1; j < best.Length; j++)
            {
                var above = best[j];
                best[j] = asked.Text == terms.InOrder[j - 1].Text ? diagonal + context.Weight(asked.Text) : Math.Max(above, best[j - 1]);
                diagonal = above;
            }
        }

        return best[^1];
    }

    [GeneratedRegex(@"^(?:It|He|She|They|This|These|His|Her|Its|Their|Such)\b")]
    private static partial Regex Referring();

    [GeneratedRegex(@"\bwho(?:m|se)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksPerson();

    [GeneratedRegex(@"\p{Lu}[\p{L}'’.-]+ (?:(?:of|de|von|van|the|der) )?\p{Lu}[\p{L}'’-]+")]
    private static partial Regex Person();

    [GeneratedRegex(@"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|dozen|several|half))\s*(?:[\w-]+\s+){0,2}$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberBefore();
}
