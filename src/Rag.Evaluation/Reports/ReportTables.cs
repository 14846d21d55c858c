using System.Xml.Linq;
using Rag.Evaluation.Results;
using Rag.Evaluation.Statistics;

namespace Rag.Evaluation.Reports;

/// <summary>The tables of the page.</summary>
internal static class ReportTables
{
    // Enough to see what the queries have in common, few enough to read them.
    private const int Extremes = 5;
    private const int MaxQuery = 200;

    /// <summary>Every run by every measure, with intervals.</summary>
    public static XElement Means(RunGroup group) => Table(
        null,
        ["run", .. group.Measures.Select(RunGroup.Label)],
        group.Runs.Select((run, i) => Html.Of("tr", Name(run, i), group.Measures.Select(m => Mean(run, m, group)))));

    /// <summary>What every run was made with; <see langword="null"/> where none says.</summary>
    public static XElement? Settings(RunGroup group)
    {
        string[] names = [.. group.Runs.SelectMany(r => r.Settings.Keys).Distinct(StringComparer.Ordinal)];
        return names.Length == 0 ? null : Table(
            null,
            ["run", .. names, "version"],
            group.Runs.Select((run, i) => Html.Of("tr", Name(run, i), names.Select(n => Html.Of("td", Html.Data(run.Settings.GetValueOrDefault(n, "")))), Html.Of("td", Html.Data(run.Version ?? "")))));
    }

    /// <summary>Every other run against the first.</summary>
    public static XElement Comparisons(IReadOnlyList<RunComparison> comparisons, string measure)
    {
        var reach = Math.Max(comparisons.Max(c => Math.Max(Math.Abs(c.Interval.Low), Math.Abs(c.Interval.High))), 1e-6);
        return Table(
            null,
            ["run", RunGroup.Label(measure), "difference", "", "t-test p", "randomisation p", "won / tied / lost", ""],
            comparisons.Select((c, i) => Html.Of("tr",
                Name(c.Run, i + 1),
                Cell(Html.Number(c.Run.Means[measure])),
                Html.Of("td", Html.Of("span", Html.Signed(c.Interval.Mean)), Range($"{Html.Signed(c.Interval.Low)} to {Html.Signed(c.Interval.High)}")),
                Html.Of("td", IntervalPlot.Of(c, reach)),
                Cell(Html.Probability(c.TTest.P)),
                Cell(Html.Probability(c.RandomisationP)),
                Cell(Html.Text($"{c.Won} / {c.Tied} / {c.Lost}")),
                Verdict(c))));
    }

    /// <summary>The queries that gained most and those that lost most.</summary>
    public static IEnumerable<XElement?> ExtremesOf(RunComparison comparison, string measure)
    {
        var places = Enumerable.Range(0, comparison.Differences.Count).ToArray();
        return
        [
            Queries("Gained most", places.Where(i => comparison.Differences[i] > 0).OrderByDescending(i => comparison.Differences[i])),
            Queries("Lost most", places.Where(i => comparison.Differences[i] < 0).OrderBy(i => comparison.Differences[i])),
        ];

        XElement? Queries(string caption, IEnumerable<int> queries) => !queries.Any() ? null : Table(
            caption,
            ["query", "before", "after"],
            queries.Take(Extremes).Select(i => Html.Of("tr",
                Html.Of("td", ("class", "text"), Html.Data(TextOf(comparison.Run.Queries[i], comparison.Baseline.Queries[i]))),
                Cell(Html.Number(comparison.Baseline.Queries[i].Values[measure])),
                Cell(Html.Number(comparison.Run.Queries[i].Values[measure])))));
    }

    private static string TextOf(QueryResult query, QueryResult other) =>
        (query.Text.Length > 0 ? query.Text : other.Text) is { Length: > 0 } text ? $"{query.Id}: {Html.Shortened(text, MaxQuery)}" : query.Id;

    private static XElement Mean(RunResult run, string measure, RunGroup group)
    {
        var interval = BootstrapInterval.OfMean(run.Values(measure));
        var isBest = group.Runs.Count > 1 && run.Means[measure] == (RunResult.IsLowerBetter(measure) ? group.Runs.Min(r => r.Means[measure]) : group.Runs.Max(r => r.Means[measure]));
        return Html.Of("td",
            Html.Of("span", ("class", isBest ? "best" : ""), Html.Number(interval.Mean)),
            Range($"{Html.Number(interval.Low)} – {Html.Number(interval.High)}"));
    }

    private static XElement Range(string text) => Html.Of("span", ("class", "range"), text);

    private static XElement Name(RunResult run, int index) =>
        Html.Of("td", ("class", "name"), Html.Of("span", ("class", $"key {Svg.Colour(index)}"), ""), Html.Data(run.Name));

    private static XElement Verdict(RunComparison comparison) => (comparison.IsSignificant, comparison.Interval.Mean > 0) switch
    {
        (true, true) => Html.Of("td", ("class", "verdict better"), "better"),
        (true, false) => Html.Of("td", ("class", "verdict worse"), "worse"),
        _ => Html.Of("td", ("class", "verdict soft"), "may be chance"),
    };

    private static XElement Table(string? caption, IEnumerable<string> head, IEnumerable<XElement> rows) => Html.Of("div", ("class", "wide"), Html.Of("table",
        caption is null ? null : Html.Of("caption", caption),
        Html.Of("thead", Html.Of("tr", head.Select(h => Html.Of("th", ("scope", "col"), h)))),
        Html.Of("tbody", "", rows)));

    private static XElement Cell(string text) => Html.Of("td", text);
}
