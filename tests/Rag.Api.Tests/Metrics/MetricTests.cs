using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Rag.Api.Metrics;
using Rag.Api.Tests.Jobs;

namespace Rag.Api.Tests.Metrics;

public sealed partial class MetricTests
{
    [Fact]
    public async Task Metrics_are_in_the_text_format_of_Prometheus()
    {
        await using var server = await UploadServer.StartAsync();
        await server.Api.PostAsync("/api/ask", new { question = "Who founded the archive?" }, UploadServer.Mine.Secret);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Authorization = new("Bearer", UploadServer.Mine.Secret);

        var (_, text) = await server.Api.SendAsync(request);

        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        foreach (var series in (string[])["http_server_request_duration_seconds_count{", "rag_answer_duration_seconds_bucket{rag_outcome=\"answered\",le=\"0.001\"}", "rag_answer_sentences_total{rag_supported=\"true\"}", "rag_jobs_waiting 0", "rag_retrieval_duration_seconds_sum{rag_outcome=\"found\"}", "rag_tokens_total{gen_ai_token_type=\"input\"}"])
        {
            Assert.Contains($"\n{series}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Histogram_counts_all_that_is_at_most_its_bounds()
    {
        using var meter = new Meter("test");
        var series = new MetricSeries(meter.CreateHistogram("a.b", "s", "Of a test.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] }));

        foreach (var value in (double[])[0.5, 1, 1.5, 7])
        {
            series.Add(value, [new("x.y", "a\"b\\c\nd"), new("flag", true)]);
        }

        Assert.Equal("""
            # HELP a_b_seconds Of a test.
            # TYPE a_b_seconds histogram
            a_b_seconds_bucket{flag="true",x_y="a\"b\\c\nd",le="1"} 2
            a_b_seconds_bucket{flag="true",x_y="a\"b\\c\nd",le="2"} 3
            a_b_seconds_bucket{flag="true",x_y="a\"b\\c\nd",le="+Inf"} 4
            a_b_seconds_sum{flag="true",x_y="a\"b\\c\nd"} 10
            a_b_seconds_count{flag="true",x_y="a\"b\\c\nd"} 4

            """, Text(series));
    }

    [Fact]
    public void Labels_without_end_become_one_series()
    {
        using var meter = new Meter("test");
        var series = new MetricSeries(meter.CreateCounter<long>("n"));

        for (var i = 0; i < 10_000; i++)
        {
            series.Add(1, [new("i", i)]);
        }

        var lines = Text(series).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 + 501, lines.Length);
        Assert.Contains("n_total{otel_metric_overflow=\"true\"} 9500", lines);
    }

    private static string Text(MetricSeries series)
    {
        var text = new StringWriter();
        series.Write(text);
        return text.ToString();
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)*\})? [0-9.eE+-]+)$""")]
    private static partial Regex Line();
}
