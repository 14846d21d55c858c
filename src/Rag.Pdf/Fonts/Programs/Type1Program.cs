using System.Globalization;
using System.Text;

namespace Rag.Pdf.Fonts.Programs;

/// <summary>A Type 1 program (Adobe Type 1 Font Format): the encoding in its part that is not encrypted.</summary>
internal sealed class Type1Program : IFontProgram
{
    // Where an encoding with 256 entries ends at the latest, comments and all.
    private const int MaxWords = 4096;

    private readonly string?[] _codes = new string?[256];

    private Type1Program()
    {
    }

    /// <summary>Reads it, with or without the segment headers of a PFB file.</summary>
    public static Type1Program Read(ReadOnlySpan<byte> bytes)
    {
        var program = new Type1Program();
        var end = bytes.IndexOf("eexec"u8);
        var clear = end < 0 ? bytes : bytes[..end];
        var start = clear.IndexOf("/Encoding"u8);
        if (start >= 0)
        {
            program.ReadEncoding(Encoding.Latin1.GetString(clear[(start + 9)..Math.Min(clear.Length, start + 65536)]));
        }

        return program;
    }

    public string? TextOfCode(byte code) => _codes[code] is { } name ? GlyphNames.TextOf(name) : null;

    public string? TextOfGlyph(int glyph) => null;

    public int GlyphOfCid(int cid) => cid;

    // Either "StandardEncoding def" or "256 array ... dup 65 /A put ... readonly def".
    private void ReadEncoding(string text)
    {
        var words = text.Replace("/", " /", StringComparison.Ordinal).Split((char[])[' ', '\t', '\r', '\n', '\f', '\0'], MaxWords, StringSplitOptions.RemoveEmptyEntries);
        if (words is ["StandardEncoding", ..])
        {
            for (var code = 0; code < 256; code++)
            {
                _codes[code] = SimpleEncoding.Standard[code] == 0 ? null : $"u{(int)SimpleEncoding.Standard[code]:X4}";
            }

            return;
        }

        for (var i = 0; i + 3 < words.Length; i++)
        {
            if (words[i] == "dup" && words[i + 2].StartsWith('/') && Code(words[i + 1]) is { } code)
            {
                _codes[code] = words[i + 2][1..];
                i += 2;
            }
            else if (words[i] is "def" or "readonly" && i > 8)
            {
                return;
            }
        }
    }

    // Decimal, or with a base as in 8#101.
    private static int? Code(string word)
    {
        if (word.StartsWith("8#", StringComparison.Ordinal))
        {
            return word.Length is > 2 and <= 5 && word.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0 && Convert.ToInt32(word[2..], 8) is < 256 and var octal ? octal : null;
        }

        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code < 256 ? code : null;
    }
}
