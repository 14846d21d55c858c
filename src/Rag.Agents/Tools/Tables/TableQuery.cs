using System.Globalization;
using System.Text.Json;
using Rag.Agents.Tools.Calculation;

namespace Rag.Agents.Tools.Tables;

/// <summary>A condition on the rows.</summary>
/// <param name="Column">Name of a column.</param>
/// <param name="Op">How to compare: = != &lt; &lt;= &gt; &gt;= contains.</param>
/// <param name="Value">A number or words.</param>
internal sealed record TableCondition(string Column, string Op, JsonElement Value);

/// <summary>A number that is made of many rows.</summary>
/// <param name="Function">count, sum, avg, min or max.</param>
/// <param name="Column">Of what; may be left out for count.</param>
internal sealed record TableAggregate(string Function, string? Column = null);

/// <summary>What is asked of a table. What it cannot be asked is a <see cref="TableQueryException"/>.</summary>
internal sealed record TableQuery
{
    private static readonly string[] Functions = ["count", "sum", "avg", "min", "max"];

    public IReadOnlyList<string> Columns { get; init; } = [];

    public IReadOnlyList<TableCondition> Where { get; init; } = [];

    /// <summary>Whether one condition is enough.</summary>
    public bool Any { get; init; }

    public IReadOnlyList<string> GroupBy { get; init; } = [];

    public IReadOnlyList<TableAggregate> Aggregate { get; init; } = [];

    public string? OrderBy { get; init; }

    public bool Descending { get; init; }

    /// <summary>The rows that meet the conditions, and of those what is asked, in order. A result that is no row of the table has no <see cref="TableRow.Span"/> of length.</summary>
    public (IReadOnlyList<TableRow> Matching, IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Results) Run(Table table)
    {
        var conditions = Where.Select(c => Test(table, c)).ToArray();
        TableRow[] matching = [.. table.Rows.Where(row => conditions.Length == 0 || (Any ? conditions.Any(test => test(row)) : conditions.All(test => test(row))))];
        return Aggregate.Count == 0 && GroupBy.Count == 0 ? Selected(table, matching) : Grouped(table, matching);
    }

    private (IReadOnlyList<TableRow>, IReadOnlyList<string>, IReadOnlyList<TableRow>) Selected(Table table, TableRow[] matching)
    {
        // Ordered by any column of the table, also one that is not shown.
        var order = OrderBy is null ? -1 : Index(table, OrderBy);
        int[] shown = Columns.Count == 0 ? [.. Enumerable.Range(0, table.Columns.Count)] : [.. Columns.Select(c => Index(table, c))];
        return (matching, [.. shown.Select(i => table.Columns[i])], [.. Ordered(matching, order).Select(row => row with { Cells = [.. shown.Select(i => row.Cells[i])] })]);
    }

    private (IReadOnlyList<TableRow>, IReadOnlyList<string>, IReadOnlyList<TableRow>) Grouped(Table table, TableRow[] matching)
    {
        var keys = GroupBy.Select(c => Index(table, c)).ToArray();
        var aggregates = (Aggregate.Count == 0 ? [new("count")] : Aggregate).Select(a => Function(table, a)).ToArray();
        string[] columns = [.. keys.Select(i => table.Columns[i]), .. aggregates.Select(a => a.Name)];
        var groups = keys.Length == 0 ? [matching] : matching.GroupBy(row => string.Join('\n', keys.Select(i => row.Cells[i]))).Select(g => g.ToArray());
        var results = groups.Select(group => new TableRow([.. keys.Select(i => group[0].Cells[i]), .. aggregates.Select(a => a.Of(group))], default));
        var order = OrderBy is null ? -1 : Array.FindIndex(columns, c => c.Equals(OrderBy, StringComparison.OrdinalIgnoreCase));
        return OrderBy is not null && order < 0
            ? throw new TableQueryException($"The result has no column '{OrderBy}' to order by. Its columns: {string.Join(", ", columns)}.")
            : (matching, columns, [.. Ordered(results, order)]);
    }

    // Stable, so that equal rows stay in the order of the table.
    private IEnumerable<TableRow> Ordered(IEnumerable<TableRow> rows, int column)
    {
        var byCell = Comparer<string>.Create(CellValue.Compare);
        return column < 0 ? rows : Descending ? rows.OrderByDescending(r => r.Cells[column], byCell) : rows.OrderBy(r => r.Cells[column], byCell);
    }

    private static int Index(Table table, string column) => table.IndexOf(column) is >= 0 and var index
        ? index
        : throw new TableQueryException($"'{table.Name}' has no column '{column}'. Its columns: {string.Join(", ", table.Columns)}.");

    private static Func<TableRow, bool> Test(Table table, TableCondition condition)
    {
        var column = Index(table, condition.Column);
        var value = (condition.Value.ValueKind == JsonValueKind.String ? condition.Value.GetString()! : condition.Value.GetRawText()).Trim();
        return condition.Op.Trim().ToLowerInvariant() switch
        {
            "=" or "==" => row => CellValue.Compare(row.Cells[column], value) == 0,
            "!=" or "<>" => row => CellValue.Compare(row.Cells[column], value) != 0,
            "<" => row => row.Cells[column].Length > 0 && CellValue.Compare(row.Cells[column], value) < 0,
            "<=" => row => row.Cells[column].Length > 0 && CellValue.Compare(row.Cells[column], value) <= 0,
            ">" => row => row.Cells[column].Length > 0 && CellValue.Compare(row.Cells[column], value) > 0,
            ">=" => row => row.Cells[column].Length > 0 && CellValue.Compare(row.Cells[column], value) >= 0,
            "contains" => row => row.Cells[column].Contains(value, StringComparison.OrdinalIgnoreCase),
            _ => throw new TableQueryException($"There is no comparison '{condition.Op}'. Use = != < <= > >= or contains."),
        };
    }

    private static (string Name, Func<IReadOnlyList<TableRow>, string> Of) Function(Table table, TableAggregate aggregate)
    {
        var function = aggregate.Function.Trim().ToLowerInvariant();
        if (!Functions.Contains(function))
        {
            throw new TableQueryException($"There is no function '{aggregate.Function}'. Use {string.Join(", ", Functions)}.");
        }

        if (string.IsNullOrWhiteSpace(aggregate.Column) || aggregate.Column == "*")
        {
            return function == "count"
                ? ("count", rows => rows.Count.ToString(CultureInfo.InvariantCulture))
                : throw new TableQueryException($"{function} needs a column. Columns of '{table.Name}': {string.Join(", ", table.Columns)}.");
        }

        var column = Index(table, aggregate.Column);
        return ($"{function}({table.Columns[column]})", rows => Value(function, table.Columns[column], [.. rows.Select(r => r.Cells[column]).Where(c => c.Length > 0)]));
    }

    // Empty cells count for nothing; a word among numbers would make a sum untrue, so it is an error.
    private static string Value(string function, string column, string[] cells)
    {
        if (function == "count")
        {
            return cells.Length.ToString(CultureInfo.InvariantCulture);
        }

        if (function is "min" or "max")
        {
            return cells.Length == 0 ? "" : cells.Order(Comparer<string>.Create(CellValue.Compare)).ElementAt(function == "min" ? 0 : ^1);
        }

        var sum = cells.Aggregate((Rational)0, (total, cell) => total + (CellValue.Number(cell) ?? throw new TableQueryException($"'{cell}' in column '{column}' is no number, so there is no {function}. Leave such rows out with where.")));
        var value = function == "sum" ? sum : cells.Length == 0 ? (Rational?)null : sum / cells.Length;
        return value is null ? "" : value.Value.ToExactText() ?? $"≈ {value.Value.ToRoundedText()}";
    }
}

/// <summary>A table cannot be asked that. The message says why and what to do.</summary>
internal sealed class TableQueryException(string message) : Exception(message);
