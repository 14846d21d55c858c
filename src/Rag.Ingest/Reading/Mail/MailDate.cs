using System.Globalization;
using System.Text.RegularExpressions;

namespace Rag.Ingest.Reading.Mail;

/// <summary>The date of a message.</summary>
internal static partial class MailDate
{
    /// <summary>A date of RFC 5322 as <c>2022-12-16 17:04:16 -05:00</c>; what is none stays as it is.</summary>
    public static string Iso(string date)
    {
        var plain = ObsoleteZone().Replace(Comment().Replace(date, " "), " +0000").Trim();
        return DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var parsed)
            || DateTimeOffset.TryParse(DayName().Replace(plain, ""), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out parsed)
            ? Iso(parsed) : date;
    }

    /// <summary>A moment in the same form.</summary>
    public static string Iso(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\p{L}+\.?,\s*")]
    private static partial Regex DayName(); // is wrong at times

    [GeneratedRegex(@"\s(?:UT|UTC|GMT|Z)$", RegexOptions.IgnoreCase)]
    private static partial Regex ObsoleteZone();
}
