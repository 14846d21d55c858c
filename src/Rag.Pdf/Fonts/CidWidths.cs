using Rag.Pdf.Files;
using Rag.Pdf.Fonts.CMaps;

namespace Rag.Pdf.Fonts;

/// <summary>The metrics of a CIDFont (9.7.4.3), in text space: one is the font size.</summary>
internal sealed class CidWidths
{
    // All values of a font: many entries may refer to one long list.
    private const int MaxValues = 1 << 20;

    private readonly float _width;
    private readonly CodeRanges<float[]> _widths;
    private readonly float _originY;
    private readonly float _advance;
    private readonly CodeRanges<float[]> _verticals;

    public CidWidths(PdfDictionary font)
    {
        _width = Sane(font.Number("DW")) ?? 1;
        _widths = Ranges(font.Array("W"), 1);
        var vertical = font.Array("DW2")?.Numbers(2);
        _originY = Sane(vertical?[0]) ?? 0.88f;
        _advance = Sane(vertical?[1]) ?? -1;
        _verticals = Ranges(font.Array("W2"), 3);
    }

    public FontGlyph Of(int cid, string? text, bool isVertical, bool isWordSpace)
    {
        var width = _widths.TryFind((uint)cid, out var widths, out var offset) ? widths[Math.Min(offset, widths.Length - 1)] : _width;
        if (!isVertical)
        {
            return new(text!, width) { IsWordSpace = isWordSpace };
        }

        if (!_verticals.TryFind((uint)cid, out var metrics, out offset))
        {
            return new(text!, width) { IsWordSpace = isWordSpace, VerticalAdvance = _advance, OriginX = width / 2, OriginY = _originY };
        }

        var at = Math.Min((int)offset * 3, metrics.Length - 3);
        return new(text!, width) { IsWordSpace = isWordSpace, VerticalAdvance = metrics[at], OriginX = metrics[at + 1], OriginY = metrics[at + 2] };
    }

    private static float? Sane(double? thousandths) => thousandths is { } w && Math.Abs(w) < 100_000 ? (float)(w / 1000) : null;

    // Either c [v1 v2 ...] or first last v, each v so many numbers.
    private static CodeRanges<float[]> Ranges(PdfArray? array, int size)
    {
        var ranges = new List<CodeRanges<float[]>.Range>();
        var left = MaxValues;
        for (var i = 0; i + 1 < array?.Count && left > 0;)
        {
            if (array.Number(i) is not (>= 0 and <= 65535 and var first))
            {
                i++;
            }
            else if (array[i + 1] is PdfArray list)
            {
                var values = Values(list, 0, Math.Min(list.Count, left) / size * size);
                left -= values.Length + 1;
                if (values.Length > 0)
                {
                    ranges.Add(new((ulong)first, (ulong)(first + values.Length / size - 1), values));
                }

                i += 2;
            }
            else if (array.Number(i + 1) is >= 0 and <= 65535 and var last && i + 2 + size <= array.Count)
            {
                ranges.Add(new((ulong)first, (ulong)last, Values(array, i + 2, size)));
                i += 2 + size;
                left -= size;
            }
            else
            {
                i += 2;
            }
        }

        return new(ranges);
    }

    private static float[] Values(PdfArray array, int start, int count)
    {
        var values = new float[Math.Min(count, 3 * 65536)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Sane(array.Number(start + i)) ?? 0;
        }

        return values;
    }
}
