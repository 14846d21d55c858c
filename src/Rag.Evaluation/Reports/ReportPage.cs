using System.Text;
using System.Xml;
using System.Xml.Linq;
using Rag.Evaluation.Answers;
using Rag.Evaluation.Results;

namespace Rag.Evaluation.Reports;

/// <summary>Compares runs in one HTML page that stands alone: no script, nothing loaded, drawings inside. Runs on the same queries of a collection are compared with the first of them.</summary>
public static class ReportPage
{
    /// <summary>Writes the page. The same runs give the same page.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="measure">The measure by which they are compared, one that all have. Default nDCG@10.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="ArgumentException">There is no run, or one lacks the measure.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<RunResult> runs, string measure = "ndcg_cut_10", CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        await File.WriteAllTextAsync(path, Of(runs, measure, cancellationToken), cancellationToken);
    }

    /// <summary>The page as text; see <see cref="WriteAsync"/>.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="measure">The measure by which they are compared, one that all have. Default nDCG@10.</param>
    /// <param name="cancellationToken">Stops between runs.</param>
    /// <exception cref="ArgumentException">There is no run, or one lacks the measure.</exception>
    public static string Of(IReadOnlyList<RunResult> runs, string measure = "ndcg_cut_10", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count, nameof(runs));
        if (runs.FirstOrDefault(r => !r.Means.ContainsKey(measure)) is { } lacking)
        {
            throw new ArgumentException($"The run '{lacking.Name}' has no measure '{measure}'. Its measures: {string.Join(", ", lacking.Means.Keys)}.", nameof(measure));
        }

        var groups = RunGroup.Of(runs);
        var page = Html.Of("html", ("lang", "en"),
            Html.Of("head",
                Html.Of("meta", ("charset", "utf-8")),
                Html.Of("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'")),
                Html.Of("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                Html.Of("title", Html.Text($"Runs compared: {string.Join(", ", groups.Select(g => g.Collection).Distinct())}")),
                Html.Of("style", ReportStyle.Css)),
            Html.Of("body",
                Html.Of("h1", "Runs compared"),
                Html.Of("p", ("class", "soft"), Summary(groups, measure)),
                groups.SelectMany(g => Section(g, measure, cancellationToken)),
                Html.Of("footer", Notes(groups, measure))));
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new() { OmitXmlDeclaration = true, Indent = false }))
        {
            page.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }

    private static List<XElement> Section(RunGroup group, string measure, CancellationToken cancellationToken)
    {
        List<XElement> section = [Html.Of("h2", Html.Data(group.Collection), Html.Text($" · {Count(group.Queries, "query", "queries")}")), Html.Of("h3", "Means"), ReportTables.Means(group)];
        var figures = ((XElement?[])[Figure("Precision at recall", RecallPlot.Of(group.Runs)), Figure("Quality and time", CostPlot.Of(group.Runs, measure, RunGroup.Label(measure)))]).OfType<XElement>().ToArray();
        if (figures.Length > 0)
        {
            section.Add(Html.Of("div", ("class", "pair"), figures));
        }

        XElement[] calibrations = [.. group.Runs.Select(Calibrated).OfType<XElement>()];
        if (calibrations.Length > 0)
        {
            section.Add(Html.Of("div", ("class", "pair"), calibrations));
        }

        if (ReportTables.Settings(group) is { } settings)
        {
            section.AddRange([Html.Of("h3", "Made with"), settings]);
        }

        if (group.Runs.Count > 1 && group.Runs.All(r => r.Values(measure).Count > 1))
        {
            section.AddRange(Comparisons(group, measure, cancellationToken));
        }

        return section;
    }

    private static IEnumerable<XElement> Comparisons(RunGroup group, string measure, CancellationToken cancellationToken)
    {
        var baseline = group.Runs[0];
        List<RunComparison> comparisons = [];
        foreach (var run in group.Runs.Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            comparisons.Add(RunComparison.Of(baseline, run, measure));
        }

        return
        [
            Html.Of("h3", Html.Text($"{RunGroup.Label(measure)} against "), Html.Data(baseline.Name)),
            ReportTables.Comparisons(comparisons, measure),
            .. comparisons.SelectMany(c => (XElement[])
            [
                Html.Of("h3", Html.Data(c.Run.Name), " against ", Html.Data(baseline.Name), ", query by query"),
                .. c.Won + c.Lost == 0
                    ? [Html.Of("p", "No query differs.")]
                    : (XElement[])[DifferencePlot.Of(c, RunGroup.Label(measure)), Html.Of("div", ("class", "pair"), ReportTables.ExtremesOf(c, measure))],
            ]),
        ];
    }

    private static XElement? Calibrated(RunResult run, int index)
    {
        (double Confidence, bool IsRight)[] answers = [.. run.Queries.Where(q => q is { Confidence: not null, IsRight: not null }).Select(q => (q.Confidence!.Value, q.IsRight!.Value))];
        if (answers.Length == 0)
        {
            return null;
        }

        var calibration = Calibration.Of(answers);
        var auroc = Abstention.Of([.. answers.Select(a => new JudgedSilence(a.IsRight, false, a.Confidence))]).Auroc;
        return Html.Of(
            "figure",
            Html.Of("figcaption", "Calibration of ", Html.Data(run.Name), Html.Text($": error {Html.Number(calibration.Error)}, AUROC {(auroc is { } area ? Html.Number(area) : "–")}")),
            CalibrationPlot.Picture(calibration, Svg.Colour(index)));
    }

    private static XElement? Figure(string caption, XElement? plot) => plot is null ? null : Html.Of("figure", Html.Of("figcaption", caption), plot);

    private static string Summary(IReadOnlyList<RunGroup> groups, string measure) => Html.Text(
        $"{Count(groups.Sum(g => g.Runs.Count), "run", "runs")} on {Count(groups.Count, "set of queries", "sets of queries")}. The first run of each set is the baseline, {(RunGroup.Label(measure) is var label && label != measure ? $"{label} ({measure})" : measure)} the measure of comparisons.");

    private static IEnumerable<XElement> Notes(IReadOnlyList<RunGroup> groups, string measure)
    {
        yield return Html.Of("p", "Small numbers under a mean, and the intervals of differences, are 95 % percentile bootstrap intervals over queries (10,000 samples, seed 1). They say how much the number would move with other queries like these.");
        yield return Html.Of("p", Html.Text($"p is the probability of a difference at least as large if there were none, by Student's paired t-test and by Fisher's randomisation test (exact up to 16 queries, else 100,000 samples, seed 1). A run is called better or worse where the second is below {RunComparison.Level:.00}."));
        if (groups.Max(g => g.Runs.Count) - 1 is > 1 and var comparisons)
        {
            yield return Html.Of("p", Html.Text($"Each p stands for its own comparison. Of {comparisons} comparisons one is easily small by chance; to be as sure of all of them together, ask for p below {RunComparison.Level / comparisons:.####} (Bonferroni)."));
        }

        if (groups.SelectMany(g => g.Runs).SelectMany(r => r.Queries).Any(q => q.IsRight is not null))
        {
            yield return Html.Of("p", "Measures of answers are means over the questions that they say something about; docs/reference/evaluation.md defines each. Calibration error is the mean distance between confidence and share of right answers, by tenths of confidence; AUROC is how probable it is that a right answer is surer than a wrong one.");
        }

        yield return Html.Of("p", Html.Text($"Measures with names of trec_eval are its own. In the drawing of differences each bar is a query: up, the run is better by {RunGroup.Label(measure)}; down, worse."));
    }

    private static string Count(int count, string one, string many) => Html.Text($"{count} {(count == 1 ? one : many)}");
}
