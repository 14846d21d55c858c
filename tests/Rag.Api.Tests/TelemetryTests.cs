using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rag.Api.Tests.Jobs;
using Rag.Retrieval;
using Rag.Testing;

namespace Rag.Api.Tests;

/// <summary>What a listener is told of requests. Other tests run beside these ones, so spans are told apart by the trace of the test's own request.</summary>
public sealed class TelemetryTests
{
    private const string Secret = "zanzibar";

    [Fact]
    public async Task Question_has_spans_for_retrieval_and_check_below_it_and_holds_no_word_of_it()
    {
        await using var server = await ApiServer.StartAsync();
        using var trace = new Trace();

        var (status, _) = await server.PostAsync("/api/ask", new { question = $"Who founded the archive, {Secret}?", session = Secret, filter = "document = 'guides/archive.md'" });

        Assert.Equal(HttpStatusCode.OK, status);
        var answer = trace.Span("rag.answer");
        Assert.Equal([answer.SpanId, answer.SpanId], [trace.Span("rag.retrieve").ParentSpanId, trace.Span("rag.verify").ParentSpanId]);
        Assert.Equal("gen_ai.usage.input_tokens=0 gen_ai.usage.output_tokens=0 rag.citations=1 rag.outcome=answered rag.passages=1 rag.sentences=1 rag.sentences.unsupported=0", Tags(answer));
        Assert.Equal("rag.filtered=True rag.passages=1 rag.top=8", Tags(trace.Span("rag.retrieve")));
        Assert.Equal("rag.sentences=1 rag.sentences.unsupported=0", Tags(trace.Span("rag.verify")));
        Assert.DoesNotContain(Secret, trace.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("founded", trace.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Streamed_question_and_search_have_the_same_spans()
    {
        await using var server = await ApiServer.StartAsync();
        using var trace = new Trace();

        await server.EventsAsync("/api/ask", new { question = "Who founded the archive?", stream = true });
        await server.PostAsync("/api/search", new { query = "archive" });

        Assert.Equal(["rag.answer", "rag.retrieve", "rag.retrieve", "rag.verify"], trace.Spans.Select(s => s.OperationName).Order());
        Assert.Equal(trace.Span("rag.answer").SpanId, trace.Span("rag.verify").ParentSpanId);
    }

    [Fact]
    public async Task Agent_has_its_tools_below_it_and_their_searches_below_them()
    {
        using var model = TurnScript.Saying($"Thought: {Secret}.\nAction: Search[archive]", $"Action: Finish[Ada Crane]");
        await using var server = await ApiServer.StartAsync(client: model);
        using var trace = new Trace();

        await server.PostAsync("/api/agents", new { task = $"Who founded the archive? {Secret}" });

        var (agent, tool) = (trace.Span("invoke_agent react"), trace.Span("execute_tool Search"));
        Assert.Equal([agent.SpanId, tool.SpanId], [tool.ParentSpanId, trace.Spans.First(s => s.OperationName == "rag.retrieve").ParentSpanId]);
        Assert.Equal("gen_ai.agent.name=react gen_ai.operation.name=invoke_agent", Tags(agent));
        Assert.StartsWith("gen_ai.operation.name=execute_tool gen_ai.tool.", Tags(tool), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, trace.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Crane", trace.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Failure_is_told_by_its_kind_and_not_in_its_words()
    {
        await using var server = await ApiServer.StartAsync(services: s => s.AddSingleton<IRetriever>(new Broken()));
        using var trace = new Trace();

        Assert.Equal(HttpStatusCode.InternalServerError, (await server.PostAsync("/api/ask", new { question = "Who?" })).Status);

        Assert.All([trace.Span("rag.retrieve"), trace.Span("rag.answer")], s => Assert.Equal((ActivityStatusCode.Error, null, typeof(InvalidOperationException).FullName), (s.Status, s.StatusDescription, s.GetTagItem("error.type"))));
        Assert.DoesNotContain(Secret, trace.Everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Jobs_abstentions_and_sentences_are_counted_without_names()
    {
        using var measured = new Measured();
        using var trace = new Trace();
        await using var server = await UploadServer.StartAsync();
        var (done, failed) = (UploadServer.JobOf(await server.UploadAsync($"{Secret}.txt", "The text is about herons.")), UploadServer.JobOf(await server.UploadAsync($"{Secret}.bin", "")));
        await server.EndAsync(done);
        await server.EndAsync(failed);
        await server.Api.PostAsync("/api/ask", new { question = $"What of {Secret}?", filter = $"document = {Secret}" }, UploadServer.Mine.Secret);
        await server.Api.PostAsync("/api/ask", new { question = "Who founded the archive?" }, UploadServer.Mine.Secret);
        await server.Api.DisposeAsync(); // a span ends after the events of its job

        Assert.Equal(["done Unset", "failed Error"], ((string[])[done, failed]).Select(id => trace.OfJob(id)).Select(s => $"{s.GetTagItem("rag.job.state")} {s.Status}"));
        Assert.Superset(
            new HashSet<string>(["rag.job.duration rag.job.state=done", "rag.job.duration rag.job.state=failed", "rag.answer.duration rag.outcome=abstained", "rag.answer.duration rag.outcome=answered", "rag.answer.sentences rag.supported=True", "rag.retrieval.duration rag.outcome=nothing", "rag.tokens gen_ai.token.type=input"]),
            measured.Lines.ToHashSet());
        Assert.DoesNotContain(Secret, string.Join('\n', measured.Lines.Concat(trace.All.Select(Whole))), StringComparison.OrdinalIgnoreCase);
    }

    private static string Tags(Activity span) => string.Join(' ', span.TagObjects.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"));

    private static string Whole(Activity span) => $"{span.OperationName} {span.DisplayName} {Tags(span)} {span.StatusDescription} {string.Join(' ', span.Events.SelectMany(e => e.Tags).Select(t => t.Value))} {string.Join(' ', span.Baggage)}";

    /// <summary>A trace that the requests of this test belong to, and its spans.</summary>
    private sealed class Trace : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _spans = new();
        private readonly ActivityListener _listener;
        private readonly Activity _root = new("test");

        public Trace()
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name == RagTelemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _spans.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
            _root.Start();
        }

        public IEnumerable<Activity> All => _spans;

        public IEnumerable<Activity> Spans => _spans.Where(s => s.TraceId == _root.TraceId);

        public string Everything => string.Join('\n', Spans.Select(Whole));

        public Activity Span(string name) => Assert.Single(Spans, s => s.OperationName == name);

        public Activity OfJob(string id) => Assert.Single(All, s => s.GetTagItem("rag.job.id") as string == id);

        public void Dispose()
        {
            _root.Stop();
            _listener.Dispose();
        }
    }

    /// <summary>What was measured in this process, as name and tags.</summary>
    private sealed class Measured : IDisposable
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly MeterListener _listener = new();

        public Measured()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == RagTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
            _listener.Start();
        }

        public IEnumerable<string> Lines => _lines;

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _lines.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}={t.Value}")))}");
    }

    private sealed class Broken : IRetriever
    {
        public Task<IReadOnlyList<ScoredChunk>> RetrieveAsync(Query query, int top, CancellationToken cancellationToken = default) => throw new InvalidOperationException($"It holds {Secret}.");
    }
}
