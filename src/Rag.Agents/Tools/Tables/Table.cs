namespace Rag.Agents.Tools.Tables;

/// <summary>A table in a document.</summary>
/// <param name="Name">Title of the document, with a number where it has several tables.</param>
/// <param name="Source">The document.</param>
/// <param name="Columns">Their names; no two are the same in lower case.</param>
/// <param name="Rows">In order, each with as many cells as there are columns.</param>
internal sealed record Table(string Name, ScopedDocument Source, IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>What it stands under, such as the name of a sheet; empty where a document has one table, or no headings.</summary>
    public string Heading { get; init; } = "";

    /// <summary>The column of that name, in any case; -1 where there is none.</summary>
    public int IndexOf(string column) => Columns.ToList().FindIndex(c => c.Equals(column.Trim(), StringComparison.OrdinalIgnoreCase));
}

/// <summary>A row of a table.</summary>
/// <param name="Cells">Without the blanks and quotation marks around them.</param>
/// <param name="Span">Where it stands in the text of the document.</param>
internal sealed record TableRow(IReadOnlyList<string> Cells, TextSpan Span);
