using System.Globalization;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>Dates out of texts: <c>strptime</c> and <c>fromisoformat</c>.</summary>
internal sealed class DateParser
{
    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12)];
    private static readonly string[] Days = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    private readonly string text;
    private int at;
    private int year = 1900, month = 1, day = 1, hour, minute, second, microsecond, dayOfYear;
    private bool? afternoon;

    private DateParser(string text) => this.text = text;

    public static Value Parse(Run run, string text, string format)
    {
        run.Step((text.Length + format.Length) / 4);
        var parser = new DateParser(text);
        if (!parser.Read(format))
        {
            throw Raise.ValueError($"time data {TextOf.Quoted(run, text)} does not match format {TextOf.Quoted(run, format)}");
        }

        return parser.at < text.Length ? throw Raise.ValueError($"unconverted data remains: {text[parser.at..]}") : parser.Result();
    }

    public static Value Iso(Run run, string text, bool hasTime)
    {
        run.Step(text.Length / 4);
        string[] formats = hasTime
            ? ["yyyy-MM-dd", "yyyyMMdd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fff", "yyyy-MM-ddTHH:mm:ss.ffffff", "yyyy-MM-ddTHH"]
            : ["yyyy-MM-dd", "yyyyMMdd"];
        var plain = text.Length > 10 && hasTime ? $"{text[..10]}T{text[11..]}" : text;
        return DateTime.TryParseExact(plain, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? new PyDate(moment, hasTime)
            : throw Raise.ValueError($"Invalid isoformat string: {TextOf.Quoted(run, text)}");
    }

    private bool Read(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (char.IsWhiteSpace(format[i]))
            {
                while (at < text.Length && char.IsWhiteSpace(text[at]))
                {
                    at++;
                }

                continue;
            }

            if (format[i] != '%' || i + 1 == format.Length)
            {
                if (at >= text.Length || char.ToLowerInvariant(text[at++]) != char.ToLowerInvariant(format[i]))
                {
                    return false;
                }

                continue;
            }

            if (!ReadCode(format[++i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadCode(char code)
    {
        switch (code)
        {
            case 'Y':
                return Number(4, 4, 0, 9999, out year);
            case 'y':
                var found = Number(2, 2, 0, 99, out var two);
                year = two < 69 ? 2000 + two : 1900 + two;
                return found;
            case 'm':
                return Number(1, 2, 1, 12, out month);
            case 'd':
                return Number(1, 2, 1, 31, out day);
            case 'H':
                return Number(1, 2, 0, 23, out hour);
            case 'I':
                return Number(1, 2, 1, 12, out hour);
            case 'M':
                return Number(1, 2, 0, 59, out minute);
            case 'S':
                return Number(1, 2, 0, 61, out second);
            case 'j':
                return Number(1, 3, 1, 366, out dayOfYear);
            case 'f':
                var start = at;
                var isNumber = Number(1, 6, 0, 999_999, out microsecond);
                microsecond *= (int)Math.Pow(10, 6 - (at - start));
                return isNumber;
            case 'B' or 'b':
                month = Name(Months, code == 'b') + 1;
                return month > 0;
            case 'A' or 'a':
                return Name(Days, code == 'a') >= 0;
            case 'p':
                var half = Name(["AM", "PM"], isShort: false);
                afternoon = half == 1;
                return half >= 0;
            case '%':
                return at < text.Length && text[at++] == '%';
            default:
                throw Raise.ValueError($"'{code}' is a bad directive in format '%{code}'");
        }
    }

    private bool Number(int least, int most, int from, int to, out int number)
    {
        var start = at;
        number = 0;
        while (at < text.Length && at - start < most && char.IsAsciiDigit(text[at]) && (number * 10) + text[at] - '0' <= to)
        {
            number = (number * 10) + text[at++] - '0';
        }

        return at - start >= least && number >= from;
    }

    private int Name(string[] names, bool isShort)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = isShort ? names[i][..3] : names[i];
            if (text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                at += name.Length;
                return i;
            }
        }

        return -1;
    }

    private PyDate Result()
    {
        var shown = afternoon is null ? hour : (hour % 12) + (afternoon.Value ? 12 : 0);
        if (year < 1 || day > DateTime.DaysInMonth(year, month))
        {
            throw Raise.ValueError("day is out of range for month");
        }

        var date = dayOfYear > 0 ? new DateTime(year, 1, 1).AddDays(dayOfYear - 1) : new DateTime(year, month, day);
        return new(date + new TimeSpan(0, shown, minute, Math.Min(second, 59)) + TimeSpan.FromMicroseconds(microsecond), hasTime: true);
    }
}
