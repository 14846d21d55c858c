namespace Rag.Evaluation.Trec;

/// <summary>Which documents answer which queries, as people judged.</summary>
/// <param name="Queries">Of each query, the grade of each judged document: 0 or less for one that does not answer it.</param>
public sealed record Judgements(IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Queries)
{
    /// <summary>These judgements without the queries that have no document of grade 1 or more: no list can be good or bad for them.</summary>
    public Judgements WithAnswers() =>
        new(Queries.Where(q => q.Value.Values.Any(grade => grade > 0)).ToDictionary(q => q.Key, q => q.Value, StringComparer.Ordinal));
}
