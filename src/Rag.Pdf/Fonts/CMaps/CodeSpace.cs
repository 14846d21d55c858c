using System.Globalization;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>How a string of bytes is cut into codes of one to four bytes (9.7.6.2).</summary>
internal sealed class CodeSpace
{
    private readonly List<Range> _ranges;
    private readonly byte[] _lengths = new byte[256];
    private readonly int _shortest;

    /// <param name="ranges">Those of the CMap; where there are none, codes have two bytes.</param>
    public CodeSpace(List<Range> ranges)
    {
        _ranges = ranges.Count > 0 ? ranges : [new(2, 0, 0xFFFF)];
        _shortest = _ranges.Min(r => r.Length);
        for (var first = 0; first < 256; first++)
        {
            var lengths = _ranges.Where(r => r.Holds((uint)first, 0)).Select(r => r.Length).Distinct().ToList();
            _lengths[first] = (byte)(lengths.Count == 1 ? lengths[0] : lengths.Count == 0 ? _shortest : 0);
        }
    }

    /// <summary>Codes of two bytes, all of them.</summary>
    public static CodeSpace TwoBytes { get; } = new([]);

    /// <summary>Whether every code has two bytes, whatever they are.</summary>
    public bool IsTwoBytes => _lengths.AsSpan().IndexOfAnyExcept((byte)2) < 0;

    /// <summary>Codes of <paramref name="Length"/> bytes each of which lies between those of <paramref name="Low"/> and <paramref name="High"/>.</summary>
    internal readonly record struct Range(int Length, uint Low, uint High)
    {
        /// <summary>Whether byte number <paramref name="index"/> of a code may be this one.</summary>
        public bool Holds(uint value, int index)
        {
            var shift = 8 * (Length - 1 - index);
            return value >= (Low >> shift & 255) && value <= (High >> shift & 255);
        }
    }

    /// <summary>Ranges written as in <c>00-80 8140-9FFC</c>.</summary>
    public static CodeSpace Of(string ranges) =>
        new([.. ranges.Split(' ').Select(r => r.Split('-')).Select(r => new Range(r[0].Length / 2, Hex(r[0]), Hex(r[1])))]);

    /// <summary>The length in bytes of the first code in <paramref name="text"/>, and that code; a code of no range takes as many bytes as the shortest range that it begins like.</summary>
    public int Next(ReadOnlySpan<byte> text, out uint code)
    {
        int length = _lengths[text[0]];
        if (length == 0)
        {
            length = Match(text);
        }

        length = Math.Min(length, text.Length);
        code = 0;
        foreach (var b in text[..length])
        {
            code = code << 8 | b;
        }

        return length;
    }

    private static uint Hex(string digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private int Match(ReadOnlySpan<byte> text)
    {
        var (best, bestMatch) = (_shortest, 0);
        foreach (var range in _ranges)
        {
            var match = 0;
            while (match < range.Length && match < text.Length && range.Holds(text[match], match))
            {
                match++;
            }

            if (match == range.Length)
            {
                return match;
            }

            if (match > bestMatch || (match == bestMatch && range.Length < best))
            {
                (best, bestMatch) = (range.Length, match);
            }
        }

        return best;
    }
}
