namespace Rag.Ingest.Reading;

/// <summary>Entries of a container that became no documents, and why. Not safe for concurrent use.</summary>
internal sealed class LeftOut
{
    private const int MostNamed = 5;

    private readonly List<(string Name, string Reason)> _entries = [];

    /// <summary>Adds one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why: a sentence or the end of one.</param>
    public void Add(string name, string reason) => _entries.Add((name, reason.TrimEnd('.')));

    /// <summary>A sentence for each reason, with the names of the first few entries.</summary>
    public IEnumerable<string> Warnings() => _entries.GroupBy(entry => entry.Reason).Select(group => $"Not read: {Names([.. group.Select(entry => $"'{entry.Name}'")])}: {group.Key}.");

    private static string Names(string[] names) => names.Length <= MostNamed ? string.Join(", ", names) : $"{string.Join(", ", names[..MostNamed])} and {names.Length - MostNamed:N0} more";
}
