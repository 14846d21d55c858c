using System.Runtime.CompilerServices;
using Rag.Ingest.Reading;

namespace Rag.Ingest.Sources;

/// <summary>One document from a stream, such as standard input, under a name. Can be found once.</summary>
/// <remarks>The name is the document's id; its path is <c>stdin:NAME</c>. What kind of document it is, is told by its content and by the name's extension. An empty stream is a failure.</remarks>
public sealed class StreamSource : IDocumentSource
{
    private readonly Stream _stream;

    /// <param name="stream">The bytes; read to the end, not disposed.</param>
    /// <param name="name">The id of the document, such as <c>notes.md</c> or <c>mail/today.eml</c>.</param>
    /// <exception cref="ArgumentException">The name is empty, or holds what cannot stand in an id.</exception>
    public StreamSource(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        _stream = new EntryNames().Add(name, "") == name && name.Length > 0 && !name.Contains("://", StringComparison.Ordinal)
            ? stream
            : throw new ArgumentException($"'{name}' cannot be the name of a document. Write one such as notes.md or mail/today.eml, without '..', drive letters or control characters.", nameof(name));
        Name = name;
    }

    /// <summary>The id of the document.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> FindAsync(SyncContext sync, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // it is read when its turn comes
        yield return new SourceItem.Found(Name, $"stdin:{Name}", async (limits, token) => await SourceBytes.ReadAllAsync(_stream, Name, limits, token)) { IsNamed = true };
    }
}
