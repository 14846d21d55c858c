using System.Text;
using System.Xml;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Xlsx;

/// <summary>The texts that cells of a workbook share (ECMA-376 part 1, 18.4).</summary>
internal static class XlsxStrings
{
    /// <summary>All of them in order; none where there is no such part.</summary>
    public static List<string> Load(OfficePackage package, string? part)
    {
        var strings = new List<string>();
        using var reader = part is null ? null : package.Read(part);
        if (reader is not null)
        {
            reader.MoveToContent();
            foreach (var name in reader.Children(package))
            {
                if (name == "si")
                {
                    strings.Add(Text(reader, package));
                }
            }
        }

        return strings;
    }

    /// <summary>The text of the element that the reader stands on, in one piece or in runs; how it is pronounced (<c>rPh</c>) is left out.</summary>
    public static string Text(XmlReader reader, OfficePackage package)
    {
        var text = new StringBuilder();
        Append(reader, package, text);
        return text.ToString().Trim(); // here, so that cells share it
    }

    private static void Append(XmlReader reader, OfficePackage package, StringBuilder text)
    {
        foreach (var name in reader.Children(package))
        {
            if (name == "t")
            {
                text.Append(reader.TextContent());
            }
            else if (name == "r")
            {
                Append(reader, package, text);
            }
        }
    }
}
