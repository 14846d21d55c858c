using System.Text;

namespace Rag.Pdf.Files;

/// <summary>Text strings (7.9.2.2) and PDFDocEncoding (annex D.3).</summary>
internal static class TextString
{
    private const char Escape = '\u001B';

    /// <summary>The characters of PDFDocEncoding from 0x18 that are not those of Latin-1.</summary>
    private const string Accents = "\u02D8\u02C7\u02C6\u02D9\u02DD\u02DB\u02DA\u02DC";

    /// <summary>The same from 0x80.</summary>
    private const string Marks = "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD\u20AC";

    /// <summary>The text; zeros that fill up its end are left out.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xFE, 0xFF, ..] => WithoutLanguages(Encoding.BigEndianUnicode.GetString(bytes[2..])),
            [0xFF, 0xFE, ..] => WithoutLanguages(Encoding.Unicode.GetString(bytes[2..])), // not allowed, but written
            [0xEF, 0xBB, 0xBF, ..] => WithoutLanguages(Encoding.UTF8.GetString(bytes[3..])),
            _ => string.Create(bytes.Length, bytes, static (text, bytes) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = Character(bytes[i]);
                }
            }),
        };
        return text.TrimEnd('\0');
    }

    /// <summary>The character of a byte in PDFDocEncoding.</summary>
    public static char Character(byte b) => b switch
    {
        >= 0x18 and <= 0x1F => Accents[b - 0x18],
        >= 0x80 and <= 0xA0 => Marks[b - 0x80],
        _ => (char)b,
    };

    /// <summary>Takes out the language codes between two escapes (7.9.2.2.2).</summary>
    private static string WithoutLanguages(string text)
    {
        if (!text.Contains(Escape))
        {
            return text;
        }

        var rest = text.AsSpan();
        var plain = new StringBuilder(text.Length);
        while (rest.IndexOf(Escape) is var start and >= 0)
        {
            plain.Append(rest[..start]);
            rest = rest[(start + 1)..];
            var end = rest.IndexOf(Escape);
            rest = end is >= 0 and <= 6 ? rest[(end + 1)..] : rest; // "en", "enUS": what is longer is no code
        }

        return plain.Append(rest).ToString();
    }
}
