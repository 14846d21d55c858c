using System.Diagnostics;
using Rag.Llama.Engine;
using Rag.Testing.Gguf;

namespace Rag.Llama.Tests.Embeddings;

public sealed class VectorTelemetryTests
{
    [Fact]
    public async Task Call_is_a_span_by_the_conventions()
    {
        using var spans = new Spans("embeddings vectors-spans");
        using var model = await TestModels.LoadAsync(TestModels.Write("vectors-spans.gguf", p => TinyModels.SaveEmbedding(p)));
        using var generator = new LlamaEmbeddingGenerator(model, Vectors.Options);

        await generator.GenerateAsync(["the cat", "dog"], new() { Dimensions = 8 });

        var span = Assert.Single(spans.Ended);
        Assert.Equal("embeddings", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("vectors-spans", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal("llama.cpp", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal(7, span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(8, span.GetTagItem("gen_ai.embeddings.dimension.count"));
        Assert.Null(span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Failed_call_has_the_errors_type()
    {
        using var spans = new Spans("rerank rerank-spans");
        using var model = await TestModels.LoadAsync(TestModels.Write("rerank-spans.gguf", p => TinyModels.SaveReranker(p)));
        var reranker = new LlamaReranker(model, Rerankers.Options);
        reranker.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reranker.ScoreAsync("cat", ["dog"]));

        var span = Assert.Single(spans.Ended);
        Assert.Equal(("System.ObjectDisposedException", ActivityStatusCode.Error), (span.GetTagItem("error.type"), span.Status));
    }

    /// <summary>Keeps the ended spans of a name.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;

        public Spans(string name)
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name == Telemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    if (span.DisplayName == name)
                    {
                        Ended.Add(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> Ended { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
