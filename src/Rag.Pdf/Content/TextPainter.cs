using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>Places shown strings on the page (9.4): one <see cref="Letter"/> a glyph.</summary>
internal sealed class TextPainter(PageContent page, Background background, MarkedContent marked)
{
    private const int MostLetters = 1_000_000;

    private Matrix _text = Matrix.Identity;
    private Matrix _line = Matrix.Identity;

    /// <summary>How far the string has come since the text matrix was set, in text space.</summary>
    private double _x;
    private double _y;

    /// <summary>Flags of all letters, such as <see cref="LetterFlags.Annotation"/>.</summary>
    public LetterFlags Flags { get; set; }

    /// <summary>Whether letters were left out because there were too many.</summary>
    public bool HasOverflow { get; private set; }

    /// <summary>The text matrices, to be put back after a form that sets its own.</summary>
    public (Matrix Text, Matrix Line, double X, double Y) Place
    {
        get => (_text, _line, _x, _y);
        set => (_text, _line, _x, _y) = value;
    }

    /// <summary>Sets text and line matrix (Tm).</summary>
    public void Set(in Matrix matrix)
    {
        _text = _line = matrix;
        _x = _y = 0;
    }

    /// <summary>Sets text and line matrix; six numbers or nothing.</summary>
    public void Set(ReadOnlySpan<double> six)
    {
        if (Matrix.From(six) is { } matrix)
        {
            Set(matrix);
        }
    }

    /// <summary>Begins a new line (Td).</summary>
    public void Move(double x, double y)
    {
        _text = _line = _line.Shifted(x, y);
        _x = _y = 0;
    }

    /// <summary>Begins a new line; two numbers or nothing.</summary>
    public void Move(ReadOnlySpan<double> by)
    {
        if (by is [var x, var y])
        {
            Move(x, y);
        }
    }

    // a number in a TJ array: thousandths of the font size, backwards
    private void Adjust(in GraphicsState state, double thousandths)
    {
        var by = -thousandths / 1000 * state.FontSize;
        if (state.Font is { IsVertical: true })
        {
            _y += by;
        }
        else
        {
            _x += by * state.Scaling;
        }
    }

    /// <summary>Shows the string or the array at the end of the operands; the brackets of an array may be missing.</summary>
    /// <returns>Bytes shown.</returns>
    [MethodImpl(HotPath.Options)]
    public int Show(in GraphicsState state, PdfFont font, Operands operands, ReadOnlySpan<byte> content)
    {
        var last = operands.Count - 1;
        var isArray = last >= 0 && operands[last] != OperandKind.Text;
        var shown = 0;
        for (var i = isArray ? 0 : Math.Max(last, 0); i <= last; i++)
        {
            if (operands[i] == OperandKind.Text)
            {
                var bytes = operands.Bytes(i, content);
                shown += bytes.Length;
                Show(state, font, bytes);
            }
            else if (operands[i] == OperandKind.Number)
            {
                Adjust(state, operands.Number(i));
            }
        }

        return shown;
    }

    [MethodImpl(HotPath.Options)]
    private void Show(in GraphicsState state, PdfFont font, ReadOnlySpan<byte> bytes)
    {
        var isVertical = font.IsVertical;
        var m = _text.Then(state.Transform);
        var fontSize = state.FontSize;
        var size = DisplayedSize(m, fontSize, font);
        var flags = LetterFlagsOf(state, size, isVertical);
        var isWhite = IsWhite(state);
        var isSeen = !marked.IsHidden;
        var isReplaced = marked.IsReplaced;
        var place = new Placement(m, font, fontSize, state.Scaling, state.Rise);
        var letters = page.Letters;
        var count = letters.Count;
        var span = Room(letters, count, bytes.Length);

        while (!bytes.IsEmpty)
        {
            var used = font.Read(bytes, out var glyph);
            bytes = bytes[used..];
            var spacing = glyph.IsWordSpace ? state.CharacterSpacing + state.WordSpacing : state.CharacterSpacing;
            if (isSeen && (glyph.Text.Length > 0 || isReplaced))
            {
                if (count == span.Length)
                {
                    span = Room(letters, count, bytes.Length + 1);
                    if (count == span.Length)
                    {
                        HasOverflow = true;
                        isSeen = false;
                        continue;
                    }
                }

                ref var letter = ref span[count];
                var isPlaced = isVertical ? place.Vertical(ref letter, glyph, _x, _y) : place.Horizontal(ref letter, glyph.Width, _x, _y);
                if (isPlaced)
                {
                    letter.Text = IsSpace(glyph.Text) ? " " : glyph.Text;
                    letter.Font = font;
                    letter.Size = size;
                    letter.MarkedContent = marked.Id;
                    letter.Flags = flags | Seen(letter, state.Clip);
                    if (isWhite && background.IsWhiteAt((letter.X0 + letter.X1) / 2, (letter.Y0 + letter.Y1) / 2))
                    {
                        letter.Flags |= LetterFlags.White;
                    }

                    count++;
                }
            }

            if (isVertical)
            {
                _y += (glyph.VerticalAdvance * fontSize) + spacing;
            }
            else
            {
                _x += ((glyph.Width * fontSize) + spacing) * state.Scaling;
            }
        }

        CollectionsMarshal.SetCount(letters, count);
    }

    /// <summary>Room for more letters behind the first <paramref name="count"/>, if only for some of them.</summary>
    private static Span<Letter> Room(List<Letter> letters, int count, int more)
    {
        CollectionsMarshal.SetCount(letters, Math.Min(MostLetters, count + Math.Clamp(more, 1, 1024)));
        return CollectionsMarshal.AsSpan(letters);
    }

    private static bool IsSpace(string text) => text.Length > 0 && char.IsWhiteSpace(text[0]) && (text.Length == 1 || string.IsNullOrWhiteSpace(text));

    // the height of the text, whatever its slant or width; Type3 fonts may have a space of their own in which a letter is 40 high
    [MethodImpl(HotPath.Options)]
    private static float DisplayedSize(in Matrix m, double fontSize, PdfFont font)
    {
        var em = font.Ascent - font.Descent;
        var along = Math.Sqrt((m.A * m.A) + (m.B * m.B));
        var height = along > 0 ? Math.Abs((m.A * m.D) - (m.B * m.C)) / along : Math.Sqrt((m.C * m.C) + (m.D * m.D));
        return (float)Math.Abs(height * fontSize * (em is > 3 or < 0.2f ? em : 1));
    }

    [MethodImpl(HotPath.Options)]
    private LetterFlags LetterFlagsOf(in GraphicsState state, float size, bool isVertical)
    {
        var flags = Flags | marked.Flags;
        var isPainted = state.RenderingMode switch
        {
            0 or 4 => state.Fill.Alpha > 0.01f,
            1 or 5 => state.Stroke.Alpha > 0.01f,
            3 or 7 => false,
            _ => true,
        };
        flags |= isPainted ? 0 : LetterFlags.Invisible;
        flags |= size < 1 ? LetterFlags.Tiny : 0;
        return isVertical ? flags | LetterFlags.Vertical : flags;
    }

    private static bool IsWhite(in GraphicsState state) => state.RenderingMode switch
    {
        0 or 4 => Background.IsWhite(state.Fill.Shown),
        1 or 5 => Background.IsWhite(state.Stroke.Shown),
        2 or 6 => Background.IsWhite(state.Fill.Shown) && Background.IsWhite(state.Stroke.Shown),
        _ => false,
    };

    [MethodImpl(HotPath.Options)]
    private LetterFlags Seen(in Letter letter, in Rectangle clip)
    {
        float x = (letter.X0 + letter.X1) / 2, y = (letter.Y0 + letter.Y1) / 2;
        var flags = x >= 0 && y >= 0 && x <= page.Width && y <= page.Height ? LetterFlags.None : LetterFlags.OffPage;
        return clip.Contains(x, y) ? flags : flags | LetterFlags.Invisible | LetterFlags.Clipped;
    }
}
