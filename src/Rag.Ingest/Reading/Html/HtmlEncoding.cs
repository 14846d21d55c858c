using System.Text;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Html;

/// <summary>Decodes a page as browsers do: byte order mark, then the encoding that it declares; a page that declares none is decoded like plain text.</summary>
internal static partial class HtmlEncoding
{
    // browsers look at 1,024 bytes; pages with long comments before the declaration are common
    private const int DeclaredWithin = 4096;

    /// <exception cref="DocumentFormatException">The bytes are not text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string documentId)
    {
        var (encoding, start) = TextEncodings.Detect(bytes, documentId);
        // what has a mark or is wide is what it is, whatever it declares
        return start > 0 || encoding is UnicodeEncoding or UTF32Encoding ? encoding.GetString(bytes[start..]) : (Declared(bytes) ?? encoding).GetString(bytes);
    }

    private static Encoding? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclaredWithin)]);
        return Declaration().Match(head) is { Success: true } match ? Named(match.Groups["name"].Value.ToLowerInvariant()) : null;
    }

    /// <summary>What the Encoding Standard says that pages mean by a name in lower case; <see langword="null"/> for a name that is not known.</summary>
    public static Encoding? Named(string name)
    {
        var meant = name switch
        {
            "iso-8859-1" or "iso8859-1" or "latin1" or "ascii" or "us-ascii" => "windows-1252",
            "iso-8859-9" or "latin5" => "windows-1254",
            "gb2312" or "gbk" or "x-gbk" => "gb18030",
            "x-sjis" or "windows-31j" or "ms932" or "sjis" => "shift_jis",
            "ks_c_5601-1987" or "ksc5601" or "windows-949" => "euc-kr",
            "tis-620" or "iso-8859-11" => "windows-874",
            "utf8" => "utf-8",
            // a declaration that could be read byte by byte is not UTF-16, and UTF-7 is an attack
            _ when name.StartsWith("utf-", StringComparison.Ordinal) && name != "utf-8" => "utf-8",
            _ => name,
        };
        return meant == "utf-8" ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(meant);
    }

    [GeneratedRegex("""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*(?<name>[\w.:-]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
