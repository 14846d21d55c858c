using Rag.Pdf.Content;
using Rag.Pdf.Structure;

namespace Rag.Pdf.Layout;

/// <summary>A word of a line: characters in logical order and their place in the line's frame.</summary>
/// <param name="Text">Its characters, without white space.</param>
/// <param name="U0">Where it begins.</param>
/// <param name="U1">Where it ends.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Bottom">Its lower edge.</param>
/// <param name="Style">Bits that most of its glyphs have.</param>
/// <param name="Joined">Whether it follows the word before without a space.</param>
internal readonly record struct Word(string Text, float U0, float U1, float Top, float Bottom, GlyphStyle Style, bool Joined = false);

/// <summary>Words side by side on one baseline with no wide gap between them: a line of a paragraph, or what stands in one cell of a table.</summary>
internal sealed class TextLine
{
    public required Frame Frame { get; init; }

    /// <summary>In logical order.</summary>
    public required List<Word> Words { get; init; }

    public required float U0 { get; init; }

    public required float U1 { get; init; }

    public required float Top { get; init; }

    public required float Bottom { get; init; }

    public required float Base { get; init; }

    /// <summary>The font size of most of its characters.</summary>
    public required float Size { get; init; }

    /// <summary>Place of its first glyph in the page's order of painting; where the page is tagged, in logical order.</summary>
    public required int Order { get; set; }

    /// <summary>Place of its last glyph, likewise.</summary>
    public required int LastOrder { get; set; }

    /// <summary>The element of the logical structure to which it belongs, where the page is tagged.</summary>
    public StructureElement? Tag { get; set; }

    /// <summary>Bits that most of its characters have.</summary>
    public required GlyphStyle Style { get; init; }

    /// <summary>Characters, without spaces.</summary>
    public required int Length { get; init; }

    /// <summary>Marked-content id of its first glyph, or -1.</summary>
    public int MarkedContent { get; init; } = -1;

    public float Width => U1 - U0;

    public bool Has(GlyphStyle style) => (Style & style) != 0;

    /// <summary>How much of the narrower one lies under or over the other, 0 to 1.</summary>
    public float Overlap(TextLine other) => (MathF.Min(U1, other.U1) - MathF.Max(U0, other.U0)) / MathF.Max(MathF.Min(Width, other.Width), 0.1f);

    public Rectangle Box => Frame.ToPage(U0, Top, U1, Bottom);

    public string Text => string.Join(' ', Words.Select(w => w.Text));
}
