using System.Globalization;

namespace Rag.Analysis;

/// <summary>One byte of a Unicode break property per code point: by general category, with explicit ranges laid over it.</summary>
/// <remarks>The Basic Multilingual Plane is a flat table of 64 KiB, built once in under a millisecond; other planes are classified on the fly.</remarks>
internal sealed class BreakTable
{
    private readonly byte[] _basicPlane = new byte[0x10000];
    private readonly Func<UnicodeCategory, byte> _byCategory;
    private readonly (int First, int Last, byte Value)[] _beyond;

    /// <summary>Builds the table.</summary>
    /// <param name="byCategory">The property of a code point that no range names.</param>
    /// <param name="ranges">Hexadecimal code points and ranges, separated by blanks (<c>0027 2018-2019</c>); a later one wins.</param>
    public BreakTable(Func<UnicodeCategory, byte> byCategory, params ReadOnlySpan<(byte Value, string Ranges)> ranges)
    {
        _byCategory = byCategory;
        for (var c = 0; c < _basicPlane.Length; c++)
        {
            _basicPlane[c] = byCategory(CharUnicodeInfo.GetUnicodeCategory((char)c));
        }

        var beyond = new List<(int, int, byte)>();
        foreach (var (value, text) in ranges)
        {
            foreach (var range in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var dash = range.IndexOf('-', StringComparison.Ordinal);
                var first = int.Parse(dash < 0 ? range : range.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var last = dash < 0 ? first : int.Parse(range.AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (first >= _basicPlane.Length)
                {
                    beyond.Add((first, last, value));
                }
                else
                {
                    _basicPlane.AsSpan(first, last - first + 1).Fill(value);
                }
            }
        }

        beyond.Reverse();
        _beyond = [.. beyond];
    }

    /// <summary>The property of a UTF-16 code unit that is not half of a surrogate pair.</summary>
    public byte this[char c] => _basicPlane[c];

    /// <summary>The property of the code point at <paramref name="index"/>; a lone surrogate is classified as itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="index">Where the code point begins.</param>
    /// <param name="length">1, or 2 for a surrogate pair.</param>
    public byte At(ReadOnlySpan<char> text, int index, out int length)
    {
        var c = text[index];
        if (!char.IsHighSurrogate(c) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
        {
            length = 1;
            return _basicPlane[c];
        }

        length = 2;
        return Beyond(char.ConvertToUtf32(c, text[index + 1]));
    }

    private byte Beyond(int codePoint)
    {
        foreach (var (first, last, value) in _beyond)
        {
            if (first <= codePoint && codePoint <= last)
            {
                return value;
            }
        }

        return _byCategory(CharUnicodeInfo.GetUnicodeCategory(codePoint));
    }
}
