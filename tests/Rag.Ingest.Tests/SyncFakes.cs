using Microsoft.Extensions.AI;
using Rag.Ingest.Reading;

namespace Rag.Ingest.Tests;

/// <summary>Embeds a text as its length and one.</summary>
internal sealed class LengthEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    public List<int> Batches { get; } = [];

    public List<string> Texts { get; } = [];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        Batches.Add(texts.Length);
        Texts.AddRange(texts);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(t => new Embedding<float>(new float[] { t.Length, 1 }))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

/// <summary>Keeps every report.</summary>
internal sealed class ListProgress(Action<SyncProgress>? then = null) : IProgress<SyncProgress>
{
    public List<SyncProgress> Reports { get; } = [];

    public void Report(SyncProgress value)
    {
        Reports.Add(value);
        then?.Invoke(value);
    }
}

/// <summary>Reads anything as the same words, with warnings.</summary>
internal sealed class WarningReader(params string[] warnings) : IDocumentReader
{
    public IReadOnlyCollection<string> MediaTypes { get; } = ["text/plain"];

    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Document(documentId, documentId, "words", [new(BlockKind.Paragraph, new(0, 5))]) { Warnings = warnings });
}
