using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace Rag.Ingest.Reading;

/// <summary>Drops DocFX lines that begin with <c>:::</c>: they name other files or lay out the page.</summary>
internal sealed class DocFxDirectiveParser : BlockParser
{
    public DocFxDirectiveParser() => OpeningCharacters = [':'];

    public override bool CanInterrupt(BlockProcessor processor, Markdig.Syntax.Block block) => true;

    public override BlockState TryOpen(BlockProcessor processor) =>
        !processor.IsCodeIndent && processor.Line.AsSpan().StartsWith(":::") ? BlockState.BreakDiscard : BlockState.None;
}

/// <summary>Drops DocFX includes, <c>[!name[text](file)]</c>: what they include stands in another file.</summary>
internal sealed class DocFxIncludeParser : InlineParser
{
    private const int LongestInclude = 1_000;

    public DocFxIncludeParser() => OpeningCharacters = ['['];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.PeekChar() != '!')
        {
            return false;
        }

        var length = Length(slice.AsSpan()[..Math.Min(slice.Length, LongestInclude)]);
        if (length == 0)
        {
            return false;
        }

        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new LiteralInline(StringSlice.Empty) { Line = line, Column = column, Span = new(start, start + length - 1) };
        slice.Start += length;
        return true;
    }

    // 0 when the text does not begin with an include
    private static int Length(ReadOnlySpan<char> text)
    {
        var at = 2;
        while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] is '-' or ' '))
        {
            at++;
        }

        if (at == 2 || at == text.Length || text[at] != '[')
        {
            return 0;
        }

        var middle = text[at..].IndexOf("](");
        var end = middle < 0 ? -1 : text[(at + middle)..].IndexOf(")]");
        var length = at + middle + end + 2;
        return end < 0 || text[..length].Contains('\n') ? 0 : length;
    }
}
