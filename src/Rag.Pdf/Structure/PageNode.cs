using Rag.Pdf.Content;
using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>A page of the tree (7.7.3.3), with what it inherits.</summary>
internal sealed class PageNode
{
    /// <summary>Where nothing sensible is said about its size: US Letter, as Acrobat takes it.</summary>
    private static readonly double[] _letter = [0, 0, 612, 792];

    /// <summary>A page with all that the nodes above it say.</summary>
    public PageNode(PdfDictionary dictionary, int number, Inherited inherited)
    {
        Dictionary = dictionary;
        ObjectNumber = number;
        Resources = inherited.Resources;
        var unit = dictionary.Number("UserUnit") is > 0 and <= 10_000 and var u ? u : 1;
        var media = Box(inherited.MediaBox) ?? _letter;
        var crop = Box(inherited.CropBox) is { } c ? Box(Math.Max(c[0], media[0]), Math.Max(c[1], media[1]), Math.Min(c[2], media[2]), Math.Min(c[3], media[3])) ?? media : media;
        var (width, height) = ((crop[2] - crop[0]) * unit, (crop[3] - crop[1]) * unit);
        (Width, Height, Transform) = Turns(inherited.Rotate) switch
        {
            1 => (height, width, new Matrix(0, unit, unit, 0, -crop[1] * unit, -crop[0] * unit)),
            2 => (width, height, new Matrix(-unit, 0, 0, unit, crop[2] * unit, -crop[1] * unit)),
            3 => (height, width, new Matrix(0, -unit, -unit, 0, crop[3] * unit, crop[2] * unit)),
            _ => (width, height, new Matrix(unit, 0, 0, -unit, -crop[0] * unit, crop[3] * unit)),
        };
    }

    public PdfDictionary Dictionary { get; }

    /// <summary>Its object number, or 0 where it is no indirect object.</summary>
    public int ObjectNumber { get; }

    public PdfDictionary? Resources { get; }

    /// <summary>Width as displayed, in points.</summary>
    public double Width { get; }

    /// <summary>Height as displayed, in points.</summary>
    public double Height { get; }

    /// <summary>From default user space to the displayed page: crop box, user unit and rotation applied, y downwards.</summary>
    public Matrix Transform { get; }

    // clockwise quarter turns
    private static int Turns(double? degrees) => degrees is { } d && Math.Abs(d) < 1e6 ? (((int)Math.Round(d / 90) % 4) + 4) % 4 : 0;

    private static double[]? Box(PdfArray? array) => array?.Numbers(4) is { } b ? Box(Math.Min(b[0], b[2]), Math.Min(b[1], b[3]), Math.Max(b[0], b[2]), Math.Max(b[1], b[3])) : null;

    private static double[]? Box(double x0, double y0, double x1, double y1) => x1 - x0 is >= 1 and < 1e7 && y1 - y0 is >= 1 and < 1e7 ? [x0, y0, x1, y1] : null;
}

/// <summary>What pages take from the nodes above them (7.7.3.4).</summary>
internal sealed record Inherited(PdfDictionary? Resources, PdfArray? MediaBox, PdfArray? CropBox, double? Rotate)
{
    public static Inherited Nothing { get; } = new(null, null, null, null);

    /// <summary>With what this node itself says.</summary>
    public Inherited With(PdfDictionary node) => new(
        node.Dictionary("Resources") ?? Resources,
        node.Array("MediaBox") ?? MediaBox,
        node.Array("CropBox") ?? CropBox,
        node.Number("Rotate") ?? Rotate);
}
