namespace Rag.Queries;

/// <summary>Makes the queries to run of one question. Safe for concurrent use where the model behind it is.</summary>
public interface IQueryTransformer
{
    /// <summary>The queries, at least one. The first is the question itself, where need be in words that stand alone: it is the one to be answered. The others help to find.</summary>
    /// <remarks>
    /// Each is the given query with other words, and at most a narrower <see cref="Query.Filter"/>; tenant and groups stay. A model's failure is thrown;
    /// a model's useless reply leaves the question as it was.
    /// </remarks>
    /// <param name="query">The question, and what was said before it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<IReadOnlyList<Query>> TransformAsync(Query query, CancellationToken cancellationToken = default);
}
