using System.Buffers;
using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>How much text each block element of a page holds, and how much of it reads like prose.</summary>
internal sealed class TextMass
{
    // Shorter runs are labels, bylines, teasers' headlines. The figure is Readability's: a paragraph of fewer than 25 characters says nothing, and
    // one that is no sentence needs to be about two lines long.
    private const int ShortestSentence = 25;
    private const int ShortestUnmarked = 80;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…。！？।؟");
    private static readonly Mass Nothing = new();

    private readonly Dictionary<IElement, Mass> _masses = [];
    private readonly IReadOnlySet<IElement> _dropped;
    private Mass _block = new();
    private Run _run;

    private TextMass(IReadOnlySet<IElement> dropped) => _dropped = dropped;

    /// <summary>Weighs everything below <paramref name="root"/> that is visible and not in <paramref name="dropped"/>.</summary>
    public static TextMass Below(IElement root, IReadOnlySet<IElement> dropped)
    {
        var mass = new TextMass(dropped);
        mass.Block(root, inLink: false);
        return mass;
    }

    /// <summary>What a block element holds; nothing for an element that was not weighed.</summary>
    public Mass this[IElement element] => _masses.GetValueOrDefault(element, Nothing);

    private void Block(IElement element, bool inLink)
    {
        EndRun();
        var outer = _block;
        _block = new();
        Children(element, inLink);
        EndRun();
        _masses[element] = _block;
        outer.Add(_block);
        _block = outer;
    }

    private void Children(IElement element, bool inLink)
    {
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                _run.Add(text.Data, inLink);
            }
            else if (node is IElement child && !Visibility.IsHidden(child) && !_dropped.Contains(child))
            {
                var link = inLink || (child.LocalName == "a" && child.HasAttribute("href"));
                if (Tags.IsInline(child))
                {
                    Children(child, link);
                }
                else
                {
                    Block(child, link);
                }
            }
        }
    }

    private void EndRun()
    {
        var sentence = _run.Weight >= ShortestUnmarked || (_run.Weight >= ShortestSentence && _run.HasSentenceEnd);
        _block.Chars += _run.Weight;
        _block.LinkChars += _run.LinkWeight;
        _block.Prose += sentence && _run.LinkWeight * 2 < _run.Weight ? _run.Weight : 0;
        _run = default;
    }

    /// <summary>Text in characters without white space; an ideograph counts as three, for it says about as much as three letters.</summary>
    public sealed class Mass
    {
        public int Chars { get; set; }

        public int LinkChars { get; set; }

        public int Prose { get; set; }

        /// <summary>Share of the text that is links, 0 to 1.</summary>
        public double LinkDensity => Chars == 0 ? 0 : (double)LinkChars / Chars;

        public void Add(Mass other) => (Chars, LinkChars, Prose) = (Chars + other.Chars, LinkChars + other.LinkChars, Prose + other.Prose);
    }

    private struct Run
    {
        public int Weight { get; private set; }

        public int LinkWeight { get; private set; }

        public bool HasSentenceEnd { get; private set; }

        public void Add(string text, bool inLink)
        {
            var weight = 0;
            foreach (var c in text)
            {
                weight += char.IsWhiteSpace(c) ? 0 : c is >= '\u3040' and <= '\uD7FF' ? 3 : 1;
            }

            Weight += weight;
            LinkWeight += inLink ? weight : 0;
            HasSentenceEnd |= text.AsSpan().ContainsAny(SentenceEnds);
        }
    }
}
