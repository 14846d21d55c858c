using System.Runtime.CompilerServices;
using System.Text;

namespace Rag.Pdf.Layout;

/// <summary>Blocks to text, with the place of each word.</summary>
/// <param name="hyphens">Says which hyphens at the ends of lines stay.</param>
internal sealed class PageWriter(Hyphens hyphens)
{
    private const int MaxIndent = 200; // characters

    private readonly StringBuilder _text = new();
    private readonly List<PdfBlock> _blocks = [];
    private readonly List<PdfWord> _words = [];

    public string Text => _text.ToString();

    public IReadOnlyList<PdfBlock> Blocks => _blocks;

    public IReadOnlyList<PdfWord> Words => _words;

    public void Write(LayoutBlock block)
    {
        if (_blocks.Count > 0)
        {
            _text.Append(block.Kind == PdfBlockKind.ListItem && _blocks[^1].Kind == PdfBlockKind.ListItem ? "\n" : "\n\n");
        }

        var start = _text.Length;
        switch (block.Kind)
        {
            case PdfBlockKind.Table:
                WriteTable(block);
                break;
            case PdfBlockKind.Code:
                WriteCode(block);
                break;
            default:
                WriteLines(block.Lines, breaks: true);
                break;
        }

        var box = block.Box;
        _blocks.Add(new(block.Kind, start, _text.Length - start, block.Level, new(box.X0, box.Y0, box.X1, box.Y1)));
    }

    private void WriteLines(List<TextLine> lines, bool breaks)
    {
        var shape = ColumnShape.Of(lines);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                Join(lines[i - 1], lines[i], breaks && shape.IsShort(lines[i - 1]) && !char.IsLower(lines[i].Words[0].Text[0]));
            }

            WriteLine(lines[i]);
        }
    }

    // a hyphen at the end of a line goes where the word goes on in small letters; the word keeps both of its places
    private void Join(TextLine line, TextLine next, bool breaks)
    {
        var (last, first) = (_text[^1], next.Words[0].Text[0]);
        if (last is '-' or '\u2010' or '\u00AD' && _text.Length > 1 && char.IsLetter(_text[^2]) && (last == '\u00AD' || char.IsLower(first)))
        {
            if (last != '\u00AD' && hyphens.Keeps(line.Words[^1].Text, next.Words[0].Text))
            {
                return;
            }

            _text.Length--;
            var word = _words[^1];
            _words[^1] = word with { Length = word.Length - 1 };
            if (word.Length == 1)
            {
                _words.RemoveAt(_words.Count - 1);
            }

            return;
        }

        if (last == '-' && _text.Length > 1 && char.IsLetterOrDigit(_text[^2]) && char.IsLetterOrDigit(first) && line.Words[^1].Text.Length > 1)
        {
            return; // "non-" before "GAAP"
        }

        if (breaks || !Script.JoinsWithoutSpace(last, first) || line.Frame != next.Frame)
        {
            _text.Append(breaks ? '\n' : ' ');
        }
    }

    [MethodImpl(HotPath.Options)]
    private void WriteLine(TextLine line)
    {
        for (var i = 0; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            if (i > 0 && !word.Joined)
            {
                _text.Append(' ');
            }

            WriteWord(line, word, word.Text);
        }
    }

    [MethodImpl(HotPath.Options)]
    private void WriteWord(TextLine line, Word word, string text)
    {
        var box = line.Frame.ToPage(word.U0, word.Top, word.U1, word.Bottom);
        _words.Add(new(_text.Length, text.Length, new(box.X0, box.Y0, box.X1, box.Y1)));
        _text.Append(text);
    }

    private void WriteTable(LayoutBlock table)
    {
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (row > 0)
            {
                _text.Append('\n');
            }

            _text.Append('|');
            foreach (var cell in table.Rows[row])
            {
                _text.Append(' ');
                for (var i = 0; i < cell.Count; i++)
                {
                    if (i > 0)
                    {
                        Join(cell[i - 1], cell[i], breaks: false);
                    }

                    WriteCell(cell[i]);
                }

                _text.Append(cell.Count > 0 ? " |" : "|");
            }

            if (row == 0)
            {
                _text.Append("\n|");
                for (var i = 0; i < table.Rows[0].Count; i++)
                {
                    _text.Append(" --- |");
                }
            }
        }
    }

    private void WriteCell(TextLine line)
    {
        for (var i = 0; i < line.Words.Count; i++)
        {
            var word = line.Words[i];
            if (i > 0 && !word.Joined)
            {
                _text.Append(' ');
            }

            WriteWord(line, word, word.Text.Contains('|', StringComparison.Ordinal) ? word.Text.Replace("|", "\\|", StringComparison.Ordinal) : word.Text);
        }
    }

    private void WriteCode(LayoutBlock code)
    {
        var left = code.U0;
        for (var i = 0; i < code.Lines.Count; i++)
        {
            var line = code.Lines[i];
            if (i > 0)
            {
                _text.Append('\n');
            }

            var pitch = MathF.Max(line.Words[0].U1 - line.Words[0].U0, 0.1f) / line.Words[0].Text.Length;
            var from = left;
            foreach (var word in line.Words)
            {
                var spaces = (int)MathF.Round((word.U0 - from) / pitch);
                _text.Append(' ', Math.Clamp(spaces, from == left ? 0 : 1, MaxIndent));
                WriteWord(line, word, word.Text);
                from = word.U1;
            }
        }
    }
}
