using Rag.Pdf.Files;

namespace Rag.Pdf.Content;

/// <summary>A colour space (8.6), as far as one needs it to tell white from not white.</summary>
internal sealed class ColorSpace
{
    private const int Deepest = 4;
    private readonly Kind _kind;
    private readonly float[] _palette;

    private ColorSpace(Kind kind, float[]? palette = null)
    {
        _kind = kind;
        _palette = palette ?? [];
    }

    private enum Kind
    {
        Gray,
        Rgb,
        Cmyk,
        Lab,
        Tint,
        Indexed,
        Pattern,
    }

    public static ColorSpace Gray { get; } = new(Kind.Gray);

    public static ColorSpace Rgb { get; } = new(Kind.Rgb);

    public static ColorSpace Cmyk { get; } = new(Kind.Cmyk);

    public static ColorSpace Pattern { get; } = new(Kind.Pattern);

    private static ColorSpace Lab { get; } = new(Kind.Lab);

    private static ColorSpace Tint { get; } = new(Kind.Tint);

    /// <summary>How light the colour is in which the space begins (8.6.8): black as a rule.</summary>
    public float Initial => _kind == Kind.Indexed ? Lightness([0]) : 0;

    /// <summary>One of the spaces that need no resources; also by their short names in inline images.</summary>
    public static ColorSpace? Named(string name) => name switch
    {
        "DeviceGray" or "CalGray" or "G" => Gray,
        "DeviceRGB" or "CalRGB" or "RGB" => Rgb,
        "DeviceCMYK" or "CMYK" => Cmyk,
        "Pattern" => Pattern,
        _ => null,
    };

    public static ColorSpace Read(PdfObject? space) => Read(space, 0);

    /// <summary>0 for black and every full colour, 1 for white.</summary>
    public float Lightness(ReadOnlySpan<double> c) => (float)Math.Clamp(_kind switch
    {
        Kind.Gray when c.Length >= 1 => c[0],
        Kind.Rgb when c.Length >= 3 => Math.Min(c[0], Math.Min(c[1], c[2])),
        Kind.Cmyk when c.Length >= 4 => 1 - (Math.Max(c[0], Math.Max(c[1], c[2])) + c[3]),
        Kind.Lab when c.Length >= 1 => c[0] / 100,
        Kind.Tint => 1 - Most(c),
        Kind.Indexed when c.Length >= 1 && _palette.Length > 0 && double.IsFinite(c[0]) => _palette[(int)Math.Clamp(c[0], 0, _palette.Length - 1)],
        _ => 0,
    }, 0, 1);

    private static ColorSpace Read(PdfObject? space, int depth)
    {
        if (space is PdfName { Value: var name })
        {
            return Named(name) ?? Gray;
        }

        if (depth > Deepest || space is not PdfArray { Count: > 0 } array)
        {
            return Gray;
        }

        return (array[0] as PdfName)?.Value switch
        {
            "ICCBased" when array.Count > 1 => (array[1] as PdfStream)?.Dictionary.Integer("N") switch
            {
                3 => Rgb,
                4 => Cmyk,
                _ => Gray,
            },
            "Lab" => Lab,
            "Separation" or "DeviceN" => Tint,
            "Indexed" or "I" when array.Count > 3 => new(Kind.Indexed, Palette(array, Read(array[1], depth + 1))),
            { } other => Named(other) ?? Gray,
            null => Gray,
        };
    }

    private static double Most(ReadOnlySpan<double> tints)
    {
        var most = 0.0;
        foreach (var tint in tints)
        {
            most = Math.Max(most, tint);
        }

        return most;
    }

    private static float[] Palette(PdfArray array, ColorSpace inner)
    {
        if (array[3] is PdfStream stream)
        {
            try
            {
                using var bytes = stream.Decode();
                return Palette(bytes.Span, inner);
            }
            catch (NotSupportedException)
            {
                return [];
            }
        }

        return array[3] is PdfString text ? Palette(text.Bytes, inner) : [];
    }

    private static float[] Palette(ReadOnlySpan<byte> table, ColorSpace inner)
    {
        var parts = inner._kind switch { Kind.Rgb or Kind.Lab => 3, Kind.Cmyk => 4, _ => 1 };
        var palette = new float[Math.Min(256, table.Length / parts)];
        Span<double> color = stackalloc double[parts];
        for (var i = 0; i < palette.Length; i++)
        {
            for (var p = 0; p < parts; p++)
            {
                // components of Lab go from 0 to 100, all others from 0 to 1
                color[p] = table[(i * parts) + p] / (inner._kind == Kind.Lab ? 2.55 : 255);
            }

            palette[i] = inner.Lightness(color);
        }

        return palette;
    }
}
