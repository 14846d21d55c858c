using System.Collections.Concurrent;

namespace Rag.Indexing;

/// <summary>A document whose words have been counted, ready to be added to a <see cref="KeywordIndex"/> of the same model.</summary>
public sealed class IndexedDocument
{
    internal IndexedDocument(KeywordModel model, Segment segment)
    {
        Model = model;
        Segment = segment;
    }

    /// <summary>The model that analysed it.</summary>
    public KeywordModel Model { get; }

    /// <summary>Pairs of a term and a chunk that holds it; what memory and saving cost.</summary>
    public int PostingCount => Segment.PostingChunks.Length;

    internal Segment Segment { get; }
}

/// <summary>Counts the words of documents: the costly half of indexing, which needs no lock. Safe for concurrent use.</summary>
/// <param name="model">How words are found.</param>
public sealed class DocumentIndexer(KeywordModel model)
{
    private readonly ConcurrentBag<SegmentBuilder> _idle = [];

    /// <summary>Analyses the chunks of one document, each with its title and context, in the document's language.</summary>
    /// <param name="documentId">Id of the document; with a chunk's number it gives the chunk id by which ties break.</param>
    /// <param name="language">Two-letter language, or <see langword="null"/> when not known.</param>
    /// <param name="chunks">The chunks in reading order.</param>
    public IndexedDocument Index(string documentId, string? language, IReadOnlyList<Chunk> chunks)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        ArgumentNullException.ThrowIfNull(chunks);
        var builder = _idle.TryTake(out var idle) ? idle : new(model);
        var segment = builder.Build(documentId, language, chunks);
        _idle.Add(builder);
        return new(model, segment);
    }
}
