using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Rag.Evaluation.Reports;

/// <summary>Elements of a page. Text and attributes become nodes of a tree and are escaped when it is written, so that nothing in them can become markup.</summary>
internal static class Html
{
    /// <summary>An element. A pair of strings is an attribute, anything else content; content of <see langword="null"/> is left out.</summary>
    public static XElement Of(string name, params object?[] content)
    {
        var element = new XElement(name);
        foreach (var part in content)
        {
            switch (part)
            {
                case (string attribute, string value):
                    element.Add(new XAttribute(attribute, Clean(value)));
                    break;
                case string text:
                    element.Add(new XText(Clean(text))); // an empty text keeps the end tag, which HTML needs
                    break;
                default:
                    element.Add(part);
                    break;
            }
        }

        return element;
    }

    /// <summary>A run of text from data, whose direction does not change what stands beside it.</summary>
    public static XElement Data(string text) => Of("bdi", text);

    /// <summary>A value of a measure.</summary>
    public static string Number(double value) => Text($"{value:0.0000}");

    /// <summary>The same with its sign.</summary>
    public static string Signed(double value) => Text($"{value:+0.0000;−0.0000;0.0000}");

    /// <summary>A probability.</summary>
    public static string Probability(double p) => p < 0.0001 ? "< .0001" : Text($"{p:.0000}");

    /// <summary>A coordinate.</summary>
    public static string Place(double value) => Text($"{value:0.##}");

    /// <summary>Formats numbers alike everywhere.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>At most <paramref name="length"/> characters.</summary>
    public static string Shortened(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }

    // Control characters and half pairs, which neither XML nor HTML can hold, become U+FFFD.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            clean.Append(isPair || XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            if (isPair)
            {
                clean.Append(text[++i]);
            }
        }

        return clean.ToString();
    }
}
