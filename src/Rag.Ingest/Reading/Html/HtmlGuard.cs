using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>Counts the elements of a page while it is parsed, and stops a page that would take much more time or memory than its length says.</summary>
internal sealed class HtmlGuard(string documentId, int maxDepth, CancellationToken cancellationToken)
{
    // The parser keeps a stack of the elements that are open and searches it at each tag, also below the depth at which the tree stops growing:
    // its time is quadratic in the elements beyond that depth (measured: 10,000 levels 1.3 s, 100,000 levels 67 s).
    private const int MaxTooDeep = 10_000;

    // measured: 500 bytes each
    private const int MaxElements = 2_000_000;

    private IElement? _previous;
    private int _elements;
    private int _tooDeep;

    /// <summary>An element was made and has no parent yet, so this looks at the one before it.</summary>
    public void Count(IElement element)
    {
        if (_previous is not null)
        {
            _tooDeep += Depth(_previous) >= maxDepth - 1 ? 1 : 0;
            _elements += Copies(_previous);
        }

        if (_tooDeep > MaxTooDeep)
        {
            throw new DocumentFormatException(documentId, $"more than {MaxTooDeep:N0} elements stand {maxDepth} levels deep or deeper. Close its tags, or save it from a browser.");
        }

        if (++_elements > MaxElements)
        {
            throw new DocumentFormatException(documentId, $"it has more than {MaxElements:N0} elements. Split it.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        _previous = element;
    }

    private static int Depth(IElement element)
    {
        var depth = 1;
        for (var parent = element.ParentElement; parent is not null; parent = parent.ParentElement)
        {
            depth++;
        }

        return depth;
    }

    // unclosed elements that the parser opened again in this one, one in the other, without announcing them
    private static int Copies(IElement element)
    {
        var copies = 0;
        for (var child = element.FirstElementChild; child is not null; child = child.FirstElementChild)
        {
            copies++;
        }

        return copies;
    }
}
