using System.Runtime.InteropServices;
using System.Xml;

namespace Rag.Pdf.Structure;

/// <summary>The simple properties of an XMP packet (ISO 16684-1).</summary>
internal static class XmpReader
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly HashSet<string> _spaces = ["http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/"];

    /// <summary>Local names of properties of Dublin Core, PDF and XMP basic with their text; of language alternatives the default, of lists all, separated by commas.</summary>
    public static Dictionary<string, string> Read(ReadOnlyMemory<byte> packet)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        MemoryMarshal.TryGetArray(packet, out var bytes);
        using var stream = new MemoryStream(bytes.Array ?? packet.ToArray(), bytes.Offset, packet.Length, writable: false);
        using var xml = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false });
        string? property = null;
        var depth = 0;
        while (Next(xml))
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                var isDescription = xml.LocalName == "Description" && xml.NamespaceURI == Rdf;
                if (isDescription)
                {
                    Attributes(xml, found);
                }
                else if (_spaces.Contains(xml.NamespaceURI))
                {
                    (property, depth) = (xml.LocalName, xml.Depth);
                }
            }
            else if (property is not null && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                Add(found, property, xml.Value.Trim());
            }
            else if (property is not null && xml.NodeType == XmlNodeType.EndElement && xml.Depth <= depth)
            {
                property = null;
            }
        }

        return found;
    }

    // packets are padded, cut and patched; what stands before the damage counts
    private static bool Next(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static void Attributes(XmlReader xml, Dictionary<string, string> found)
    {
        while (xml.MoveToNextAttribute())
        {
            if (_spaces.Contains(xml.NamespaceURI))
            {
                Add(found, xml.LocalName, xml.Value.Trim());
            }
        }

        xml.MoveToElement();
    }

    // title and description are alternatives by language, the default one first; creator and subject are lists
    private static void Add(Dictionary<string, string> found, string property, string text)
    {
        if (text.Length > 0 && !found.TryAdd(property, text) && property is "creator" or "subject")
        {
            found[property] += ", " + text;
        }
    }
}
