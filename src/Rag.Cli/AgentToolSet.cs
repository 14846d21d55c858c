using Microsoft.Extensions.AI;
using Rag.Agents.Tools;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Cli;

/// <summary>The tools of the command line, by the names that <c>--tools</c> takes.</summary>
internal static class AgentToolSet
{
    private static readonly (string Name, string Does, Func<AgentDocuments, IReadOnlyList<AIFunction>> Make)[] OverDocuments =
    [
        ("pages", "Search and Lookup of the ReAct paper over the documents", d => PageTools.Create(d.Store, d.Retriever, d.Scope, nearest: true)),
        ("search", "passages for a question", d => [SearchTool.Create(d.Retriever, d.Scope)]),
        ("read", "a page of a document", d => [PageReader.Create(d.Store, d.Retriever, d.Scope)]),
        ("table", "rows and sums of tables in the documents", d => TableTool.Create(d.Store, d.Retriever, d.Scope)),
    ];

    private static readonly (string Name, string Does, Func<AIFunction> Make)[] Others =
    [
        ("calculate", "exact arithmetic, units and dates", Calculator.Create),
        ("python", "small programs", () => PythonTool.Create()),
        ("now", "date and time", () => ClockTool.Create()),
    ];

    /// <summary>All names, for help and for messages.</summary>
    public static string Names => string.Join(", ", OverDocuments.Select(t => t.Name).Concat(Others.Select(t => t.Name)));

    /// <summary>Each name with what its tools do, for help.</summary>
    public static string Help => string.Join(", ", OverDocuments.Select(t => $"{t.Name} ({t.Does})").Concat(Others.Select(t => $"{t.Name} ({t.Does})")));

    /// <summary>Whether one of the names needs documents.</summary>
    public static bool NeedsDocuments(IEnumerable<string> names) => names.Any(name => OverDocuments.Any(t => t.Name == name));

    /// <summary>The tools of those names.</summary>
    /// <exception cref="CommandException">There is no such name.</exception>
    public static IReadOnlyList<AIFunction> Create(IEnumerable<string> names, AgentDocuments? documents) =>
    [
        .. names.Distinct().SelectMany(name => OverDocuments.FirstOrDefault(t => t.Name == name).Make is { } over ? over(documents!)
            : Others.FirstOrDefault(t => t.Name == name).Make is { } make ? [make()]
            : throw new CommandException($"--tools names '{name}'. The tools are: {Names}.", ExitCode.WrongUsage)),
    ];
}

/// <summary>What tools search.</summary>
/// <param name="Store">The documents.</param>
/// <param name="Retriever">Finds passages in them.</param>
/// <param name="Scope">Whose, and which.</param>
internal sealed record AgentDocuments(IChunkStore Store, IRetriever Retriever, Query Scope);
