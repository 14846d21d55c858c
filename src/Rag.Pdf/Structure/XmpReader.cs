using System.Text;
using System.Xml;

namespace Rag.Pdf.Structure;

/// <summary>The simple properties of an XMP packet (ISO 16684-1).</summary>
internal static class XmpReader
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly HashSet<string> _spaces = ["http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/pdf/1.3/", "http://ns.adobe.com/xap/1.0/"];

    /// <summary>Local names of properties of Dublin Core, PDF and XMP basic with their text; of language alternatives the default, of lists all, separated by commas.</summary>
    /// <remarks>Packets are padded, cut and patched by hand: what stands before the damage counts.</remarks>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> packet)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        using var text = new StringReader(Text(packet));
        using var xml = XmlReader.Create(text, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false });
        try
        {
            Read(xml, found);
        }
        catch (XmlException)
        {
            return found;
        }

        return found;
    }

    private static string Text(ReadOnlySpan<byte> packet) => packet switch
    {
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
        _ => Encoding.UTF8.GetString(packet),
    };

    private static void Read(XmlReader xml, Dictionary<string, string> found)
    {
        string? property = null;
        var depth = 0;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Description" && xml.NamespaceURI == Rdf)
            {
                Attributes(xml, found);
            }
            else if (xml.NodeType == XmlNodeType.Element && _spaces.Contains(xml.NamespaceURI))
            {
                (property, depth) = (xml.LocalName, xml.Depth);
            }
            else if (property is not null && (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA))
            {
                Add(found, property, xml.Value.Trim());
            }
            else if (property is not null && xml.NodeType == XmlNodeType.EndElement && xml.Depth <= depth)
            {
                property = null;
            }
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
