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
/// The score is a sum of the evidence below. The weights were fitted as a listwise softmax (Cao et al., 2007) over SQuAD 2.0 articles, checked
/// crosswise by article, and rounded; each is the worth of that evidence in full. A term weighs its idf among the units of all passages.
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
    private const double Defines = 0.5;   // a definition that opens with what is asked about
    private const double Shown = 0.5;     // code behind a sentence, where the question is how to do something
    private const double Retrieved = 4;   // the retriever's score, as a share of its best
    private const double NotProse = -0.5; // items and rows lean on what stands around them

    private readonly Question _question;
    private readonly IReadOnlyList<AnswerUnit> _units;
    private readonly List<Dictionary<string, string>> _words;
    private readonly Dictionary<string, double> _weights;
    private readonly double _known;
    private readonly double _bestPassage;
    private readonly Dictionary<int, HashSet<string>> _topics;
    private readonly Dictionary<int, HashSet<string>> _passageWords;

    public UnitScorer(Question question, IReadOnlyList<AnswerUnit> units, IAnalyzer analyzer)
    {
        (_question, _units) = (question, units);
        _words = [.. units.Select(unit => Words(analyzer, unit.Text))];
        _weights = question.Words.Keys.ToDictionary(term => term, term => Idf(_words.Count(w => w.ContainsKey(term)), units.Count));
        var passages = Enumerable.Range(0, units.Count).GroupBy(i => units[i].Passage.Number).ToList();
        _topics = passages.ToDictionary(p => p.Key, p => TopicOf(analyzer, units[p.First()].Passage.Chunk, _words[p.First()]));
        _passageWords = passages.ToDictionary(p => p.Key, p => p.SelectMany(i => _words[i].Keys).Concat(_topics[p.Key]).ToHashSet(StringComparer.Ordinal));
        _known = _weights.Where(w => _words.Any(words => words.ContainsKey(w.Key)) || _topics.Values.Any(t => t.Contains(w.Key))).Sum(w => w.Value);
        _bestPassage = units.Select(u => u.Passage.Score).DefaultIfEmpty(0).Max();
    }

    /// <summary>The units that may answer, best first; ties in reading order.</summary>
    public IReadOnlyList<ScoredUnit> Rank() =>
        [.. Enumerable.Range(0, _units.Count).Where(i => _units[i].Kind is not (UnitKind.Fragment or UnitKind.Code)).Select(Score).Where(s => s.Held.Count > 0).OrderByDescending(s => s.Score).ThenBy(s => s.Index)];

    private ScoredUnit Score(int i)
    {
        var (unit, words, weights) = (_units[i], _words[i], _weights);
        var held = weights.Keys.Where(words.ContainsKey).ToHashSet(StringComparer.Ordinal);
        var before = i > 0 && _units[i - 1].Passage == unit.Passage ? _words[i - 1] : [];
        var leaned = weights.Keys.Except(held).Where(before.ContainsKey).ToList();
        var topic = weights.Keys.Except(held).Except(leaned).Intersect(_topics[unit.Passage.Number]).ToList();
        var exact = held.Where(term => words[term].Contains($" {_question.Words[term].Form} ", StringComparison.Ordinal));

        var score = (Weighted * Share(held)) + (Exact * Share(exact)) + ((Previous + (Referring().IsMatch(unit.Text) ? Refers : 0)) * Share(leaned)) + (Topic * Share(topic))
            + (Counted * held.Count / weights.Count) + Kind(i) + (_bestPassage > 0 ? Retrieved * unit.Passage.Score / _bestPassage : 0);
        return new(unit, i, score, Coverage(unit.Passage, held), held);
    }

    private double Kind(int i)
    {
        var (unit, form) = (_units[i], _question.Form);
        var score = unit.Kind == UnitKind.Sentence ? 0 : NotProse;
        if (AnswerForms.Holds(form, unit.Text, _question.Text))
        {
            score += Form + (form is AnswerForm.Number or AnswerForm.Time ? Figure : 0);
            score += form == AnswerForm.Definition && AnswerForms.Opens(unit.Text, _question.Text) ? Defines : 0;
        }

        return score + (form == AnswerForm.Method && i + 1 < _units.Count && _units[i + 1].Kind == UnitKind.Code && _units[i + 1].Passage == unit.Passage ? Shown : 0);
    }

    /// <summary>Rarity is left out here: it tells sentences of the passages apart, not questions that they answer from others (SQuAD and CLAPNQ, unanswerable).</summary>
    private double Coverage(Passage passage, HashSet<string> held)
    {
        var around = _passageWords[passage.Number];
        return (Count(held.Contains) + Count(around.Contains)) / (2 * Count(_ => true));
    }

    private double Count(Func<string, bool> holds) => _question.Words.Where(word => holds(word.Key)).Sum(word => word.Value.IsName ? 2.0 : 1.0);

    private double Share(IEnumerable<string> terms) => _known == 0 ? 0 : terms.Sum(term => _weights[term]) / _known;

    private static double Idf(int holding, int units) => Math.Log(1 + ((units - holding + 0.5) / (holding + 0.5)));

    /// <summary>Terms with the forms in which they stand, in lower case, blank-separated.</summary>
    private static Dictionary<string, string> Words(IAnalyzer analyzer, string text)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var term in analyzer.Terms(text))
        {
            words[term.Text] = $"{words.GetValueOrDefault(term.Text, " ")}{term.Span.Of(text).ToLowerInvariant()} ";
        }

        return words;
    }

    private static HashSet<string> TopicOf(IAnalyzer analyzer, Chunk chunk, Dictionary<string, string> opening) =>
        [.. analyzer.Terms(chunk.Title).Concat(analyzer.Terms(chunk.Context)).Select(t => t.Text), .. opening.Keys];

    [GeneratedRegex(@"^(?:It|He|She|They|This|These|His|Her|Its|Their|Such)\b")]
    private static partial Regex Referring();
}
