using System.Collections;

namespace Rag;

/// <summary>A word, or a part of one, and where it stands.</summary>
/// <param name="Span">Its place in <see cref="Document.Text"/>; never empty.</param>
/// <param name="Box">Its place on a page.</param>
public readonly record struct WordBox(TextSpan Span, PageBox Box);

/// <summary>Where the words of a text stand on its pages, so that any stretch of it can be shown there.</summary>
/// <remarks>
/// In order of the text. A word that a line break divides is two entries. Coordinates are kept in quarters of a point (0.09 mm), from 0 to 16,383 points, which is more
/// than the largest page that PDF readers accept; 16 bytes a word. Immutable, safe for concurrent use.
/// </remarks>
public sealed class WordBoxes : IReadOnlyList<WordBox>
{
    /// <summary>Coordinates are whole multiples of a point divided by this.</summary>
    public const int UnitsPerPoint = 4;

    private readonly ReadOnlyMemory<Entry> _words;
    private readonly Page[] _pages; // ascending by first word; shared by slices, as the words are
    private readonly int _first; // place of the first word in the whole

    /// <summary>Boxes of words.</summary>
    /// <param name="words">The words, ascending and not overlapping in the text.</param>
    /// <exception cref="ArgumentException">A word is empty, or begins before the end of the one before it.</exception>
    public WordBoxes(IEnumerable<WordBox> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var (entries, pages) = (new List<Entry>(), new List<Page>());
        var end = 0;
        foreach (var (span, box) in words)
        {
            if (span.Length == 0 || span.Start < end)
            {
                throw new ArgumentException($"Words must ascend, not overlap and not be empty, but {span} follows {end}.", nameof(words));
            }

            if (pages.Count == 0 || pages[^1].Number != box.Page)
            {
                pages.Add(new(entries.Count, box.Page));
            }

            entries.Add(new(span.Start, span.Length, Pack(box.X0), Pack(box.Y0), Pack(box.X1), Pack(box.Y1)));
            end = span.End;
        }

        (_words, _pages) = (entries.ToArray(), [.. pages]);
    }

    private WordBoxes(WordBoxes whole, int from, int to)
    {
        (_words, _pages, _first) = (whole._words[from..to], whole._pages, whole._first + from);
    }

    /// <summary>Number of words.</summary>
    public int Count => _words.Length;

    /// <summary>The word at a place, from 0.</summary>
    public WordBox this[int index]
    {
        get
        {
            ref readonly var word = ref _words.Span[index];
            return new(new(word.Start, word.End), BoxOf(word, PageOf(index)));
        }
    }

    /// <summary>The words that touch <paramref name="span"/>, whole, with the same offsets. O(log n); shares memory with this.</summary>
    public WordBoxes Slice(TextSpan span)
    {
        var from = FirstEndingAfter(span.Start);
        return new(this, from, span.Length == 0 ? from : Math.Max(from, FirstStartingFrom(span.End)));
    }

    /// <summary>The rectangles that cover the words of <paramref name="span"/>, one for each line, in order of the text.</summary>
    /// <remarks>
    /// A word that the span cuts gives the part of its width that corresponds to the characters inside. Words belong to one line where, on the same
    /// page, the one behind overlaps the line so far by half of its height or of the line's, whichever is less. Empty where no word is touched.
    /// </remarks>
    public IReadOnlyList<PageBox> Within(TextSpan span)
    {
        var lines = new List<PageBox>();
        foreach (var word in Slice(span))
        {
            var box = Clipped(word, span);
            if (lines.Count > 0 && IsSameLine(lines[^1], box))
            {
                lines[^1] = Union(lines[^1], box);
            }
            else
            {
                lines.Add(box);
            }
        }

        return lines;
    }

    /// <inheritdoc/>
    public IEnumerator<WordBox> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ushort Pack(double points) => (ushort)Math.Round(Math.Clamp(points * UnitsPerPoint, 0, ushort.MaxValue));

    private static double Points(ushort units) => (double)units / UnitsPerPoint;

    private static PageBox BoxOf(in Entry word, int page) =>
        new(page, Points(word.X0), Points(word.Y0), Points(word.X1), Points(word.Y1));

    private static PageBox Clipped(WordBox word, TextSpan span)
    {
        var width = (word.Box.X1 - word.Box.X0) / word.Span.Length;
        return word.Box with
        {
            X0 = word.Box.X0 + (width * Math.Max(0, span.Start - word.Span.Start)),
            X1 = word.Box.X1 - (width * Math.Max(0, word.Span.End - span.End)),
        };
    }

    private static bool IsSameLine(PageBox line, PageBox box) => line.Page == box.Page
        && Math.Min(line.Y1, box.Y1) - Math.Max(line.Y0, box.Y0) >= Math.Min(line.Y1 - line.Y0, box.Y1 - box.Y0) / 2;

    private static PageBox Union(PageBox a, PageBox b) => new(a.Page, Math.Min(a.X0, b.X0), Math.Min(a.Y0, b.Y0), Math.Max(a.X1, b.X1), Math.Max(a.Y1, b.Y1));

    private int PageOf(int index)
    {
        var at = Array.BinarySearch(_pages, new Page(_first + index, 0));
        return _pages[at >= 0 ? at : ~at - 1].Number;
    }

    private int FirstEndingAfter(int offset) => First(offset, static (word, offset) => word.End > offset);

    private int FirstStartingFrom(int offset) => First(offset, static (word, offset) => word.Start >= offset);

    // The first word for which the condition holds, which holds for all words behind it.
    private int First(int offset, Func<Entry, int, bool> isBehind)
    {
        var words = _words.Span;
        var (low, high) = (0, words.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = isBehind(words[middle], offset) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private readonly record struct Entry(int Start, int Length, ushort X0, ushort Y0, ushort X1, ushort Y1)
    {
        public int End => Start + Length;
    }

    private readonly record struct Page(int FirstWord, int Number) : IComparable<Page>
    {
        public int CompareTo(Page other) => FirstWord.CompareTo(other.FirstWord);
    }
}
