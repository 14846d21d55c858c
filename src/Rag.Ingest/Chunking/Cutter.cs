using Rag.Analysis;

namespace Rag.Ingest.Chunking;

/// <summary>A stretch of text that stays in one passage.</summary>
/// <param name="Span">Where it stands; begins and ends with a character that is not white space, except that a line of code keeps its indentation.</param>
/// <param name="Tokens">Its length.</param>
/// <param name="TableHeader">For rows that were cut off from the head of their table: where that head stands.</param>
internal readonly record struct Unit(TextSpan Span, int Tokens, TextSpan? TableHeader = null);

/// <summary>Cuts blocks into units that fit a limit, at the best place there is: between sentences, rows or lines, else between words, else between characters.</summary>
internal sealed class Cutter(Document document, ITokenCounter counter)
{
    private readonly string _text = document.Text;

    /// <summary>From the beginning of one unit to the end of the one before <paramref name="end"/>.</summary>
    public static TextSpan Span(IReadOnlyList<Unit> units, int start, int end) => new(units[start].Span.Start, units[end - 1].Span.End);

    /// <summary>Tokens of a stretch of the text.</summary>
    public int Count(TextSpan span) => counter.Count(_text.AsSpan(span.Start, span.Length));

    /// <summary>Whether the words announce what follows them, such as <c>For example:</c>.</summary>
    public bool IsAnnouncement(TextSpan words) => _text[words.End - 1] is ':' or '\uFF1A';

    /// <summary>The units of a block: the whole block where it fits, else its parts.</summary>
    /// <param name="block">The block.</param>
    /// <param name="target">Running text longer than this is cut between sentences.</param>
    /// <param name="limit">Length that no unit exceeds; tables and code are cut only where they do.</param>
    public IEnumerable<Unit> Cut(Block block, int target, int limit)
    {
        var span = TextLines.Trim(_text, block.Span, keepIndentation: block.Kind == BlockKind.Code);
        var tokens = span.Length == 0 ? 0 : Count(span);
        if (tokens == 0)
        {
            return [];
        }

        return block.Kind switch
        {
            _ when tokens <= Math.Min(target, limit) => [new(span, tokens)],
            BlockKind.Table or BlockKind.Code when tokens <= limit => [new(span, tokens)],
            BlockKind.Table => Rows(span, limit),
            BlockKind.Code => Parts(TextLines.Paragraphs(_text, span), target, part => Parts(TextLines.Lines(_text, part), limit, line => Pieces(line, limit, limit))),
            _ => Parts(SentenceSegmenter.Split(_text, span, document.Language), limit, sentence => Pieces(sentence, limit, limit)),
        };
    }

    /// <summary>The words of a stretch; a word beyond the limit, such as encoded bytes or a script without spaces, in slices. A line break counts one token for the word behind it.</summary>
    public IEnumerable<Unit> Words(TextSpan span, int limit)
    {
        var end = span.Start;
        foreach (var word in TextLines.Words(_text, span))
        {
            var line = end > span.Start && _text.AsSpan(end, word.Start - end).Contains('\n') ? 1 : 0;
            foreach (var slice in Slices(word, limit))
            {
                yield return slice with { Tokens = Math.Min(slice.Tokens + line, limit) };
                line = 0;
            }

            end = word.End;
        }
    }

    // Pieces cut between words, each as long as the budget allows.
    private IEnumerable<Unit> Pieces(TextSpan span, int limit, int budget)
    {
        TextSpan? piece = null;
        var tokens = 0;
        foreach (var word in Words(span, limit))
        {
            if (piece is { } full && tokens + word.Tokens > budget)
            {
                foreach (var unit in Checked(full, limit, budget))
                {
                    yield return unit;
                }

                (piece, tokens) = (null, 0);
            }

            piece = new(piece?.Start ?? word.Span.Start, word.Span.End);
            tokens += word.Tokens;
        }

        foreach (var unit in piece is { } last ? Checked(last, limit, budget) : [])
        {
            yield return unit;
        }
    }

    // Words joined may count more than the sum of the words, for a counter that sees the spaces: then a smaller sum is allowed.
    private IEnumerable<Unit> Checked(TextSpan piece, int limit, int budget)
    {
        var tokens = Count(piece);
        return tokens <= limit || budget == 1 ? [new(piece, tokens)] : Pieces(piece, limit, Math.Max(1, budget / 2));
    }

    private IEnumerable<Unit> Slices(TextSpan word, int limit)
    {
        var tokens = Count(word);
        if (tokens <= limit)
        {
            yield return new(word, tokens);
            yield break;
        }

        for (var start = word.Start; start < word.End;)
        {
            var slice = Slice(start, Math.Min(limit, word.End - start));
            for (tokens = Count(slice); tokens > limit && Slice(start, slice.Length / 2) is var half && half.Length < slice.Length; tokens = Count(slice))
            {
                slice = half;
            }

            yield return new(slice, tokens);
            start = slice.End;
        }
    }

    private TextSpan Slice(int start, int length)
    {
        var end = start + Math.Max(length, 1);
        return new(start, end < _text.Length && char.IsLowSurrogate(_text[end]) && char.IsHighSurrogate(_text[end - 1]) ? end + 1 : end);
    }

    private IEnumerable<Unit> Parts(IEnumerable<TextSpan> parts, int limit, Func<TextSpan, IEnumerable<Unit>> smaller) =>
        parts.SelectMany(part => Count(part) is var tokens && tokens <= limit ? [new(part, tokens)] : smaller(part));

    private IEnumerable<Unit> Rows(TextSpan table, int limit)
    {
        var rows = TextLines.Lines(_text, table).ToArray();
        TextSpan header = new(rows[0].Start, rows[Math.Min(1, rows.Length - 1)].End);
        TextSpan first = new(rows[0].Start, rows[Math.Min(2, rows.Length - 1)].End);
        foreach (var unit in Parts([first], limit, part => Parts(TextLines.Lines(_text, part), limit, row => Pieces(row, limit, limit))))
        {
            yield return unit with { TableHeader = unit.Span.Start >= header.End ? header : null };
        }

        foreach (var unit in Parts(rows.Skip(3), limit, row => Pieces(row, limit, limit)))
        {
            yield return unit with { TableHeader = header };
        }
    }
}
