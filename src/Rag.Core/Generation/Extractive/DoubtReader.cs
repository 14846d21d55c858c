using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>Reads what speaks for and against the best unit being an answer at all.</summary>
internal static partial class DoubtReader
{
    // How many units of a passage count as those around the answer.
    private const int MaxAround = 3;

    /// <param name="context">All units.</param>
    /// <param name="ranked">Those that may answer, best first; at least one.</param>
    public static Doubt Read(UnitContext context, IReadOnlyList<ScoredUnit> ranked)
    {
        var (question, best) = (context.Question, ranked[0]);
        var (terms, passage, text) = (context.TermsOf(best.Index), context.PassageOf(best.Index), best.Unit.Text);
        var before = context.Beside(best.Index, -1);
        HashSet<string> window = [.. terms.All, .. before, .. context.Beside(best.Index, 1), .. passage.Title];
        return new()
        {
            Lead = 1 / ranked.Sum(unit => Math.Exp(unit.Score - best.Score)),
            Coverage = (question.Coverage(terms.All) + question.Coverage(passage.All) + question.Coverage(window) + question.SubjectCoverage(terms.All) + question.SubjectCoverage(passage.All)) / 5,
            Around = context.Passage(best.Index).Select(i => question.Coverage(context.TermsOf(i).All)).OrderDescending().Take(MaxAround).Average(),
            NamesMissing = question.Names.Count == 0 ? 0 : (double)question.Names.Count(name => !terms.HasAkin(name) && !before.Contains(name) && !passage.Title.Contains(name)) / question.Names.Count,
            Opposite = SaysOpposite(question.Text, text) ? 1 : 0,
            DeniesAlone = Denial.In(question.Text) && !Denial.In(text) ? 1 : 0,
            FormMissing = question.Form is AnswerForm.Number or AnswerForm.Time or AnswerForm.Place or AnswerForm.Name && !AnswerForms.Holds(question.Form, text, question.Text) ? 1 : 0,
        };
    }

    private static bool SaysOpposite(string question, string text)
    {
        var (asked, said) = (WordsOf(question), WordsOf(text));
        return asked.Any(word => !said.Contains(word) && Antonyms.Of(word).Any(opposite => said.Contains(opposite) && !asked.Contains(opposite)));
    }

    private static HashSet<string> WordsOf(string text) => [.. Word().Matches(text).Select(m => m.Value.ToLowerInvariant())];

    [GeneratedRegex(@"[\p{L}\p{Nd}'’-]+")]
    private static partial Regex Word();
}
