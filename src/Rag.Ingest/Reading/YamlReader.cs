using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Reading;

/// <summary>Reads YAML as it stands, divided at its keys; lines are those of the file.</summary>
/// <remarks>
/// <see cref="Block.Context"/> is the path of the keys that enclose a block, such as <c>jobs &gt; build &gt; steps</c>. Nesting is told by indentation; anchors, aliases and tags are text like any other and never resolved,
/// so that nothing expands. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class YamlReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly OutlinedText _text = new(limits, "application/yaml");

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/yaml"];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        _text.ReadAsync(source, documentId, text => IndentedOutline.Of(text, CodeSyntax.Yaml, cancellationToken), cancellationToken);
}
