using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>One shown glyph on a displayed page: points, origin at the top left of the crop box, y downwards, page rotation applied.</summary>
internal struct Letter
{
    /// <summary>Its characters; one as a rule, more for a ligature, empty never.</summary>
    public string Text;

    public PdfFont Font;

    /// <summary>Upright box around advance width, ascent and descent.</summary>
    public float X0;
    public float Y0;
    public float X1;
    public float Y1;

    /// <summary>Where its baseline begins.</summary>
    public float X;
    public float Y;

    /// <summary>Advance along the baseline, without character and word spacing: direction of writing and width in one.</summary>
    public float DX;
    public float DY;

    /// <summary>Font size as displayed, in points; positive.</summary>
    public float Size;

    /// <summary>Marked-content id (14.7.4.2) of the innermost sequence that has one, else -1.</summary>
    public int MarkedContent;

    public LetterFlags Flags;
}

/// <summary>What is special about a letter.</summary>
[Flags]
internal enum LetterFlags : ushort
{
    None = 0,

    /// <summary>Rendering mode 3 or 7, or clipped away.</summary>
    Invisible = 1,

    /// <summary>Filled white (or nearly) with nothing darker painted under it.</summary>
    White = 2,

    /// <summary>Outside the crop box.</summary>
    OffPage = 4,

    /// <summary>Under one point high as displayed.</summary>
    Tiny = 8,

    /// <summary>Inside marked content tagged <c>Artifact</c>.</summary>
    Artifact = 16,

    /// <summary>Its text is a replacement (<c>ActualText</c>, 14.9.4).</summary>
    Replaced = 32,

    /// <summary>Its direction of writing is that of a vertical font.</summary>
    Vertical = 64,

    /// <summary>Comes from an annotation's appearance or a form field's value.</summary>
    Annotation = 128,

    /// <summary>Cut away by a clip that does not reach so far; always with <see cref="Invisible"/>. On the page it is often the end of a line that ran over its frame.</summary>
    Clipped = 256,

    /// <summary>What nobody sees.</summary>
    Hidden = Invisible | White | OffPage | Tiny,
}
