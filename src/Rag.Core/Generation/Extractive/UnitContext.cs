using Rag.Analysis;

namespace Rag.Generation.Extractive;

/// <summary>The units of all passages of one question with their terms, and how much each term of the question weighs among them.</summary>
internal sealed class UnitContext
{
    // A frame word, such as "name" in "what is the name of", seldom stands in the answer; a name nearly always does.
    private const double FrameWeight = 0.3;
    private const double NameWeight = 1.2;

    private readonly List<UnitTerms> _terms;
    private readonly Dictionary<int, PassageTerms> _passages;
    private readonly Dictionary<string, double> _weights;
    private readonly double _known;

    public UnitContext(Question question, IReadOnlyList<AnswerUnit> units, IAnalyzer analyzer)
    {
        (Question, Units) = (question, units);
        _terms = [.. units.Select(unit => new UnitTerms(unit.Text, analyzer))];
        _passages = Enumerable.Range(0, units.Count).GroupBy(i => units[i].Passage.Number)
            .ToDictionary(p => p.Key, p => new PassageTerms(units[p.First()].Passage.Chunk, p.First(), [.. p.Select(i => _terms[i])], analyzer));
        _weights = question.Words.ToDictionary(
            word => word.Key,
            word => Idf(_terms.Count(t => t.All.Contains(word.Key)), units.Count) * (word.Value.IsFrame ? FrameWeight : 1) * (word.Value.IsName ? NameWeight : 1));
        _known = _weights.Where(w => _passages.Values.Any(p => p.All.Contains(w.Key))).Sum(w => w.Value);
        BestScore = units.Select(u => u.Passage.Score).DefaultIfEmpty(0).Max();
    }

    public Question Question { get; }

    public IReadOnlyList<AnswerUnit> Units { get; }

    /// <summary>The highest score of a passage.</summary>
    public double BestScore { get; }

    public UnitTerms TermsOf(int unit) => _terms[unit];

    public PassageTerms PassageOf(int unit) => _passages[Units[unit].Passage.Number];

    /// <summary>The units of a unit's passage.</summary>
    public IEnumerable<int> Passage(int unit) => Enumerable.Range(PassageOf(unit).First, PassageOf(unit).Count);

    /// <summary>The terms of the unit before or behind in the same passage; none where there is none.</summary>
    public IReadOnlySet<string> Beside(int unit, int step) => IsSamePassage(unit, unit + step) ? _terms[unit + step].All : [];

    public bool IsSamePassage(int unit, int other) => other >= 0 && other < Units.Count && Units[other].Passage.Number == Units[unit].Passage.Number;

    /// <summary>The weight of a term of the question.</summary>
    public double Weight(string term) => _weights[term];

    /// <summary>The share of the weight that these terms of the question have, 1 for all terms that the passages hold.</summary>
    public double Share(IEnumerable<string> terms) => Share(terms.Sum(term => _weights[term]));

    /// <summary>A weight as a share of that of all terms that the passages hold.</summary>
    public double Share(double weight) => _known == 0 ? 0 : weight / _known;

    /// <summary>Robertson and Sparck Jones (1976), kept positive as Lucene does.</summary>
    private static double Idf(int holding, int units) => Math.Log(1 + ((units - holding + 0.5) / (holding + 0.5)));
}

/// <summary>The terms of a passage.</summary>
internal sealed class PassageTerms
{
    public PassageTerms(Chunk chunk, int first, IReadOnlyList<UnitTerms> units, IAnalyzer analyzer)
    {
        (First, Count) = (first, units.Count);
        Title = [.. analyzer.Terms(chunk.Title).Select(t => t.Text)];
        Topic = [.. Title, .. analyzer.Terms(chunk.Context).Select(t => t.Text), .. units[0].All];
        All = [.. Topic, .. units.SelectMany(u => u.All)];
        Pairs = [.. units.SelectMany(u => u.Pairs)];
    }

    /// <summary>Its first unit.</summary>
    public int First { get; }

    /// <summary>How many units it has.</summary>
    public int Count { get; }

    /// <summary>Those of the title.</summary>
    public HashSet<string> Title { get; }

    /// <summary>Those of title, headings and first unit.</summary>
    public HashSet<string> Topic { get; }

    /// <summary>Those of all units, title and headings.</summary>
    public HashSet<string> All { get; }

    /// <summary>Terms that stand side by side in a unit.</summary>
    public HashSet<(string First, string Second)> Pairs { get; }
}
