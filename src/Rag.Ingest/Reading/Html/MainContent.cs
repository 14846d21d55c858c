using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>The part of a page to read, and what to leave out of it.</summary>
internal sealed record MainContent(IElement Root, IReadOnlySet<IElement> Dropped)
{
    // A part that holds this share of the page's prose is not an extra, whatever it is called.
    private const double TooMuchToDrop = 0.5;

    // The content is the smallest element that still holds this share of the prose.
    private const double MostOfIt = 0.6;

    // An element that says it is the article is believed when it holds this share of the prose: the rest are teasers of other articles.
    private const double EnoughOfIt = 1 / 3.0;

    // Less prose than about two sentences is no article: a table, a form, a list of links.
    private const int LeastProse = 200;

    private static readonly IReadOnlySet<IElement> None = new HashSet<IElement>();

    public static MainContent Of(IElement body, string? title)
    {
        var whole = TextMass.Below(body, None);
        if (whole[body].Prose < LeastProse)
        {
            return new(body, None);
        }

        var dropped = new HashSet<IElement>();
        DropNamed(body, whole, dropped, (int)(whole[body].Prose * TooMuchToDrop));
        var mass = TextMass.Below(body, dropped);
        var root = Densest(Declared(body, mass) ?? body, mass);
        new ContentCleaning(mass, title, dropped).Clean(root);
        return new(root, dropped);
    }

    private static void DropNamed(IElement parent, TextMass mass, HashSet<IElement> dropped, int tooMuch)
    {
        foreach (var child in parent.Children)
        {
            if (mass[child].Prose <= tooMuch && Boilerplate.Names(child) && !IsQuotation(child, mass))
            {
                dropped.Add(child);
            }
            else
            {
                DropNamed(child, mass, dropped, tooMuch);
            }
        }
    }

    // an embedded post, in a wrapper that is called "social" or "video"
    private static bool IsQuotation(IElement element, TextMass mass) =>
        element.GetElementsByTagName("blockquote") is { Length: 1 } quotes && mass[quotes[0]].Chars * 2 > mass[element].Chars;

    /// <summary>The one element that says it is the article, or <see langword="null"/> where none or several do.</summary>
    private static IElement? Declared(IElement body, TextMass mass)
    {
        foreach (var selected in (IEnumerable<IElement>[])[
            body.QuerySelectorAll("[itemprop~=articleBody]"),
            body.GetElementsByTagName("article"),
            body.QuerySelectorAll("main,[role=main]")])
        {
            var best = selected.OrderByDescending(element => mass[element].Prose).Take(2).ToArray();
            if (best.Length > 0 && mass[best[0]].Prose >= mass[body].Prose * EnoughOfIt
                && (best.Length == 1 || mass[best[1]].Prose * 2 <= mass[best[0]].Prose || best[1].Contains(best[0])))
            {
                return best[0];
            }
        }

        return null;
    }

    private static IElement Densest(IElement body, TextMass mass)
    {
        var (root, least) = (body, mass[body].Prose * MostOfIt);
        while (Sections(root).MaxBy(child => mass[child].Prose) is { } densest && mass[densest].Prose >= least)
        {
            root = densest;
        }

        return root;
    }

    // containers directly below, looking through inline elements
    private static IEnumerable<IElement> Sections(IElement element) =>
        element.Children.SelectMany(child => Tags.IsInline(child) ? Sections(child) : Tags.IsUnit(child) ? [] : [child]);
}
