using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Rag.Evaluation.Reports;
using Rag.Evaluation.Results;
using Rag.Evaluation.Statistics;

namespace Rag.Evaluation.Tests.Reports;

public sealed class ReportPageTests
{
    private const string Hostile = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;b&gt;\0\u001b[31m\ud800\u202e<!--";

    private static readonly RunCost Cost = new(100, 100, 12, 0, 1.5, 4, 600);

    [Fact]
    public void The_page_holds_the_numbers_of_every_run()
    {
        var (a, b) = (Runs.Random("one", 1, 20), Runs.Random("two", 2, 20));

        var page = Parse(a, b);

        var means = Rows(page, 0);
        Assert.Equal(["one", "two"], means.Select(r => r[0]));
        Assert.Equal([a, b], ((RunResult[])[a, b]).Where((r, i) => means[i][1] == $"{Four(r.Means["ndcg_cut_10"])}{Interval(r)}"));
        var row = Assert.Single(Rows(page, 1));
        var comparison = RunComparison.Of(a, b, "ndcg_cut_10");
        Assert.Equal(("two", Four(b.Means["ndcg_cut_10"])), (row[0], row[1]));
        Assert.Equal(comparison.TTest.P.ToString(".0000", CultureInfo.InvariantCulture), row[4]);
        Assert.Equal(comparison.RandomisationP.ToString(".0000", CultureInfo.InvariantCulture), row[5]);
        Assert.Equal($"{comparison.Won} / {comparison.Tied} / {comparison.Lost}", row[6]);
    }

    [Fact]
    public void Queries_that_differ_most_are_listed_by_what_they_gained_and_lost()
    {
        var page = Parse(Runs.Of("a", .5, .5, .5, .5, .5, .5, .5, .5), Runs.Of("b", .6, .1, .9, .5, .7, .65, .8, .55));

        Assert.Equal(["q002: question 2", "q006: question 6", "q004: question 4", "q005: question 5", "q000: question 0"], Rows(page, 2).Select(r => r[0]));
        Assert.Equal(["q001: question 1"], Rows(page, 3).Select(r => r[0]));
    }

    [Fact]
    public void A_bar_stands_for_each_query_that_differs()
    {
        var page = Parse(Runs.Of("a", .5, .5, .5, .5), Runs.Of("b", .6, .1, .9, .5));

        Assert.Equal(2, page.QuerySelector("path.won")!.GetAttribute("d")!.Count(c => c == 'M'));
        Assert.Equal(1, page.QuerySelector("path.lost")!.GetAttribute("d")!.Count(c => c == 'M'));
    }

    [Theory]
    [InlineData(new[] { .5, .5, .5, .5, .5, .5 }, new[] { .7, .8, .6, .9, .7, .8 }, "better")]
    [InlineData(new[] { .7, .8, .6, .9, .7, .8 }, new[] { .5, .5, .5, .5, .5, .5 }, "worse")]
    [InlineData(new[] { .5, .5, .5, .5, .5, .5 }, new[] { .7, .3, .6, .4, .5, .5 }, "may be chance")]
    [InlineData(new[] { .5, .5 }, new[] { .5, .5 }, "may be chance")]
    public void A_run_is_called_better_only_where_chance_is_unlikely(double[] first, double[] second, string verdict) =>
        Assert.Equal(verdict, Parse(Runs.Of("a", first), Runs.Of("b", second)).QuerySelector(".verdict")!.TextContent);

    [Fact]
    public void Nothing_from_data_becomes_markup_and_nothing_is_loaded()
    {
        RunResult[] runs = [.. Enumerable.Range(1, 3).Select(seed => Runs.Random(Hostile, seed, 5)).Select((r, i) => r with
        {
            Name = $"{Hostile}{i}",
            Collection = Hostile,
            Cost = Cost,
            PrecisionAtRecall = [.. Enumerable.Repeat(0.5, 11)],
            Queries = [.. r.Queries.Select(q => q with { Id = $"{Hostile}{q.Id}", Text = Hostile })],
        })];

        var text = ReportPage.Of(runs);
        var page = new HtmlParser(new() { IsStrictMode = false }).ParseDocument(text);

        Assert.Empty(page.QuerySelectorAll("script, img, link, iframe, object, embed, form, a, base, [onerror], [onload], [href], [src], [style]"));
        Assert.DoesNotContain("url(", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.Empty(page.Descendants<IComment>());
        Assert.Equal(2, page.Head!.Children.Count(c => c.LocalName is "style" or "title"));
        var shown = Hostile.Replace('\0', '\ufffd').Replace('\u001b', '\ufffd').Replace('\ud800', '\ufffd');
        Assert.StartsWith(shown, page.QuerySelector("h2")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("bdi"), e => e.TextContent == $"{shown}0");
    }

    [Fact]
    public void The_page_is_the_tree_that_was_meant()
    {
        var page = Parse(Runs.Random("a", 1, 12) with { Cost = Cost, PrecisionAtRecall = [.. Enumerable.Repeat(0.5, 11)] }, Runs.Random("b", 2, 12) with { Cost = Cost });

        Assert.Equal("CSS1Compat", ((IHtmlDocument)page).CompatMode);
        Assert.All(page.QuerySelectorAll("td, th, p, h1, h2, h3, figcaption"), e => Assert.DoesNotContain(e.Children, c => c.LocalName is "table" or "p" or "td" or "tr"));
        Assert.All(page.QuerySelectorAll("table"), t => Assert.All(t.QuerySelectorAll("tbody > tr"), r => Assert.Equal(t.QuerySelectorAll("thead th").Length, r.Children.Length)));
        Assert.All(page.QuerySelectorAll("svg"), s => Assert.NotEmpty(s.GetAttribute("aria-label")!));
        Assert.Equal(["Precision at recall", "Quality and time"], page.QuerySelectorAll("figcaption").Select(c => c.TextContent));
    }

    [Fact]
    public void Drawings_stay_inside_their_frame_and_have_numbers_only()
    {
        var page = Parse([.. Enumerable.Range(0, 12).Select(i => Runs.Random($"run {i}", i, 10) with { Cost = Cost with { QueryMsP50 = Math.Pow(10, i - 6) }, PrecisionAtRecall = [.. Enumerable.Range(0, 11).Select(p => 1 - (p / 10.0))] })]);

        Assert.All(page.QuerySelectorAll("svg"), svg =>
        {
            double[] frame = [.. svg.GetAttribute("viewBox")!.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            Assert.All(svg.QuerySelectorAll("circle"), c => Assert.True(Inside(c, "cx", frame[2]) && Inside(c, "cy", frame[3])));
            Assert.All(svg.QuerySelectorAll("line"), l => Assert.True(Inside(l, "x1", frame[2]) && Inside(l, "x2", frame[2]) && Inside(l, "y1", frame[3]) && Inside(l, "y2", frame[3])));
            Assert.All(svg.QuerySelectorAll("path"), p => Assert.DoesNotContain("N", p.GetAttribute("d")!, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Runs_on_different_queries_stand_apart()
    {
        var other = Runs.Random("third", 3, 9);

        var page = Parse(Runs.Random("a", 1, 8), other, Runs.Random("b", 2, 8), other with { Collection = "d", Name = "fourth" });

        Assert.Equal(["c · 8 queries", "c · 9 queries", "d · 9 queries"], page.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.Equal(["b"], page.QuerySelectorAll(".verdict").Select(v => v.ParentElement!.Children[0].TextContent));
    }

    [Fact]
    public void One_run_or_one_query_is_shown_without_comparison()
    {
        Assert.Null(Parse(Runs.Random("a", 1, 8)).QuerySelector(".verdict"));
        Assert.Null(Parse(Runs.Of("a", .1), Runs.Of("b", .2)).QuerySelector(".verdict"));
    }

    [Fact]
    public void A_measure_that_a_run_lacks_is_refused() =>
        Assert.Contains("has no measure 'P_30'. Its measures: ndcg_cut_10, map.", Assert.Throws<ArgumentException>(() => ReportPage.Of([Runs.Random("a", 1, 8)], "P_30")).Message, StringComparison.Ordinal);

    [Fact]
    public void Equal_runs_give_equal_pages() => Assert.Equal(ReportPage.Of([Runs.Random("a", 1, 12), Runs.Random("b", 2, 12)]), ReportPage.Of([Runs.Random("a", 1, 12), Runs.Random("b", 2, 12)]));

    private static IDocument Parse(params RunResult[] runs) => new HtmlParser(new() { IsStrictMode = false }).ParseDocument(ReportPage.Of(runs));

    private static List<string[]> Rows(IDocument page, int table) => [.. page.QuerySelectorAll("table")[table].QuerySelectorAll("tbody > tr").Select(r => r.Children.Select(c => c.TextContent).ToArray())];

    private static string Interval(RunResult run) => BootstrapInterval.OfMean(run.Values("ndcg_cut_10")) is var i ? $"{Four(i.Low)} – {Four(i.High)}" : "";

    private static string Four(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static bool Inside(IElement element, string name, double length) =>
        double.Parse(element.GetAttribute(name)!, CultureInfo.InvariantCulture) is var place && place >= 0 && place <= length;
}
