using System.Net;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Rag.Ingest.Reading.Html;
using Rag.Ingest.Reading.Outlines;

namespace Rag.Ingest.Reading;

/// <summary>Reads feeds (RSS 0.9 to 2.0, Atom): each item is a heading with its date, its authors and its content; lines are those of the file.</summary>
/// <remarks>
/// The content is read as HTML: the whole of it where the feed has it, else its summary. Links, categories and pictures are left out; nothing is fetched, no document type is processed and no entity expanded.
/// The feed's own title is the document's. What is not well formed is refused. Safe for concurrent use.
/// </remarks>
/// <param name="limits">Bounds of the source; default <see cref="ReaderLimits.Default"/>.</param>
public sealed partial class FeedReader(ReaderLimits? limits = null) : IDocumentReader
{
    private readonly ReaderLimits _limits = limits ?? ReaderLimits.Default;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> MediaTypes { get; } = ["application/rss+xml", "application/atom+xml"];

    /// <inheritdoc/>
    public async Task<Document> ReadAsync(Stream source, string documentId, CancellationToken cancellationToken = default)
    {
        var bytes = await SourceBytes.ReadAllAsync(source, documentId, _limits, cancellationToken);
        var builder = new DocumentBuilder(documentId, _limits, cancellationToken);
        var text = TextEncodings.Decode(bytes.Span, documentId);
        try
        {
            CheckDepth(text, documentId, cancellationToken);
            using var reader = XmlReader.Create(new StringReader(text), XmlOutline.Settings);
            return Read(reader, builder, documentId, cancellationToken);
        }
        catch (XmlException e)
        {
            throw new DocumentFormatException(documentId, $"it is not well-formed XML ({e.Message.TrimEnd('.')}). Correct it, or read it as application/xml.", e);
        }
    }

    // before any tree is built, which takes time that grows with the square of its depth
    private void CheckDepth(string text, string documentId, CancellationToken cancellationToken)
    {
        using var reader = XmlReader.Create(new StringReader(text), XmlOutline.Settings);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Depth >= _limits.MaxDepth)
            {
                throw new DocumentFormatException(documentId, $"its elements are nested deeper than {_limits.MaxDepth} levels. Simplify it, or raise ReaderLimits.MaxDepth.");
            }
        }
    }

    private Document Read(XmlReader reader, DocumentBuilder builder, string documentId, CancellationToken cancellationToken)
    {
        string? title = null;
        var isAtom = false;
        reader.Read();
        while (!reader.EOF)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = ((IXmlLineInfo)reader).LineNumber;
            switch (reader.NodeType == XmlNodeType.Element ? reader.LocalName : "")
            {
                case "item" or "entry":
                    builder.StartLine(line);
                    Item(Element(reader), builder, documentId, cancellationToken);
                    break;
                case "title" when title is null:
                    builder.StartLine(line);
                    title = Plain(Element(reader));
                    builder.Add(BlockKind.Heading, title, 1);
                    break;
                case "description" or "subtitle" when reader.Depth <= 2:
                    builder.StartLine(line);
                    Content(Element(reader), builder, documentId, 1, cancellationToken);
                    break;
                case "image" or "textInput" or "author":
                    reader.Skip();
                    break;
                default:
                    isAtom |= reader is { NodeType: XmlNodeType.Element, LocalName: "feed" };
                    reader.Read();
                    break;
            }
        }

        return builder.ToDocument(title, isAtom ? MediaTypes.Last() : MediaTypes.First());
    }

    private void Item(XElement item, DocumentBuilder builder, string documentId, CancellationToken cancellationToken)
    {
        builder.Add(BlockKind.Heading, Plain(Child(item, "title")), 2);
        var authors = item.Elements().Where(child => child.Name.LocalName is "creator" or "author").Select(author => Plain(Child(author, "name") ?? author));
        var about = new[] { Plain(Child(item, "pubDate", "published", "date", "updated")) }.Concat(authors).Where(part => part.Length > 0);
        builder.Add(BlockKind.Paragraph, string.Join(", ", about));
        if ((Child(item, "encoded", "content", "description", "summary") ?? Child(Child(item, "group"), "description")) is { } content)
        {
            Content(content, builder, documentId, 2, cancellationToken);
        }
    }

    private void Content(XElement content, DocumentBuilder builder, string documentId, int levels, CancellationToken cancellationToken)
    {
        var html = content.HasElements ? string.Concat(content.Nodes()) : content.Value;
        using var page = HtmlPage.Parse(html, documentId, _limits, cancellationToken);
        var part = new DocumentBuilder(documentId, _limits, cancellationToken);
        if (page.Body is { } body)
        {
            new BlockWriter(part, new HashSet<AngleSharp.Dom.IElement>()).Write(body);
        }

        builder.AddAll(part.ToDocument(null, "text/html"), levels);
    }

    private static XElement Element(XmlReader reader) => (XElement)XNode.ReadFrom(reader);

    private static XElement? Child(XElement? parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent?.Elements().FirstOrDefault(child => child.Name.LocalName == name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // titles may hold HTML, once more escaped
    private static string Plain(XElement? element) => element is null ? "" : TextCleaning.OneLine(WebUtility.HtmlDecode(Tag().Replace(element.Value, "")));

    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>")]
    private static partial Regex Tag();
}
