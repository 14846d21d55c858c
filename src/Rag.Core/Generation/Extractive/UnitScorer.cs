using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>A unit with how well it answers the question.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Index">Its place among the units of all passages.</param>
/// <param name="Score">Higher is better; compares only within one question.</param>
internal sealed record ScoredUnit(AnswerUnit Unit, int Index, double Score);

/// <summary>Scores the units of all passages of one question: by the evidence that was fitted, and by what was set by hand for technical documentation, which the collections it was fitted on lack.</summary>
internal sealed partial class UnitScorer(UnitContext context, IAnalyzer analyzer)
{
    private const double Form = 0.8;      // a condition, method, definition or verdict, where one is asked for
    private const double Defines = 2.5;   // a definition that opens with what is asked about
    private const double Shown = 0.5;     // code behind a sentence, where the question is how to do something
    private const double NotProse = -1;   // items and rows lean on what stands around them
    private const double Unfinished = -2; // announces something that does not follow
    private const double Pointer = -3;    // sends the reader elsewhere

    private readonly Question _question = context.Question;
    private readonly IReadOnlyList<AnswerUnit> _units = context.Units;
    private readonly EvidenceReader _evidence = new(context);

    /// <summary>The units that may answer, best first; ties in reading order. None where no unit holds a word of the question.</summary>
    public IReadOnlyList<ScoredUnit> Rank() => Enumerable.Range(0, _units.Count).Any(i => _units[i].States && _question.Words.Keys.Any(context.TermsOf(i).All.Contains))
        ? [.. Enumerable.Range(0, _units.Count).Where(i => _units[i].States).Select(i => new ScoredUnit(_units[i], i, AnswerModel.Score(_evidence.Of(i)) + ByHand(i))).OrderByDescending(s => s.Score).ThenBy(s => s.Index)]
        : [];

    private double ByHand(int i)
    {
        var (unit, form) = (_units[i], _question.Form);
        var alone = AnswerSelector.Extent(_question, i, _units) == unit.Span;
        return (unit.Kind == UnitKind.Sentence ? 0 : NotProse)
            + (form is AnswerForm.Condition or AnswerForm.Method or AnswerForm.Definition or AnswerForm.YesOrNo && AnswerForms.Holds(form, unit.Text, _question.Text) ? Form : 0)
            + (form == AnswerForm.Definition && AnswerForms.Defines(unit.Text, _question.Text, analyzer) ? Defines : 0)
            + (form == AnswerForm.Method && context.IsSamePassage(i, i + 1) && _units[i + 1].Kind == UnitKind.Code ? Shown : 0)
            + (alone && Points().IsMatch(unit.Text) ? Pointer : 0)
            + (alone && unit.Announces ? Unfinished : 0);
    }

    [GeneratedRegex(@"^(?:\w+: )?(?:- )?(?:See|For .{1,120}, (?:please )?(?:see|refer to|visit|check)|To learn more|Refer to|Read) \b|\b(?:following|below) (?:example|code|table|section|diagram|figure|snippet|listing)s?\b|\b(?:described|discussed|explained|covered) (?:in|below|later)\b")]
    private static partial Regex Points();
}
