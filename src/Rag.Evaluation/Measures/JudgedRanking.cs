namespace Rag.Evaluation.Measures;

/// <summary>What a measure looks at: the judgement of each document in a ranked list, and what was there to be found.</summary>
public sealed class JudgedRanking
{
    /// <summary>Grade of a document that nobody judged.</summary>
    public const int NotPooled = -1;

    /// <summary>Grade of a document that was chosen for judging and not judged (a negative grade in the judgements); only <c>infAP</c> tells it from <see cref="NotPooled"/>.</summary>
    public const int NotJudged = -2;

    private readonly int[] _relevantBefore;

    private JudgedRanking(int[] grades, int[] judged, int relevanceLevel)
    {
        (Grades, Judged, RelevanceLevel) = (grades, judged, relevanceLevel);
        Relevant = judged.Count(IsRelevant);
        _relevantBefore = new int[grades.Length + 1];
        for (var i = 0; i < grades.Length; i++)
        {
            _relevantBefore[i + 1] = _relevantBefore[i] + (IsRelevant(grades[i]) ? 1 : 0);
        }
    }

    /// <summary>Grade of each retrieved document in order of rank: 0 or more where it was judged, else <see cref="NotPooled"/> or <see cref="NotJudged"/>.</summary>
    public IReadOnlyList<int> Grades { get; }

    /// <summary>Grades of all judged documents, retrieved or not, highest first.</summary>
    public IReadOnlyList<int> Judged { get; }

    /// <summary>The least grade that counts as relevant.</summary>
    public int RelevanceLevel { get; }

    /// <summary>Number of relevant documents that there are.</summary>
    public int Relevant { get; }

    /// <summary>Number of documents in the list.</summary>
    public int Retrieved => Grades.Count;

    /// <summary>Number of relevant documents in the list.</summary>
    public int RelevantRetrieved => _relevantBefore[^1];

    /// <summary>Joins a ranked list with judgements.</summary>
    /// <param name="ranking">Document ids, best first, each once.</param>
    /// <param name="judgements">Grade of each judged document; a negative one means chosen but not judged.</param>
    /// <param name="relevanceLevel">The least grade that counts as relevant, at least 1. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="relevanceLevel"/> is less than 1.</exception>
    public static JudgedRanking Of(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> judgements, int relevanceLevel = 1)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(judgements);
        ArgumentOutOfRangeException.ThrowIfLessThan(relevanceLevel, 1);
        return new(
            [.. ranking.Select(id => !judgements.TryGetValue(id, out var grade) ? NotPooled : grade < 0 ? NotJudged : grade)],
            [.. judgements.Values.Where(g => g >= 0).OrderDescending()],
            relevanceLevel);
    }

    /// <summary>Whether the document at a 0-based place of the list is relevant.</summary>
    public bool IsRelevantAt(int place) => IsRelevant(Grades[place]);

    /// <summary>Number of relevant documents among the first <paramref name="depth"/>; a shorter list is taken to go on without any.</summary>
    public int RelevantIn(int depth) => _relevantBefore[Math.Min(depth, Retrieved)];

    private bool IsRelevant(int grade) => grade >= RelevanceLevel;
}
