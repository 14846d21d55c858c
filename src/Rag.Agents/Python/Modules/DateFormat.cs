using System.Globalization;
using System.Text;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Modules;

/// <summary>Dates by the codes of <c>strftime</c>, in English.</summary>
internal static class DateFormat
{
    public static string Apply(Run run, PyDate date, string format)
    {
        var builder = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                TextOf.Append(run, builder, $"{format[i]}");
                continue;
            }

            var pads = format[i + 1] != '-' || i + 2 == format.Length;
            i += pads ? 1 : 2;
            var text = Code(date, format[i]);
            TextOf.Append(run, builder, pads ? text : text.TrimStart('0', ' ') is var bare && bare.Length > 0 ? bare : "0");
        }

        return builder.ToString();
    }

    private static string Code(PyDate date, char code)
    {
        var moment = date.Moment;
        return code switch
        {
            'Y' => Number(moment.Year, 1),
            'm' => Number(moment.Month, 2),
            'd' => Number(moment.Day, 2),
            'e' => Number(moment.Day, 1).PadLeft(2),
            'H' => Number(moment.Hour, 2),
            'I' => Number(((moment.Hour + 11) % 12) + 1, 2),
            'M' => Number(moment.Minute, 2),
            'S' => Number(moment.Second, 2),
            'f' => Number(date.Microsecond, 6),
            'y' => Number(moment.Year % 100, 2),
            'C' => Number(moment.Year / 100, 2),
            'j' => Number(moment.DayOfYear, 3),
            'B' or 'b' or 'h' or 'A' or 'a' => moment.ToString(code switch { 'B' => "MMMM", 'A' => "dddd", 'a' => "ddd", _ => "MMM" }, CultureInfo.InvariantCulture),
            'p' => moment.Hour < 12 ? "AM" : "PM",
            'w' => Number((int)moment.DayOfWeek, 1),
            'u' => Number(DateMethods.Weekday(moment) + 1, 1),
            'U' => Number((moment.DayOfYear + 6 - (int)moment.DayOfWeek) / 7, 2),
            'W' => Number((moment.DayOfYear + 6 - DateMethods.Weekday(moment)) / 7, 2),
            'V' => Number(ISOWeek.GetWeekOfYear(moment), 2),
            'G' => Number(ISOWeek.GetYear(moment), 1),
            'D' or 'x' => moment.ToString("MM/dd/yy", CultureInfo.InvariantCulture),
            'F' => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            'T' or 'X' => moment.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            'R' => moment.ToString("HH:mm", CultureInfo.InvariantCulture),
            'c' => moment.ToString("ddd MMM ", CultureInfo.InvariantCulture) + Number(moment.Day, 1).PadLeft(2) + moment.ToString(" HH:mm:ss yyyy", CultureInfo.InvariantCulture),
            'z' or 'Z' => "",
            '%' => "%",
            'n' => "\n",
            't' => "\t",
            _ => $"%{code}",
        };
    }

    private static string Number(int number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
}
