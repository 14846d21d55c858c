using System.Text.RegularExpressions;
using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>A unit with how well it answers the question.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Index">Its place among the units of all passages.</param>
/// <param name="Score">Higher is better; compares only within one question.</param>
/// <param name="Coverage">Mean of the shares of the question's words that the unit and its passage hold, 0 to 1, names counted twice: how sure it is that this is an answer at all.</param>
/// <param name="Held">The question's terms in it.</param>
internal sealed record ScoredUnit(AnswerUnit Unit, int Index, double Score, double Coverage, IReadOnlySet<string> Held);

/// <summary>Scores the units of all passages of one question.</summary>
/// <remarks>
/// The score is a sum of the evidence below; each weight is the worth of that evidence in full. Weighted to Figure, without Refers, and Retrieved were
/// fitted as a listwise softmax (Cao et al., 2007) on SQuAD 2.0, cross-validated by article, and rounded; the others were set by hand for technical
/// documentation, which changed SQuAD and TrecQA by at most 0.005. A term weighs its idf among the units of all passages.
/// </remarks>
internal sealed partial class UnitScorer
{
    private const double Weighted = 4;    // share of the question's weight that the unit holds
    private const double Counted = 2.5;   // share of the question's terms
    private const double Exact = 2.5;     // share of the weight held in the very form of the question
    private const double Previous = 2.5;  // share of the weight that only the unit before holds: what "it" and "this" stand for
    private const double Refers = 2;      // the same once more for a sentence that opens with such a word
    private const double Topic = 0.75;    // share of the weight that only title, headings or the passage's first words hold
    private const double Form = 0.8;      // words of the kind asked for
    private const double Figure = 1.2;    // the same once more for numbers and dates, which are hard to mistake
    private const double Phrase = 1;      // share of the weight that stands in pairs of words as they stand in the question
    private const double Defines = 2.5;   // a definition that opens with what is asked about
    private const double Shown = 0.5;     // code behind a sentence, where the question is how to do something
    private const double Retrieved = 4;   // the retriever's score, as a share of its best
    private const double NotProse = -1;   // items and rows lean on what stands around them
    private const double Unfinished = -2; // announces something that does not follow
    private const double Pointer = -3;    // sends the reader elsewhere

    private readonly Question _question;
    private readonly IAnalyzer _analyzer;
    private readonly IReadOnlyList<AnswerUnit> _units;
    private readonly List<UnitTerms> _terms;
    private readonly Dictionary<string, double> _weights;
    private readonly double _known;
    private readonly double _bestPassage;
    private readonly Dictionary<int, HashSet<string>> _topics;
    private readonly Dictionary<int, HashSet<string>> _passageTerms;

    public UnitScorer(Question question, IReadOnlyList<AnswerUnit> units, IAnalyzer analyzer)
    {
        (_question, _units, _analyzer) = (question, units, analyzer);
        _terms = [.. units.Select(unit => new UnitTerms(unit.Text, analyzer))];
        _weights = question.Words.Keys.ToDictionary(term => term, term => Idf(_terms.Count(t => t.All.Contains(term)), units.Count));
        var passages = Enumerable.Range(0, units.Count).GroupBy(i => units[i].Passage.Number).ToList();
        _topics = passages.ToDictionary(p => p.Key, p => TopicOf(analyzer, units[p.First()].Passage.Chunk, _terms[p.First()]));
        _passageTerms = passages.ToDictionary(p => p.Key, p => p.SelectMany(i => _terms[i].All).Concat(_topics[p.Key]).ToHashSet(StringComparer.Ordinal));
        _known = _weights.Where(w => _passageTerms.Values.Any(terms => terms.Contains(w.Key))).Sum(w => w.Value);
        _bestPassage = units.Select(u => u.Passage.Score).DefaultIfEmpty(0).Max();
    }

    /// <summary>The units that may answer, best first; ties in reading order.</summary>
    public IReadOnlyList<ScoredUnit> Rank() =>
        [.. Enumerable.Range(0, _units.Count).Where(i => _units[i].States).Select(Score).Where(s => s.Held.Count > 0).OrderByDescending(s => s.Score).ThenBy(s => s.Index)];

    private ScoredUnit Score(int i)
    {
        var held = _weights.Keys.Where(_terms[i].All.Contains).ToHashSet(StringComparer.Ordinal);
        var passage = _units[i].Passage;
        var score = WordsOf(i, held) + AroundOf(i, held) + FormOf(i) + (_bestPassage > 0 ? Retrieved * passage.Score / _bestPassage : 0);
        return new(_units[i], i, score, Coverage(passage, held), held);
    }

    private double WordsOf(int i, HashSet<string> held)
    {
        var exact = held.Where(term => _terms[i].HasForm(term, _question.Words[term].Form));
        var phrases = _question.Terms.Pairs.Where(_terms[i].Pairs.Contains).SelectMany(pair => new[] { pair.First, pair.Second }).Distinct();
        return (Weighted * Share(held)) + (Counted * held.Count / _weights.Count) + (Exact * Share(exact)) + (Phrase * Share(phrases));
    }

    private double AroundOf(int i, HashSet<string> held)
    {
        var before = IsSamePassage(i, i - 1) ? _terms[i - 1].All : [];
        var leaned = _weights.Keys.Where(term => !held.Contains(term) && before.Contains(term)).ToList();
        var topic = _topics[_units[i].Passage.Number].Where(term => _weights.ContainsKey(term) && !held.Contains(term) && !leaned.Contains(term));
        return ((Referring().IsMatch(_units[i].Text) ? Previous + Refers : Previous) * Share(leaned)) + (Topic * Share(topic));
    }

    private double FormOf(int i)
    {
        var (unit, form) = (_units[i], _question.Form);
        var holds = AnswerForms.Holds(form, unit.Text, _question.Text);
        var alone = AnswerSelector.Extent(_question, i, _units) == unit.Span;
        var code = IsSamePassage(i, i + 1) && _units[i + 1].Kind == UnitKind.Code;
        return (unit.Kind == UnitKind.Sentence ? 0 : NotProse)
            + (holds ? Form : 0)
            + (holds && form is AnswerForm.Number or AnswerForm.Time ? Figure : 0)
            + (form == AnswerForm.Definition && AnswerForms.Defines(unit.Text, _question.Text, _analyzer) ? Defines : 0)
            + (form == AnswerForm.Method && code ? Shown : 0)
            + (alone && Points().IsMatch(unit.Text) ? Pointer : 0)
            + (alone && unit.Announces ? Unfinished : 0);
    }

    private bool IsSamePassage(int i, int other) => other >= 0 && other < _units.Count && _units[other].Passage.Number == _units[i].Passage.Number;

    /// <summary>Rarity is left out here: it tells the sentences of the passages apart, not the questions that they answer from others.</summary>
    private double Coverage(Passage passage, HashSet<string> held) => (Count(held) + Count(_passageTerms[passage.Number])) / (2 * Count(_weights.Keys));

    private double Count(ICollection<string> terms) => _question.Words.Where(word => terms.Contains(word.Key)).Sum(word => word.Value.IsName ? 2.0 : 1.0);

    private double Share(IEnumerable<string> terms) => _known == 0 ? 0 : terms.Sum(term => _weights[term]) / _known;

    /// <summary>Robertson and Sparck Jones (1976), kept positive as Lucene does.</summary>
    private static double Idf(int holding, int units) => Math.Log(1 + ((units - holding + 0.5) / (holding + 0.5)));

    private static HashSet<string> TopicOf(IAnalyzer analyzer, Chunk chunk, UnitTerms opening) =>
        [.. analyzer.Terms(chunk.Title).Concat(analyzer.Terms(chunk.Context)).Select(t => t.Text), .. opening.All];

    [GeneratedRegex(@"^(?:It|He|She|They|This|These|His|Her|Its|Their|Such)\b")]
    private static partial Regex Referring();

    [GeneratedRegex(@"^(?:\w+: )?(?:- )?(?:See|For .{1,120}, (?:please )?(?:see|refer to|visit|check)|To learn more|Refer to|Read) \b|\b(?:following|below) (?:example|code|table|section|diagram|figure|snippet|listing)s?\b|\b(?:described|discussed|explained|covered) (?:in|below|later)\b")]
    private static partial Regex Points();
}
