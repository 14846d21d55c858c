using System.Globalization;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>calendar</c>: what reckons, not what draws.</summary>
internal static class CalendarModule
{
    public static readonly Dictionary<string, Value> Members = new()
    {
        ["isleap"] = new PyBuiltin("isleap", (_, arguments) => Value.Bool(IsLeap(arguments.Exactly("isleap", 1).Index(0)))),
        ["leapdays"] = new PyBuiltin("leapdays", (_, arguments) => Value.Int(Leaps(arguments.Exactly("leapdays", 2).Index(1)) - Leaps(arguments.Index(0)))),
        ["monthrange"] = new PyBuiltin("monthrange", (_, arguments) => Day(arguments.Exactly("monthrange", 2), 1) is var first ? new PyTuple(Value.Int(DateMethods.Weekday(first)), Value.Int(DateTime.DaysInMonth(first.Year, first.Month))) : default(Value)),
        ["weekday"] = new PyBuiltin("weekday", (_, arguments) => Value.Int(DateMethods.Weekday(Day(arguments.Exactly("weekday", 3), arguments.Index(2))))),
        ["month_name"] = Names(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12).Prepend("")),
        ["month_abbr"] = Names(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.Take(12).Prepend("")),
        ["day_name"] = Names(Week(CultureInfo.InvariantCulture.DateTimeFormat.DayNames)),
        ["day_abbr"] = Names(Week(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames)),
    };

    private static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    // leap years before a year
    private static long Leaps(long year) => Floor(year - 1, 4) - Floor(year - 1, 100) + Floor(year - 1, 400);

    private static long Floor(long a, long b) => (a - (((a % b) + b) % b)) / b;

    private static DateTime Day(Arguments arguments, long day)
    {
        var (year, month) = (arguments.Index(0), arguments.Index(1));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth((int)year, (int)month)
            ? new DateTime((int)year, (int)month, (int)day)
            : throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"bad year, month or day: {year}, {month}, {day}; the month must be 1-12"));
    }

    private static IEnumerable<string> Week(string[] names) => names[1..].Append(names[0]);

    private static PyTuple Names(IEnumerable<string> names) => new([.. names.Select(n => (Value)n)]);
}
