using System.Collections.ObjectModel;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Rag.Ingest.Reading;

/// <summary>Reads Markdown (CommonMark with the usual extensions, as GitHub and DocFX write it) into plain text; lines are those of the source file.</summary>
/// <remarks>
/// Markup is dropped: links keep their text, images their alternative text, emphasis and HTML tags vanish, code stands verbatim, soft line breaks become
/// a space, list items keep a bullet or their number, tables become pipe rows, a GitHub alert becomes a paragraph that begins with its kind ("Note: ").
/// Footnotes stand where they are defined; marks that refer to them vanish. Of DocFX, includes and directives (<c>[!code-csharp[..](..)]</c>, <c>:::</c> lines)
/// name other files and vanish; an xref link without text becomes the last part of its name. The title is the front matter's <c>title</c>, else the
/// first heading of level 1. Encodings as in <see cref="PlainTextReader"/>.
/// A paragraph or cell with more than 1,000 delimiters is kept as it stands, for parsing its inlines takes quadratic time;
/// one of more than 500 lines becomes several. The lines of a grid table's row
/// are given as the first of them, since its cells stand side by side. Nesting beyond <see cref="ReaderLimits.MaxDepth"/>, or beyond Markdig's own limit of
/// 128 syntax levels (a list item takes two), is refused. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed class MarkdownReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["text/markdown"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var text = TextEncodings.Decode(bytes.Span, documentId).Replace("\0", "", StringComparison.Ordinal);
        return Read(text, documentId, cancellationToken);
    }

    private Document Read(string text, string documentId, CancellationToken cancellationToken)
    {
        var syntax = Parse(text, documentId, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        new MarkdownBlocks(builder, new(builder, text)).AddAll(syntax);
        var front = syntax.Count > 0 ? syntax[0] as YamlFrontMatterBlock : null;
        var title = front is null ? null : FrontMatter.Title(front.Lines);
        var document = builder.ToDocument(title, MediaTypes.First()) with { Metadata = front is null ? ReadOnlyDictionary<string, string>.Empty : FrontMatter.Dates(front.Lines) };
        return title is null && document.Blocks.FirstOrDefault(b => b is { Kind: BlockKind.Heading, Level: 1 }) is { } heading
            ? document with { Title = TextCleaning.OneLine(heading.Span.Of(document.Text)) }
            : document;
    }

    private MarkdownDocument Parse(string text, string documentId, CancellationToken cancellationToken)
    {
        try
        {
            return Markdig.Markdown.Parse(text, MarkdownSyntax.Pipeline, new MarkdownGuard.Context(_limits.MaxDepth, cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Markdig says "depth limit exceeded" by an ArgumentException; whatever else it may trip over is the source's fault as well
            throw new DocumentFormatException(documentId, $"its Markdown cannot be parsed ({e.Message.TrimEnd('.')}). Simplify it, or read it as text/plain.", e);
        }
    }
}
