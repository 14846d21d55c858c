using System.Globalization;
using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>Counts the items of one list.</summary>
internal sealed class ListNumbers
{
    private readonly string? _type;
    private readonly int _step;
    private int _next;

    private ListNumbers(string? type, int first, int step) => (_type, _next, _step) = (type, first, step);

    public static ListNumbers Of(IElement list)
    {
        if (list.LocalName != "ol")
        {
            return new(null, 0, 0);
        }

        var reversed = list.HasAttribute("reversed");
        return new(list.GetAttribute("type") ?? "1", Int(list, "start") ?? (reversed ? list.Children.Count(child => child.LocalName == "li") : 1), reversed ? -1 : 1);
    }

    /// <summary>The mark of the next item, with a space after it: <c>"- "</c>, <c>"3. "</c>, <c>"c. "</c>, <c>"iii. "</c>.</summary>
    public string Next(IElement item)
    {
        if (_type is null)
        {
            return "- ";
        }

        var number = Int(item, "value") ?? _next;
        _next = unchecked(number + _step);
        return NumberFormat.Of(number, _type switch { "a" => "lowerLetter", "A" => "upperLetter", "i" => "lowerRoman", "I" => "upperRoman", _ => "decimal" }) + ". ";
    }

    private static int? Int(IElement element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : null;
}
