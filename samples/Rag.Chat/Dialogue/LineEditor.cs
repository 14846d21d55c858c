using System.Text;
using Spectre.Console.Rendering;

namespace Rag.Chat.Dialogue;

/// <summary>Reads one line at a terminal: arrows move and recall, Home and End, Ctrl+A E K U W L; Ctrl+C clears, Ctrl+D on an empty line ends.</summary>
/// <param name="readKey">Waits for the next key.</param>
/// <param name="screen">The terminal; gets ANSI sequences.</param>
/// <param name="width">The terminal's width in cells.</param>
internal sealed class LineEditor(Func<ConsoleKeyInfo> readKey, TextWriter screen, Func<int> width)
{
    private readonly List<string> _history = [];
    private readonly StringBuilder _line = new();
    private int _cursor;
    private int _recalled;

    /// <summary>The line, or <see langword="null"/> at the end of the input.</summary>
    public string? Read(string prompt)
    {
        _line.Clear();
        (_cursor, _recalled) = (0, _history.Count);
        while (true)
        {
            Draw(prompt);
            var key = readKey();
            if (IsEnd(key))
            {
                screen.WriteLine();
                return null;
            }

            if (key.Key == ConsoleKey.Enter)
            {
                _cursor = _line.Length;
                Draw(prompt);
                screen.WriteLine();
                return Remember(_line.ToString());
            }

            Apply(key);
        }
    }

    private string Remember(string line)
    {
        if (!string.IsNullOrWhiteSpace(line) && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
        }

        return line;
    }

    private bool IsEnd(ConsoleKeyInfo key) =>
        _line.Length == 0 && key is { Modifiers: ConsoleModifiers.Control, Key: ConsoleKey.D or ConsoleKey.C };

    private void Apply(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _cursor = Before(_cursor); break;
            case ConsoleKey.RightArrow: _cursor = After(_cursor); break;
            case ConsoleKey.Home: _cursor = 0; break;
            case ConsoleKey.End: _cursor = _line.Length; break;
            case ConsoleKey.UpArrow: Recall(_recalled - 1); break;
            case ConsoleKey.DownArrow: Recall(_recalled + 1); break;
            case ConsoleKey.Backspace: Remove(Before(_cursor), _cursor); break;
            case ConsoleKey.Delete: Remove(_cursor, After(_cursor)); break;
            default:
                if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
                {
                    ApplyControl(key.Key);
                }
                else if (!char.IsControl(key.KeyChar))
                {
                    _line.Insert(_cursor++, key.KeyChar);
                }

                break;
        }
    }

    private void ApplyControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: _cursor = 0; break;
            case ConsoleKey.E: _cursor = _line.Length; break;
            case ConsoleKey.K: Remove(_cursor, _line.Length); break;
            case ConsoleKey.U: Remove(0, _cursor); break;
            case ConsoleKey.W: Remove(WordStart(), _cursor); break;
            case ConsoleKey.C: Remove(0, _line.Length); break;
            case ConsoleKey.L: screen.Write("\e[2J\e[H"); break;
        }
    }

    private void Recall(int index)
    {
        if (index < 0 || index > _history.Count)
        {
            return;
        }

        _recalled = index;
        _line.Clear().Append(index == _history.Count ? "" : _history[index]);
        _cursor = _line.Length;
    }

    private void Remove(int start, int end)
    {
        _line.Remove(start, end - start);
        _cursor = start;
    }

    // A character outside the basic plane takes two code units and is one step of the cursor.
    private int Before(int at) => Math.Max(0, at - (at > 1 && char.IsLowSurrogate(_line[at - 1]) ? 2 : 1));

    private int After(int at) => Math.Min(_line.Length, at + (at < _line.Length && char.IsHighSurrogate(_line[at]) ? 2 : 1));

    private int WordStart()
    {
        var at = _cursor;
        while (at > 0 && _line[at - 1] == ' ')
        {
            at--;
        }

        while (at > 0 && _line[at - 1] != ' ')
        {
            at--;
        }

        return at;
    }

    // The line stays on one row; where it is longer, the part that ends at the cursor is shown.
    private void Draw(string prompt)
    {
        var room = Math.Max(8, width() - Cells(prompt) - 1);
        var start = 0;
        while (Cells(_line.ToString(start, _cursor - start)) > room)
        {
            start = After(start);
        }

        var end = _cursor;
        while (end < _line.Length && Cells(_line.ToString(start, After(end) - start)) <= room)
        {
            end = After(end);
        }

        var column = Cells(prompt) + Cells(_line.ToString(start, _cursor - start));
        screen.Write($"\r\e[1;36m{prompt}\e[0m{_line.ToString(start, end - start)}\e[K\r\e[{column}C");
        screen.Flush();
    }

    private static int Cells(string text) => new Segment(text).CellCount();
}
