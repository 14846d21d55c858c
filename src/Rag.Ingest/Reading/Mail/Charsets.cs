using System.Text;
using System.Text.Unicode;
using Rag.Ingest.Reading.Html;

namespace Rag.Ingest.Reading.Mail;

/// <summary>Text in a character set that is named, often wrongly.</summary>
internal static class Charsets
{
    /// <summary>The same for a code page of Windows, 0 for an unknown one.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, int page) => Decode(bytes, page switch { 0 or 20127 => null, 65001 => "utf-8", _ => Name(page) });

    /// <summary>The text that <paramref name="bytes"/> are; where the name is missing, unknown, ASCII or a form of Unicode, or has one byte a character while the bytes are valid UTF-8, they say themselves what they are.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? name)
    {
        var known = (name ?? "").Trim().ToLowerInvariant() is { Length: > 0 } lower && !lower.Contains("ascii", StringComparison.Ordinal) && !lower.StartsWith("utf", StringComparison.Ordinal) ? HtmlEncoding.Named(lower) : null;
        if (known is not null && !(known.IsSingleByte && Utf8.IsValid(bytes)))
        {
            return known.GetString(bytes);
        }

        var (encoding, start) = TextEncodings.Guess(bytes);
        return encoding.GetString(bytes[start..]);
    }

    private static string? Name(int page)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(page)?.WebName;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
