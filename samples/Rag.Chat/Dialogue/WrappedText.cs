using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rag.Chat.Dialogue;

/// <summary>Writes text that arrives in pieces: breaks lines between words at the console's width and colours marks such as <c>[1]</c>.</summary>
internal sealed partial class WrappedText(IAnsiConsole console)
{
    private static readonly Style MarkStyle = new(Color.Aqua, decoration: Decoration.Bold);
    private readonly StringBuilder _word = new();
    private bool _blank;
    private int _column;

    /// <summary>Writes all words of <paramref name="piece"/> that are certainly complete.</summary>
    public void Write(string piece)
    {
        foreach (var c in Plain.Text(piece))
        {
            if (!char.IsWhiteSpace(c))
            {
                _word.Append(c);
                continue;
            }

            Flush();
            if (c == '\n')
            {
                NewLine();
            }
            else
            {
                _blank = _column > 0;
            }
        }
    }

    /// <summary>Writes the last word and ends the line.</summary>
    public void End()
    {
        Flush();
        if (_column > 0)
        {
            NewLine();
        }
    }

    private void Flush()
    {
        if (_word.Length == 0)
        {
            return;
        }

        var word = _word.ToString();
        var width = new Segment(word).CellCount();
        if (_blank && _column + 1 + width >= console.Profile.Width)
        {
            NewLine();
        }

        Put(_blank ? " " : "", Style.Plain);
        var done = 0;
        foreach (var mark in Mark().EnumerateMatches(word))
        {
            Put(word[done..mark.Index], Style.Plain);
            Put(word.Substring(mark.Index, mark.Length), MarkStyle);
            done = mark.Index + mark.Length;
        }

        Put(word[done..], Style.Plain);
        _column += width + (_blank ? 1 : 0);
        _blank = false;
        _word.Clear();
    }

    private void Put(string text, Style style)
    {
        if (text.Length > 0)
        {
            console.Write(text, style);
        }
    }

    private void NewLine()
    {
        console.WriteLine();
        (_column, _blank) = (0, false);
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Mark();
}
