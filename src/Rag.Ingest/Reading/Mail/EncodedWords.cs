using System.Text;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Mail;

/// <summary>Words of a header field that are not ASCII (RFC 2047).</summary>
internal static partial class EncodedWords
{
    /// <summary><paramref name="text"/> with its encoded words as text; what is no complete one stays as it is.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var (decoded, bytes, charset, end) = (new StringBuilder(), new List<byte>(), "", 0);
        foreach (var match in Word().EnumerateMatches(text))
        {
            var between = text.AsSpan(end, match.Index - end);
            var parts = text.Substring(match.Index + 2, match.Length - 4).Split('?');
            var name = parts[0].Split('*')[0]; // RFC 2231, 5: a language may follow
            // white space between two of them belongs to neither, and a character may be cut in two
            var isNext = end > 0 && between.IsWhiteSpace();
            if (!isNext || !name.Equals(charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
                decoded.Append(isNext ? "" : between);
                charset = name;
            }

            bytes.AddRange(parts[1] is "B" or "b" ? TransferEncoding.Base64(Encoding.Latin1.GetBytes(parts[2])) : TransferEncoding.QuotedPrintable(Encoding.Latin1.GetBytes(parts[2].Replace('_', ' '))));
            end = match.Index + match.Length;
        }

        Flush();
        return decoded.Append(text.AsSpan(end)).ToString();

        void Flush()
        {
            decoded.Append(Charsets.Decode(bytes.ToArray(), charset));
            bytes.Clear();
        }
    }

    [GeneratedRegex(@"=\?[^?\s]+\?[BbQq]\?[^?]*\?=")]
    private static partial Regex Word();
}
