using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Rag.Ingest.Reading.Office;

/// <summary>Walks Office XML by local names, which the transitional and the strict variant of the standard share while their namespaces differ.</summary>
internal static class XmlWalk
{
    /// <summary>Stands on each child element in turn and gives its local name. What the caller does not read of a child is passed over.</summary>
    public static IEnumerable<string> Children(this XmlReader reader, OfficePackage package)
    {
        if (reader.IsEmptyElement)
        {
            yield break;
        }

        var depth = reader.Depth;
        package.CheckDepth(depth);
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth == depth + 1)
            {
                yield return reader.LocalName;
            }
        }
    }

    /// <summary>The text of the element that the reader stands on, child elements left out; the reader then stands on its end.</summary>
    public static string TextContent(this XmlReader reader)
    {
        var first = "";
        StringBuilder? all = null; // most elements have one piece of text
        var depth = reader.Depth;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth == depth + 1 && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                all = first.Length == 0 ? all : (all ?? new(first)).Append(reader.Value);
                first = first.Length == 0 ? reader.Value : first;
            }
        }

        return all?.ToString() ?? first;
    }

    /// <summary>Passes over what is inside the element that the reader stands on; the reader then stands on its end.</summary>
    public static void PassOver(this XmlReader reader)
    {
        var depth = reader.Depth;
        while (!reader.IsEmptyElement && reader.Read() && reader.Depth > depth)
        {
        }
    }

    /// <summary>An attribute in the namespace of its element, such as <c>w:val</c>.</summary>
    public static string? Own(this XmlReader reader, string name) => reader.HasAttributes ? reader.GetAttribute(name, reader.NamespaceURI) : null;

    /// <summary>Whether a property such as <c>w:vanish</c> is on: it is there, and not set to false.</summary>
    public static bool IsOn(this XmlReader reader) => reader.Own("val") is not ("0" or "false" or "off");

    public static XElement? Child(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static IEnumerable<XElement> All(this XElement? element, string name) => element?.Elements().Where(child => child.Name.LocalName == name) ?? [];

    public static string? Own(this XElement? element, string name) => (string?)element?.Attribute(element.Name.Namespace + name);

    public static int? OwnInt(this XElement? element, string name) =>
        int.TryParse(element.Own(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}
