using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rag.Pdf.Content;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Layout;

/// <summary>Letters to lines: runs of letters in the order they are painted, joined where they stand side by side on one baseline. For one page at a time.</summary>
internal sealed class LineBuilder
{
    private readonly RunPool _pool = new();

    /// <summary>The lines of a page, frame by frame, each frame from top to bottom.</summary>
    /// <param name="letters">The letters, as painted.</param>
    /// <param name="skip">Letters that have one of these flags are left out.</param>
    [MethodImpl(HotPath.Options)]
    public List<TextLine> Build(List<Letter> letters, LetterFlags skip)
    {
        var lines = new List<TextLine>();
        var frames = new List<(Frame Frame, RunBuilder Runs)>();
        var span = CollectionsMarshal.AsSpan(letters);
        var across = IsSetAcross(span);
        var space = -1;
        var (last, lastFrame) = ((RunBuilder?)null, default(Frame));
        for (var i = 0; i < span.Length && !_pool.IsExhausted; i++)
        {
            ref readonly var letter = ref span[i];
            if ((letter.Flags & skip) != 0)
            {
                continue;
            }

            if (letter.Text[0] is not (> ' ' and < '\u0080') && string.IsNullOrWhiteSpace(letter.Text))
            {
                if (space < 0 && last is not null)
                {
                    last.Space(Middle(letter, lastFrame));
                }

                space = i;
                continue;
            }

            var frame = across && IsVertical(letter) ? Frame.Upright : Frame.Of(letter);
            var glyph = ToGlyph(letter, frame, i);
            if (space >= 0)
            {
                glyph.AfterSpace = true;
                glyph.SpaceBefore = Middle(span[space], frame);
                space = -1;
            }

            (last, lastFrame) = (RunsOf(frames, frame), frame);
            last.Add(glyph);
        }

        foreach (var (frame, runs) in frames)
        {
            RunJoiner.Join(runs.Finish(), frame, lines);
        }

        _pool.Reset();
        return lines;
    }

    private static float Middle(in Letter letter, Frame frame) => frame.From(letter.X + (letter.DX / 2), letter.Y + (letter.DY / 2)).U;

    // a page has one frame nearly always, four at most as a rule
    [MethodImpl(HotPath.Options)]
    private RunBuilder RunsOf(List<(Frame Frame, RunBuilder Runs)> frames, Frame frame)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i].Frame.Degrees == frame.Degrees)
            {
                return frames[i].Runs;
            }
        }

        var runs = new RunBuilder(_pool);
        frames.Add((frame, runs));
        return runs;
    }

    private static bool IsVertical(in Letter letter) => (letter.Flags & LetterFlags.Vertical) != 0;

    // letters of a vertical font that a program put side by side one by one
    private static bool IsSetAcross(ReadOnlySpan<Letter> letters)
    {
        var (across, down) = (0, 0);
        for (var i = 1; i < letters.Length; i++)
        {
            ref readonly var a = ref letters[i - 1];
            ref readonly var b = ref letters[i];
            if (IsVertical(a) && IsVertical(b))
            {
                var (x, y) = (MathF.Abs(b.X - a.X), MathF.Abs(b.Y - a.Y));
                across += x > 0.1f * a.Size && x < 2 * a.Size && y < 0.1f * a.Size ? 1 : 0;
                down += y > 0.1f * a.Size && y < 2 * a.Size && x < 0.1f * a.Size ? 1 : 0;
            }
        }

        return across > down;
    }

    [MethodImpl(HotPath.Options)]
    private static Glyph ToGlyph(in Letter letter, Frame frame, int order)
    {
        var (u, v) = frame.From(letter.X, letter.Y);
        var advance = frame.Degrees % 90 == 0 ? MathF.Abs(letter.DX) + MathF.Abs(letter.DY) : MathF.Sqrt((letter.DX * letter.DX) + (letter.DY * letter.DY));
        var (ascent, descent) = (letter.Font.Ascent, letter.Font.Descent);
        if (ascent - descent > 3)
        {
            (ascent, descent) = (0.75f, -0.25f); // a Type3 font with a space of its own
        }

        var glyph = new Glyph
        {
            Text = letter.Text,
            U0 = u,
            U1 = u + advance,
            Base = v,
            Top = v - (ascent * letter.Size),
            Bottom = v - (descent * letter.Size),
            Size = letter.Size,
            Order = order,
            MarkedContent = letter.MarkedContent,
            Style = StyleOf(letter.Font) | Script.StyleOf(letter.Text) | StyleOf(letter.Flags),
        };
        if (IsVertical(letter))
        {
            // the origin is the middle of the top; there is no baseline, so the middle of the line stands for it
            (glyph.U0, glyph.U1, glyph.Base, glyph.Top, glyph.Bottom) = frame.Degrees == 0
                ? (letter.X0, letter.X1, letter.Y0 + (0.75f * letter.Size), letter.Y0, letter.Y0 + letter.Size)
                : (u, u + advance, v, v - (0.5f * letter.Size), v + (0.5f * letter.Size));
        }

        return glyph;
    }

    private static GlyphStyle StyleOf(LetterFlags flags) =>
        ((flags & LetterFlags.Annotation) != 0 ? GlyphStyle.Annotation : 0) | ((flags & LetterFlags.Artifact) != 0 ? GlyphStyle.Artifact : 0);

    private static GlyphStyle StyleOf(PdfFont font) =>
        (font.IsBold ? GlyphStyle.Bold : 0) | (font.IsItalic ? GlyphStyle.Italic : 0) | (font.IsFixedPitch ? GlyphStyle.Fixed : 0);
}
