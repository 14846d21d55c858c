using System.Globalization;
using System.Text;

namespace Rag.Llama.Templates.Jinja;

/// <summary>C's <c>strftime</c> in the C locale, for the conversions that chat templates use; <c>-</c> after the percent sign drops the leading zero.</summary>
internal static class Strftime
{
    /// <summary>The time in this format.</summary>
    public static string Format(DateTimeOffset time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var bare = format[i + 1] == '-' && i + 2 < format.Length;
            i += bare ? 2 : 1;
            var part = Part(time, format[i]);
            text.Append(bare && part.Length > 1 ? part.TrimStart('0', ' ').PadLeft(1, '0') : part);
        }

        return text.ToString();
    }

    private static string Part(DateTimeOffset time, char conversion) => conversion switch
    {
        'd' => Number("00", time.Day),
        'e' => Number("0", time.Day).PadLeft(2),
        'm' => Number("00", time.Month),
        'Y' => Number("0000", time.Year),
        'y' => Number("00", time.Year % 100),
        'H' => Number("00", time.Hour),
        'I' => Number("00", ((time.Hour + 11) % 12) + 1),
        'M' => Number("00", time.Minute),
        'S' => Number("00", time.Second),
        'f' => Number("000000", time.Microsecond + (time.Millisecond * 1_000)),
        'j' => Number("000", time.DayOfYear),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'B' => time.ToString("MMMM", CultureInfo.InvariantCulture),
        'b' or 'h' => time.ToString("MMM", CultureInfo.InvariantCulture),
        'A' => time.ToString("dddd", CultureInfo.InvariantCulture),
        'a' => time.ToString("ddd", CultureInfo.InvariantCulture),
        'F' => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        'T' => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        'z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
        'Z' => time.Offset == TimeSpan.Zero ? "UTC" : time.ToString("zzz", CultureInfo.InvariantCulture),
        '%' => "%",
        _ => throw new ChatTemplateException($"the time format '%{conversion}' is not known here. Formats: %d %e %m %Y %y %H %I %M %S %f %j %p %B %b %A %a %F %T %z %Z."),
    };

    private static string Number(string format, int value) => value.ToString(format, CultureInfo.InvariantCulture);
}
