using System.Runtime.CompilerServices;
namespace Rag.Pdf.Fonts;

/// <summary>A font with codes of one byte (9.6): a table of 256 glyphs.</summary>
/// <param name="traits">What the descriptor tells.</param>
/// <param name="glyphs">All 256; a <see langword="null"/> text means that only the font program can tell.</param>
/// <param name="complete">Makes the table again with the help of the program; called once, when such a glyph is shown.</param>
internal sealed class SimpleFont(FontTraits traits, FontGlyph[] glyphs, Func<FontGlyph[]> complete) : PdfFont(traits)
{
    private readonly Lazy<FontGlyph[]> _complete = new(complete);
    private FontGlyph[] _glyphs = glyphs;

    [MethodImpl(HotPath.Options)]
    public override int Read(ReadOnlySpan<byte> text, out FontGlyph glyph)
    {
        glyph = _glyphs[text[0]];
        if (glyph.Text is null)
        {
            Volatile.Write(ref _glyphs, _complete.Value);
            glyph = _glyphs[text[0]];
        }

        return 1;
    }
}
