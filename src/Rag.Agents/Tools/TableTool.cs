using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;
using Rag.Agents.Tools.Tables;
using Rag.Retrieval;
using Rag.Storage;

namespace Rag.Agents.Tools;

/// <summary>Asks the tables in documents, be they sheets, CSV files, records of JSON or tables in a text: <c>list_tables</c> finds them, <c>query_table</c> selects, filters, groups and counts rows.</summary>
/// <remarks>
/// A query is a set of arguments, never text in a query language. Rows that are shown are registered in the run under their numbers, so that an answer may cite them; what is computed from many
/// rows stands in no document and has none. Cells compare as numbers where both are, else by their words in any case. Sums and averages are exact.
/// </remarks>
public static class TableTool
{
    private const int MaxDocuments = 10;
    private const int Depth = 100;
    private const int MaxRows = 100;
    private const int MaxCell = 200;

    /// <summary>The tools <c>list_tables</c> and <c>query_table</c>.</summary>
    /// <param name="store">Where the documents are.</param>
    /// <param name="retriever">Finds those with tables by their titles and words.</param>
    /// <param name="scope">Tenant, groups and filter; its text is not used.</param>
    public static IReadOnlyList<AIFunction> Create(IChunkStore store, IRetriever retriever, Query scope)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(scope);
        var documents = new ScopedDocuments(store, retriever, scope);
        return
        [
            ToolFunction.Of("list_tables", "Finds tables by words of their title or text. Gives their names, columns and numbers of rows.",
                async ([Description("Words of the title or the text.")] string about, CancellationToken cancellationToken) =>
                {
                    var tables = await FindAsync(documents, about, cancellationToken);
                    return tables.Count == 0 ? NotFound(about) : string.Join('\n', tables.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name}{(t.Heading.Length > 0 ? $" ({Shown(t.Heading)})" : "")}: {t.Rows.Count} rows of {string.Join(", ", t.Columns.Select(Shown))}")));
                }),
            ToolFunction.Of("query_table", "Asks a table: its rows, or counts, sums and averages of them. Gives numbered rows; cite them by their numbers, such as [1].",
                async (
                    [Description("Name of the table, as list_tables gives it.")] string table,
                    AIFunctionArguments arguments,
                    CancellationToken cancellationToken,
                    [Description("Columns to show; all where left out.")] string[]? columns = null,
                    [Description("Conditions on rows; op is one of = != < <= > >= contains.")] TableCondition[]? where = null,
                    [Description("all or any of the conditions.")] string match = "all",
                    [Description("Columns whose equal values make a group.")] string[]? group_by = null,
                    [Description("What to compute for each group, or for all rows; function is one of count sum avg min max.")] TableAggregate[]? aggregate = null,
                    [Description("Column to order by, such as price, or sum(price) of a group.")] string? order_by = null,
                    [Description("Largest first.")] bool descending = false,
                    [Description("Most rows to show, up to 100.")] int limit = 20) =>
                {
                    var query = new TableQuery
                    {
                        Columns = columns ?? [], Where = where ?? [], Any = match.Equals("any", StringComparison.OrdinalIgnoreCase),
                        GroupBy = group_by ?? [], Aggregate = aggregate ?? [], OrderBy = order_by, Descending = descending,
                    };
                    var found = await FindAsync(documents, table, cancellationToken);
                    var asked = found.FirstOrDefault(t => FoldedTitle.AreEqual(t.Name, table)) ?? (found.Count == 1 ? found[0] : null);
                    return asked is not null ? Answer(asked, query, Math.Clamp(limit, 1, MaxRows), AgentContext.Of(arguments))
                        : found.Count == 0 ? NotFound(table)
                        : $"There is no table [{Prompt.OnOneLine(table)}]. Similar: {string.Join("; ", found.Select(t => t.Name).Take(MaxDocuments))}.";
                }),
        ];
    }

    private static string NotFound(string words) => $"No table was found for [{Prompt.OnOneLine(words)}]. Try list_tables with other words.";

    private static async Task<List<Table>> FindAsync(ScopedDocuments documents, string words, CancellationToken cancellationToken)
    {
        var tables = new List<Table>();
        var found = string.IsNullOrWhiteSpace(words) ? [] : await documents.FindAsync(words, Depth, cancellationToken);
        foreach (var id in found.Select(f => f.Chunk.DocumentId).Distinct().Take(MaxDocuments))
        {
            if (await documents.OpenAsync(id, cancellationToken) is { } document)
            {
                tables.AddRange(TableReader.Read(document));
            }
        }

        return tables;
    }

    private static string Answer(Table table, TableQuery query, int limit, AgentContext? context)
    {
        try
        {
            var (matching, columns, results) = query.Run(table);
            var lines = results.Take(limit).Select(row => $"{Mark(row)}{string.Join(" | ", row.Cells.Select(Shown))}");
            var cut = results.Count > limit ? string.Create(CultureInfo.InvariantCulture, $"; the first {limit} of {results.Count} are shown") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {matching.Count} of {table.Rows.Count} rows match{cut}.\n{string.Join(" | ", columns.Select(Shown))}\n{string.Join('\n', lines)}").TrimEnd();
        }
        catch (TableQueryException exception)
        {
            return exception.Message;
        }

        string Mark(TableRow row) => row.Span.Length > 0 && table.Source.Cite(context, row.Span) is [var (number, _), ..] ? string.Create(CultureInfo.InvariantCulture, $"[{number}] ") : "";
    }

    private static string Shown(string cell) => Prompt.Shorten(Prompt.OnOneLine(cell), MaxCell);
}
