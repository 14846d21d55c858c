using System.ComponentModel;
using Microsoft.Extensions.AI;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Agents.Tools;

/// <summary>The environment of the ReAct paper over a store: <c>Search[entity]</c> opens a page, <c>Lookup[keyword]</c> goes through it as Ctrl-F does.</summary>
/// <remarks>
/// After Yao et al., "ReAct: Synergizing Reasoning and Acting in Language Models" (2023), section 3.1, with the wording of its published code. Each document is a page. What is shown is
/// registered in the run, so that an answer may cite it. Pages are found by the retriever under the scope only: a document that it hides is neither opened nor named.
/// Which page lies open is kept for each run of an agent; callers that are no agents share one.
/// </remarks>
public static class PageTools
{
    // As in the paper.
    private const int Sentences = 5;
    private const int Similar = 5;

    // A page whose title is the entity holds all its words, so it is among the first; the rest are in case it has many sisters.
    private const int Depth = 100;

    /// <summary>The two tools, <c>Search</c> and <c>Lookup</c>.</summary>
    /// <param name="store">Where the pages are.</param>
    /// <param name="retriever">Finds them by the words of the entity.</param>
    /// <param name="scope">Tenant, groups and filter; its text is not used.</param>
    /// <param name="nearest">Whether, where no page has that title, the best found one that the run has not opened yet is opened and named, rather than five titles listed. Default no, as in the paper. Most failed searches of small models miss
    /// a title by a word, so they come further with it.</param>
    public static IReadOnlyList<AIFunction> Create(IChunkStore store, IRetriever retriever, Query scope, bool nearest = false)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(scope);
        var documents = new ScopedDocuments(store, retriever, scope);
        var outside = new OpenPage();
        return
        [
            ToolFunction.Of("Search", "Opens the page with this title and gives its first five sentences; if there is none, " + (nearest ? "opens the nearest page." : "lists similar titles."),
                ([Description("Title of the page.")] string entity, AIFunctionArguments arguments, CancellationToken cancellationToken) =>
                    SearchAsync(documents, entity.Trim(), nearest, PageOf(arguments), AgentContext.Of(arguments), cancellationToken)),
            ToolFunction.Of("Lookup", "Gives the next sentence in the open page that contains the keyword.",
                ([Description("Words to look for.")] string keyword, AIFunctionArguments arguments) => PageOf(arguments).Lookup(keyword.Trim(), AgentContext.Of(arguments))),
        ];

        OpenPage PageOf(AIFunctionArguments arguments) => AgentContext.Of(arguments)?.State(documents, () => new OpenPage()) ?? outside;
    }

    private static async Task<string> SearchAsync(ScopedDocuments documents, string entity, bool nearest, OpenPage page, AgentContext? context, CancellationToken cancellationToken)
    {
        if (entity.Length == 0)
        {
            return "Nothing to search for. Write the title of a page, as in Search[Milhouse].";
        }

        var (named, found) = await documents.NamedAsync(entity, Depth, cancellationToken);
        if (named is not null)
        {
            return page.Open(named, Sentences, context);
        }

        if (nearest && Nearest(found, entity, page) is { } other && await documents.OpenAsync(other.DocumentId, cancellationToken) is { } best)
        {
            return $"Could not find [{entity}]. Nearest: {Quoted(best.Document.Title)}. {page.Open(best, Sentences, context)}";
        }

        return $"Could not find [{entity}]. Similar: [{string.Join(", ", found.Select(c => c.Title).Distinct().Take(Similar).Select(Quoted))}].";
    }

    // A page that is named in full within longer words comes first. One that has been read answers no second search: the same search again goes on to the next.
    private static Chunk? Nearest(IReadOnlyList<Chunk> found, string entity, OpenPage page) =>
        found.Where(c => !page.WasOpen(c.DocumentId)).OrderByDescending(c => FoldedTitle.IsNamedIn(c.Title, entity)).FirstOrDefault();

    // As Python writes a string in a list, which is what the paper's models have read.
    private static string Quoted(string title)
    {
        var line = Prompt.OnOneLine(title);
        return line.Contains('\'', StringComparison.Ordinal) && !line.Contains('"', StringComparison.Ordinal)
            ? $"\"{line}\""
            : $"'{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
    }
}
