using Rag.Pdf.Content;
using Rag.Pdf.Fonts;

namespace Rag.Pdf.Layout;

/// <summary>Letters to lines: runs of letters in the order they are painted, joined where they stand side by side on one baseline.</summary>
internal static class LineBuilder
{
    /// <summary>The lines of a page, frame by frame, each frame from top to bottom.</summary>
    /// <param name="letters">The letters, as painted.</param>
    /// <param name="skip">Letters that have one of these flags are left out.</param>
    public static List<TextLine> Build(List<Letter> letters, LetterFlags skip)
    {
        var lines = new List<TextLine>();
        var frames = new List<(Frame Frame, RunBuilder Runs)>();
        var space = false;
        for (var i = 0; i < letters.Count; i++)
        {
            ref readonly var letter = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(letters)[i];
            if ((letter.Flags & skip) != 0)
            {
                continue;
            }

            if (string.IsNullOrWhiteSpace(letter.Text))
            {
                space = true;
                continue;
            }

            var frame = Frame.Of(letter);
            RunsOf(frames, frame).Add(ToGlyph(letter, frame, i, space));
            space = false;
        }

        foreach (var (frame, runs) in frames)
        {
            RunJoiner.Join(runs.Finish(), frame, lines);
        }

        return lines;
    }

    // a page has one frame nearly always, four at most as a rule
    private static RunBuilder RunsOf(List<(Frame Frame, RunBuilder Runs)> frames, Frame frame)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i].Frame == frame)
            {
                return frames[i].Runs;
            }
        }

        var runs = new RunBuilder();
        frames.Add((frame, runs));
        return runs;
    }

    private static Glyph ToGlyph(in Letter letter, Frame frame, int order, bool space)
    {
        var (u, v) = frame.From(letter.X, letter.Y);
        var advance = frame.Degrees % 90 == 0 ? MathF.Abs(letter.DX) + MathF.Abs(letter.DY) : MathF.Sqrt((letter.DX * letter.DX) + (letter.DY * letter.DY));
        var vertical = (letter.Flags & LetterFlags.Vertical) != 0;
        return new()
        {
            Text = letter.Text,
            U0 = u,
            U1 = u + advance,
            Base = v,
            Top = v - ((vertical ? 0.5f : letter.Font.Ascent) * letter.Size),
            Bottom = v - ((vertical ? -0.5f : letter.Font.Descent) * letter.Size),
            Size = letter.Size,
            Order = order,
            AfterSpace = space,
            MarkedContent = letter.MarkedContent,
            Style = StyleOf(letter.Font) | Script.StyleOf(letter.Text) | ((letter.Flags & LetterFlags.Annotation) != 0 ? GlyphStyle.Annotation : 0),
        };
    }

    private static GlyphStyle StyleOf(PdfFont font) =>
        (font.IsBold ? GlyphStyle.Bold : 0) | (font.IsItalic ? GlyphStyle.Italic : 0) | (font.IsFixedPitch ? GlyphStyle.Fixed : 0);
}
