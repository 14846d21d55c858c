using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Rag.Ingest.Reading;

/// <summary>Pipe tables as blocks, after the GitHub Flavored Markdown specification, section 4.10: a header row, a delimiter row, rows up to a blank line.</summary>
/// <remarks>
/// Markdig's own parser finds tables among the inlines of a paragraph, which takes quadratic time in the rows (4,000 rows with emphasis: 7 s).
/// More lenient than the specification in two points: pipes inside code spans do not divide cells, and rows may have any number of cells.
/// </remarks>
internal sealed class PipeTableParser : BlockParser
{
    public PipeTableParser() => OpeningCharacters = ['|', '-', ':'];

    /// <summary>A table begins with the line after its header.</summary>
    public override bool CanInterrupt(BlockProcessor processor, Markdig.Syntax.Block block) => true;

    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsCodeIndent || processor.CurrentBlock is not ParagraphBlock { Lines.Count: > 0 } paragraph || paragraph.Parent != processor.CurrentContainer || !IsDelimiterRow(processor.Line.AsSpan()))
        {
            return BlockState.None;
        }

        var header = paragraph.Lines.Lines[paragraph.Lines.Count - 1];
        if (!header.Slice.AsSpan().Contains('|'))
        {
            return BlockState.None;
        }

        paragraph.Lines.RemoveAt(paragraph.Lines.Count - 1);
        if (paragraph.Lines.Count == 0)
        {
            processor.Discard(paragraph);
        }

        var table = new Table(this) { Line = header.Line, Column = header.Column, Span = new(header.Slice.Start, processor.Line.End) };
        AddRow(table, header.Slice, header.Line, processor);
        processor.NewBlocks.Push(table);
        return BlockState.ContinueDiscard;
    }

    public override BlockState TryContinue(BlockProcessor processor, Markdig.Syntax.Block block)
    {
        if (processor.IsBlankLine || processor.CurrentChar is '>' or '#' || processor.Line.AsSpan().StartsWith("```") || processor.Line.AsSpan().StartsWith("~~~"))
        {
            return BlockState.None;
        }

        AddRow((Table)block, processor.Line, processor.LineIndex, processor);
        block.UpdateSpanEnd(processor.Line.End);
        return BlockState.ContinueDiscard;
    }

    private static bool IsDelimiterRow(ReadOnlySpan<char> line) => line.Contains('|') && line.Contains('-') && line.IndexOfAnyExcept("|-: \t") < 0;

    private void AddRow(Table table, StringSlice line, int lineIndex, BlockProcessor processor)
    {
        line.Trim();
        var row = new TableRow { IsHeader = table.Count == 0, Line = lineIndex, Span = new(line.Start, line.End), IsOpen = false };
        var text = line.AsSpan();
        var at = text.StartsWith("|") ? 1 : 0;
        while (at < text.Length || row.Count == 0)
        {
            var length = CellLength(text[at..]);
            var cell = new StringSlice(line.Text, line.Start + at, line.Start + at + length - 1);
            cell.Trim();
            row.Add(Cell(cell, lineIndex, processor));
            at += length + 1;
        }

        table.Add(row);
    }

    private TableCell Cell(StringSlice text, int lineIndex, BlockProcessor processor)
    {
        var paragraph = new ParagraphBlock { Line = lineIndex, Span = new(text.Start, text.End), IsOpen = false, Lines = new(1) };
        paragraph.Lines.Add(new StringLine(text, lineIndex, 0, text.Start, NewLine.LineFeed));
        MarkdownGuard.KeepHeavyAsItStands(processor, paragraph);
        return new(this) { paragraph };
    }

    // up to a pipe that is neither escaped nor inside a code span
    private static int CellLength(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && text[at] != '|')
        {
            at += text[at] switch
            {
                '\\' when at + 1 < text.Length => 2,
                '`' => CodeLength(text[at..]),
                _ => 1,
            };
        }

        return Math.Min(at, text.Length);
    }

    // the whole code span, or just the run of backticks where none with as many closes it
    private static int CodeLength(ReadOnlySpan<char> text)
    {
        var ticks = Run(text);
        for (var at = ticks; at < text.Length && at < 1_000;)
        {
            var next = text[at..].IndexOf('`');
            if (next < 0)
            {
                break;
            }

            at += next;
            var closing = Run(text[at..]);
            at += closing;
            if (closing == ticks)
            {
                return at;
            }
        }

        return ticks;
    }

    private static int Run(ReadOnlySpan<char> text) => text.IndexOfAnyExcept('`') is >= 0 and var end ? end : text.Length;
}
