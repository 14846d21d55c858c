using System.Text.RegularExpressions;
using System.Xml;

namespace Rag.Ingest.Reading.Outlines;

/// <summary>Divides XML at its elements: small ones share a piece with their neighbours, large ones are divided in turn.</summary>
internal static partial class XmlOutline
{
    private const int LongestTag = 300;

    /// <summary>How XML of others is read: no document type is processed, so no entity is expanded, and nothing is fetched.</summary>
    public static XmlReaderSettings Settings { get; } = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false };

    /// <exception cref="XmlException">It is not well formed, or is nested deeper than <paramref name="maxDepth"/>.</exception>
    public static List<Joint> Of(string text, int maxDepth, CancellationToken cancellationToken)
    {
        var elements = Elements(text, maxDepth, cancellationToken);
        var nesting = new Nesting();
        var open = new Stack<int>(); // where the large elements end that are open
        for (var i = 0; i < elements.Count;)
        {
            var (start, end) = elements[i++];
            while (open.TryPeek(out var ends) && start >= ends)
            {
                open.Pop();
                nesting.Leave();
            }

            var hasChildren = i < elements.Count && elements[i].Start < end;
            if (end - start > Joint.Small && hasChildren)
            {
                nesting.Enter(start, Name(text, start));
                open.Push(end);
                continue;
            }

            nesting.Add(start, end);
            while (i < elements.Count && elements[i].Start < end)
            {
                i++;
            }
        }

        return nesting.Joints;
    }

    private static List<(int Start, int End)> Elements(string text, int maxDepth, CancellationToken cancellationToken)
    {
        var lines = LineStarts(text);
        var elements = new List<(int Start, int End)>();
        var open = new Stack<int>();
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        var position = (IXmlLineInfo)reader;
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var at = Math.Clamp(lines[Math.Clamp(position.LineNumber - 1, 0, lines.Count - 1)] + position.LinePosition - 2, 0, text.Length);
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.Depth >= maxDepth)
                {
                    throw new XmlException($"Elements are nested deeper than {maxDepth} levels.");
                }

                elements.Add((at, text.IndexOf('>', at) + 1));
                if (!reader.IsEmptyElement)
                {
                    open.Push(elements.Count - 1);
                }
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                var element = open.Pop();
                elements[element] = (elements[element].Start, text.IndexOf('>', at) + 1);
            }
        }

        return elements;
    }

    // the element's name, and what tells it from others of the same name
    private static string Name(string text, int start)
    {
        var tag = Tag().Match(text[start..Math.Min(text.Length, start + LongestTag)]);
        return tag.Groups[2].Success ? $"{tag.Groups[1].Value} {tag.Groups[2].Value}" : tag.Groups[1].Value;
    }

    private static List<int> LineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var found;)
        {
            at += found;
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            starts.Add(at);
        }

        return starts;
    }

    [GeneratedRegex("""^<([^\s/>]+)(?:[^>]*?\s(?:id|name|key)\s*=\s*["']([^"'<>]{1,40})["'])?""", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
