namespace Rag.Pdf.Layout;

/// <summary>A letter in its <see cref="Frame"/>: writing runs along U, lines follow each other along V.</summary>
internal struct Glyph
{
    public string Text;
    public float U0;
    public float U1;
    public float Top;
    public float Bottom;
    public float Base;
    public float Size;

    /// <summary>Place among the letters of the page, as painted; after tags have been read, as they order the page.</summary>
    public int Order;

    public GlyphStyle Style;

    /// <summary>Whether white space was painted before it.</summary>
    public bool AfterSpace;

    /// <summary>The middle of that white space.</summary>
    public float SpaceBefore;

    /// <summary>The middle of the white space painted right after it, or 0.</summary>
    public float SpaceAfter;

    /// <summary>Marked-content id, or -1.</summary>
    public int MarkedContent;
}

/// <summary>What a glyph looks like, as far as structure shows in it.</summary>
[Flags]
internal enum GlyphStyle : byte
{
    Plain = 0,
    Bold = 1,
    Italic = 2,
    Fixed = 4,
    RightToLeft = 8,
    Ideograph = 16,
    Annotation = 32,
    Artifact = 64,
}
