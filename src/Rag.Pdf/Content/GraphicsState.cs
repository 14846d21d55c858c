using Rag.Pdf.Fonts;

namespace Rag.Pdf.Content;

/// <summary>The part of the graphics state (8.4) and text state (9.3) that decides where text stands and whether it is seen.</summary>
internal struct GraphicsState
{
    /// <summary>From user space to the displayed page.</summary>
    public Matrix Transform;

    /// <summary>Box around what may be painted on, on the displayed page.</summary>
    public Rectangle Clip;

    public Paint Fill;
    public Paint Stroke;
    public double LineWidth;

    public PdfFont? Font;
    public double FontSize;
    public double CharacterSpacing;
    public double WordSpacing;

    /// <summary>Horizontal scaling, 1 where the operator Tz says 100.</summary>
    public double Scaling;
    public double Leading;
    public double Rise;
    public int RenderingMode;

    /// <summary>The state in which a page begins (8.4.1).</summary>
    public static GraphicsState Initial(in Matrix transform) => new()
    {
        Transform = transform,
        Clip = Rectangle.Unbounded,
        Fill = Paint.Black,
        Stroke = Paint.Black,
        LineWidth = 1,
        Scaling = 1,
    };
}

/// <summary>A colour, as far as one needs to know to tell white from not white.</summary>
internal struct Paint
{
    public static readonly Paint Black = new() { Space = ColorSpace.Gray, Alpha = 1 };

    public ColorSpace Space;

    /// <summary>0 for black and every full colour, 1 for white: the least of red, green and blue.</summary>
    public float Light;

    /// <summary>Opacity, 0 to 1 (11.6.4.4).</summary>
    public float Alpha;

    /// <summary>How light it comes out on white paper.</summary>
    public readonly float Shown => 1 - (Alpha * (1 - Light));

    /// <summary>Sets space and colour; nothing where the operands are not numbers.</summary>
    public void Set(ColorSpace space, ReadOnlySpan<double> components)
    {
        if (!components.IsEmpty)
        {
            Space = space;
            Light = space.Lightness(components);
        }
    }

    /// <summary>Sets a colour of the space it has; a pattern, which is no numbers, is not white.</summary>
    public void Set(ReadOnlySpan<double> components) => Light = components.IsEmpty ? 0 : Space.Lightness(components);
}
