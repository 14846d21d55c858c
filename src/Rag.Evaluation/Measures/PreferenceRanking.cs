using Rag.Evaluation.Trec;

namespace Rag.Evaluation.Measures;

/// <summary>What a measure of preferences looks at: where the documents of each preference stand in a ranked list.</summary>
public sealed class PreferenceRanking
{
    private PreferenceRanking(int retrieved, PlacedGroup[] groups) => (Retrieved, Groups) = (retrieved, groups);

    /// <summary>Number of documents in the list that someone compared: the places below it are theirs.</summary>
    public int Retrieved { get; }

    /// <summary>The groups of preferences.</summary>
    public IReadOnlyList<PlacedGroup> Groups { get; }

    /// <summary>Joins a ranked list with preferences.</summary>
    /// <param name="ranking">Document ids, best first, each once.</param>
    /// <param name="groups">The preferences of each person.</param>
    public static PreferenceRanking Of(IReadOnlyList<string> ranking, IReadOnlyList<PreferenceGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(groups);
        var judged = groups.SelectMany(g => g.Useful.Keys).ToHashSet(StringComparer.Ordinal);
        string[] found = [.. ranking.Where(judged.Contains)];
        judged.ExceptWith(found);
        var places = found.Concat(judged.Order(StringComparer.Ordinal)).Index().ToDictionary(d => d.Item, d => d.Index, StringComparer.Ordinal);
        return new(found.Length, [.. groups.Select(g => new PlacedGroup(g, places))]);
    }
}

/// <summary>A group of preferences by the places of its documents: first those that were found, in order of rank, then the others by id (ordinal), so that a lower place is a better one.</summary>
public sealed class PlacedGroup
{
    internal PlacedGroup(PreferenceGroup group, Dictionary<string, int> places)
    {
        IsRanking = group.IsRanking;
        Pairs = [.. group.Pairs.Select(p => (places[p.Better], places[p.Worse]))];
        Useful = [.. group.Useful.Where(d => d.Value).Select(d => places[d.Key]).Order()];
        Useless = [.. group.Useful.Where(d => !d.Value).Select(d => places[d.Key]).Order()];
    }

    /// <summary>Whether all documents of different levels are compared.</summary>
    public bool IsRanking { get; }

    /// <summary>The preferences.</summary>
    public IReadOnlyList<(int Better, int Worse)> Pairs { get; }

    /// <summary>Places of the documents of some use, ascending.</summary>
    public IReadOnlyList<int> Useful { get; }

    /// <summary>Places of the documents of none, ascending.</summary>
    public IReadOnlyList<int> Useless { get; }
}
