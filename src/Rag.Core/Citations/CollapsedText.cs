using System.Text;

namespace Rag.Citations;

/// <summary>A text with every run of white space made one blank and every bracketed number left out, that still knows where each character came from.</summary>
internal sealed class CollapsedText
{
    private readonly string _collapsed;
    private readonly int[] _origin;

    public CollapsedText(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        var origin = new List<int>(text.Length);
        var marks = new Queue<CitationMark>(CitationMark.Parse(text));
        for (var i = 0; i < text.Length; i++)
        {
            var blank = collapsed.Length > 0 && collapsed[^1] == ' ';
            if (marks.TryPeek(out var mark) && mark.Span.Start == i)
            {
                // Taking a mark out takes the blanks before it too, as in an answer.
                collapsed.Length -= blank ? 1 : 0;
                origin.RemoveRange(collapsed.Length, origin.Count - collapsed.Length);
                i = marks.Dequeue().Span.End - 1;
            }
            else if (!char.IsWhiteSpace(text[i]) || (!blank && collapsed.Length > 0))
            {
                collapsed.Append(char.IsWhiteSpace(text[i]) ? ' ' : text[i]);
                origin.Add(i);
            }
        }

        _collapsed = collapsed.ToString();
        _origin = [.. origin];
    }

    /// <summary>The first place in the original where <paramref name="words"/> stand but for white space and bracketed numbers, or <see langword="null"/>.</summary>
    public TextSpan? Find(string words)
    {
        var wanted = new CollapsedText(words)._collapsed.TrimEnd();
        var at = wanted.Length == 0 ? -1 : _collapsed.IndexOf(wanted, StringComparison.Ordinal);
        return at < 0 ? null : new TextSpan(_origin[at], _origin[at + wanted.Length - 1] + 1);
    }
}
