namespace Rag.Pdf.Fonts;

/// <summary>A font as text extraction needs it: from codes to text and widths. Safe for concurrent use.</summary>
internal abstract class PdfFont
{
    protected PdfFont()
    {
    }

    protected PdfFont(FontTraits traits)
    {
        Name = traits.Name;
        IsBold = traits.IsBold;
        IsItalic = traits.IsItalic;
        IsFixedPitch = traits.IsFixedPitch;
        Ascent = traits.Ascent;
        Descent = traits.Descent;
    }

    /// <summary>PostScript name without a subset prefix, such as <c>Times-Bold</c>; empty where the font has none.</summary>
    public string Name { get; protected init; } = "";

    public bool IsBold { get; protected init; }

    public bool IsItalic { get; protected init; }

    public bool IsFixedPitch { get; protected init; }

    /// <summary>Whether lines run from top to bottom (writing mode 1).</summary>
    public bool IsVertical { get; protected init; }

    /// <summary>Height above the baseline in text space, one being the font size; always more than <see cref="Descent"/>, sane even where the file is not.</summary>
    public float Ascent { get; protected init; } = 0.75f;

    /// <summary>Depth below the baseline in text space; negative or zero.</summary>
    public float Descent { get; protected init; } = -0.25f;

    /// <summary>Bytes of CMaps that had to be read for it.</summary>
    public int CMapBytes { get; init; }

    /// <summary>Reads the next code of a shown string.</summary>
    /// <param name="text">The rest of the string, not empty.</param>
    /// <param name="glyph">What the code stands for.</param>
    /// <returns>Bytes taken, at least 1 and at most the length of <paramref name="text"/>.</returns>
    public abstract int Read(ReadOnlySpan<byte> text, out FontGlyph glyph);
}

/// <summary>What one code of a font stands for.</summary>
/// <param name="Text">Its characters, shared between all uses; U+FFFD where the font does not say; empty for a glyph known to be nothing.</param>
/// <param name="Width">Horizontal advance in text space, one being the font size.</param>
internal readonly record struct FontGlyph(string Text, float Width)
{
    /// <summary>Vertical advance in text space (negative: downwards); used where <see cref="PdfFont.IsVertical"/>.</summary>
    public float VerticalAdvance { get; init; }

    /// <summary>Where the vertical origin lies, seen from the horizontal one (9.7.4.3).</summary>
    public float OriginX { get; init; }

    /// <summary>See <see cref="OriginX"/>.</summary>
    public float OriginY { get; init; }

    /// <summary>Whether word spacing applies: a code of one byte, 32.</summary>
    public bool IsWordSpace { get; init; }
}
