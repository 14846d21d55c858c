using System.Text;
using System.Xml;
using System.Xml.Linq;
using Rag.Ingest.Reading.Office;

namespace Rag.Ingest.Reading.OpenDocument;

/// <summary>Formulas, which are objects in MathML 3, as text in the manner of LaTeX, like those of Word: <c>\frac{a}{b}</c>, <c>x^{2}</c>, <c>\sqrt{y}</c>.</summary>
internal sealed class OdfMath(OfficePackage package)
{
    // which parts of an element are written, and what stands around each
    private static readonly Dictionary<string, (string Before, int Part, string After)[]> Forms = new()
    {
        ["mfrac"] = [(@"\frac{", 0, "}"), ("{", 1, "}")],
        ["mroot"] = [(@"\sqrt[", 1, "]"), ("{", 0, "}")],
        ["msup"] = [("", 0, ""), ("^{", 1, "}")],
        ["mover"] = [("", 0, ""), ("^{", 1, "}")],
        ["msub"] = [("", 0, ""), ("_{", 1, "}")],
        ["munder"] = [("", 0, ""), ("_{", 1, "}")],
        ["msubsup"] = [("", 0, ""), ("_{", 1, "}"), ("^{", 2, "}")],
        ["munderover"] = [("", 0, ""), ("_{", 1, "}"), ("^{", 2, "}")],
    };

    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase); // an object belongs to one frame

    /// <summary>The formula in an object that a frame points to; empty where it is another kind of object.</summary>
    public string Of(string? target)
    {
        var part = OfficePackage.Resolve($"{target}/content.xml");
        var text = new StringBuilder();
        if (IsFormula(part) && _read.Add(part))
        {
            Append(package.Load(part, DtdProcessing.Ignore)!, 1, text);
        }

        return text.Replace("_{}", "").Replace("^{}", "").ToString();
    }

    private bool IsFormula(string part)
    {
        using var reader = package.Read(part, DtdProcessing.Ignore);
        return reader is not null && reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "math";
    }

    private void Append(XElement element, int depth, StringBuilder text)
    {
        package.CheckDepth(depth);
        var (name, parts) = (element.Name.LocalName, element.Elements().ToList());
        if (name is "mi" or "mn" or "mo" or "mtext" or "ms")
        {
            text.Append(element.Value.Trim());
        }
        else if (Forms.TryGetValue(name, out var form))
        {
            foreach (var (before, part, after) in form.Where(piece => piece.Part < parts.Count))
            {
                text.Append(before);
                Append(parts[part], depth + 1, text);
                text.Append(after);
            }
        }
        else if (name is not ("annotation" or "annotation-xml"))
        {
            var (before, after) = name switch { "msqrt" => (@"\sqrt{", "}"), "mfenced" => ("(", ")"), "mtr" => ("", "; "), "mtd" => ("", " "), _ => ("", "") };
            text.Append(before);
            parts.ForEach(part => Append(part, depth + 1, text));
            text.Append(after);
        }
    }
}
