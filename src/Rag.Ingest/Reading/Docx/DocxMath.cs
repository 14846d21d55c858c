using System.Text;
using System.Xml;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.Docx;

/// <summary>Office math (ECMA-376 part 1, 22.1) as text in the manner of LaTeX: <c>\frac{a}{b}</c>, <c>x^{2}</c>, <c>\sqrt{y}</c>.</summary>
internal static class DocxMath
{
    public static string Of(XmlReader reader, OfficePackage package)
    {
        var text = new StringBuilder();
        Append(reader, package, reader.LocalName, text);
        return text.Replace("_{}", "").Replace("^{}", "").ToString();
    }

    private static void Append(XmlReader reader, OfficePackage package, string parent, StringBuilder text)
    {
        foreach (var name in reader.Children(package))
        {
            if (name == "t")
            {
                text.Append(reader.TextContent());
            }
            else if (name is "naryPr" or "accPr")
            {
                text.Append(Character(reader, package, name == "naryPr" ? "∫" : "̂"));
            }
            else if (!name.EndsWith("Pr", StringComparison.Ordinal))
            {
                var (before, after) = Marks(name, parent);
                text.Append(before);
                Append(reader, package, name, text);
                text.Append(after);
            }
        }
    }

    private static (string Before, string After) Marks(string name, string parent) => (name, parent) switch
    {
        ("f", _) => (@"\frac", ""),
        ("num" or "den", _) => ("{", "}"),
        ("rad", _) => (@"\sqrt", ""),
        ("deg", _) => ("[", "]"),
        ("e", "rad") => ("{", "}"),
        ("d", _) => ("(", ")"),
        ("sup", _) => ("^{", "}"),
        ("sub", _) => ("_{", "}"),
        ("lim", "limUpp") => ("^{", "}"),
        ("lim", _) => ("_{", "}"),
        ("e", "mr") => ("", " "),
        ("mr", _) => ("", "; "),
        ("oMath", "oMathPara") => ("", " "),
        _ => ("", ""),
    };

    // the operator of a sum or integral, the accent of a letter
    private static string Character(XmlReader reader, OfficePackage package, string usual)
    {
        foreach (var name in reader.Children(package))
        {
            usual = name == "chr" ? reader.Own("val") ?? usual : usual;
        }

        return usual;
    }
}
