using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>Whether a page shows an element, as far as the element itself says so.</summary>
internal static class Visibility
{
    public static bool IsHidden(IElement element)
    {
        if (Tags.IsSilent(element))
        {
            return true;
        }

        // pages hide their whole body until a script has run, or while a dialog is open
        if (element.Attributes.Length == 0 || element.LocalName is "html" or "body" or "main" or "article")
        {
            return false;
        }

        return element.HasAttribute("hidden")
            || string.Equals(element.GetAttribute("aria-hidden"), "true", StringComparison.OrdinalIgnoreCase)
            || (element.GetAttribute("style") is { } style && (Declares(style, "display", "none") || Declares(style, "visibility", "hidden")));
    }

    private static bool Declares(string style, string property, string value)
    {
        foreach (var declaration in style.AsSpan().Split(';'))
        {
            var text = style.AsSpan()[declaration];
            var colon = text.IndexOf(':');
            if (colon > 0 && text[..colon].Trim().Equals(property, StringComparison.OrdinalIgnoreCase) && text[(colon + 1)..].Trim().StartsWith(value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
