using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>Removes from an article what has no name but the looks and the place of an extra.</summary>
internal sealed class ContentCleaning(TextMass mass, string? title, HashSet<IElement> dropped)
{
    private readonly Stack<IElement> _open = []; // headings below which nothing was kept so far, each deeper than the one before
    private bool _lost; // something was dropped below them

    public void Clean(IElement root)
    {
        if (Headline(root) is { } headline)
        {
            DropBefore(headline, root);
            dropped.Add(headline);
        }

        DropExtras(root);
        DropEmptied(1);
    }

    // the headline again: it is the document's title
    private IElement? Headline(IElement root) => title is null ? null
        : root.QuerySelectorAll("h1,h2").FirstOrDefault(heading => !dropped.Contains(heading) && InlineText.Of(heading).Equals(title, StringComparison.OrdinalIgnoreCase));

    // section names, dates and authors above the headline
    private void DropBefore(IElement headline, IElement root)
    {
        for (var element = headline; element != root && element.ParentElement is { } parent; element = parent)
        {
            dropped.UnionWith(parent.Children.TakeWhile(sibling => sibling != element).Where(sibling => mass[sibling].Prose == 0));
        }
    }

    private void DropExtras(IElement parent)
    {
        foreach (var child in parent.Children)
        {
            if (Visibility.IsHidden(child) || Tags.IsInline(child))
            {
                continue;
            }

            if (dropped.Contains(child) || IsLinks(child))
            {
                _lost |= mass[child].Chars > 0 || dropped.Contains(child);
                dropped.Add(child);
            }
            else if (Tags.HeadingLevel(child) > 0)
            {
                DropEmptied(Tags.HeadingLevel(child));
                _open.Push(child);
                _lost = false;
            }
            else if (Tags.IsUnit(child) || !child.Children.Any(grandchild => !Tags.IsInline(grandchild)))
            {
                if (mass[child].Chars > 0)
                {
                    _open.Clear();
                }
            }
            else
            {
                DropExtras(child);
            }
        }
    }

    // a heading goes with its section when all of the section went
    private void DropEmptied(int level)
    {
        while (_open.TryPeek(out var heading) && Tags.HeadingLevel(heading) >= level)
        {
            _open.Pop();
            if (_lost)
            {
                dropped.Add(heading);
            }
        }
    }

    // a block without a sentence of its own whose text is mostly links
    private bool IsLinks(IElement element) =>
        mass[element] is { Prose: 0 } found && found.LinkDensity > (element.LocalName == "p" ? 0.8 : 0.5) && Tags.HeadingLevel(element) == 0 && !(element.LocalName == "table" && HtmlTable.IsData(element));
}
