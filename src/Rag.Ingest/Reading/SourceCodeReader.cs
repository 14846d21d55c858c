using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Reading;

/// <summary>Reads source code as it stands, divided at its declarations; lines are those of the file.</summary>
/// <remarks>
/// A block is a declaration with the comments and attributes above it, or a few lines that stand alone; <see cref="Block.Context"/> names the namespaces, types and functions around it.
/// What encloses what is told by indentation, as good style writes it, and nothing is cut inside a string or comment. The language is told by the extension of the id: those of C, C#, Java, Kotlin, Swift,
/// Rust, JavaScript, TypeScript, Go, PHP, CSS, Python, Ruby, shell, SQL, TOML and their relatives; the code of others is divided at blank lines. Encodings as in <see cref="PlainTextReader"/>. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class SourceCodeReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly OutlinedText _text = new(limits, Reading.MediaTypes.SourceCode);

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = [Reading.MediaTypes.SourceCode];

    /// <inheritdoc/>
    public Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default) =>
        _text.ReadAsync(source, documentId, text => CodeSyntax.Of(documentId ?? "") is { } syntax ? IndentedOutline.Of(text, syntax, cancellationToken) : OutlinedText.Paragraphs(text), cancellationToken);
}
