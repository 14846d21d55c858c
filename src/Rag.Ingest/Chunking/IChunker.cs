namespace Rag.Ingest.Chunking;

/// <summary>Cuts a document into passages. Pure: the same document gives the same chunks with the same ids. Safe for concurrent use.</summary>
/// <remarks><c>ChunkerContract</c> in Rag.Testing checks: no chunk is blank, <c>document.Text[chunk.Span] == chunk.Text</c>, starts ascend, every word of the document is in some chunk.</remarks>
public interface IChunker
{
    /// <summary>Names the method and its settings; documents are ingested again when it changes.</summary>
    string Name { get; }

    /// <summary>The chunks of <paramref name="document"/> in reading order; none for a blank document. Linear in the length of its text.</summary>
    IReadOnlyList<Chunk> Split(Document document);
}
