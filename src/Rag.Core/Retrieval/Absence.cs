namespace Rag.Retrieval;

/// <summary>Where a document is lost between the store and a list of results.</summary>
public enum LostAt
{
    /// <summary>It is not lost: a passage of it is among the results.</summary>
    Nowhere,

    /// <summary>The tenant has no such document that the caller may see.</summary>
    Store,

    /// <summary>It is stored, but nothing was read from it.</summary>
    Reading,

    /// <summary>The query's filter hides it.</summary>
    Filter,

    /// <summary>Nothing in it matches the query at all: no word in common after analysis, no vector.</summary>
    Analysis,

    /// <summary>It matches, but others score higher.</summary>
    Ranking,

    /// <summary>One of the retrievers that are fused has it among its results, the fused list has not.</summary>
    Fusion,

    /// <summary>It is among the results, but the budget for passages ends before it.</summary>
    Budget,
}

/// <summary>Why a document is not among the results.</summary>
/// <param name="Step">Where it is lost.</param>
/// <param name="Reason">One sentence for people, with the numbers.</param>
/// <param name="Rank">Rank of its best passage, from 1, where it has one.</param>
public sealed record Absence(LostAt Step, string Reason, int? Rank = null);
