using System.Globalization;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>Dates out of their parts.</summary>
internal static class DateParts
{
    public static Value Create(Run run, Arguments arguments, bool hasTime)
    {
        var bound = hasTime
            ? arguments.Bind("datetime", 3, "year", "month", "day", "hour", "minute", "second", "microsecond")
            : arguments.Bind("date", 3, "year", "month", "day");
        run.Allocate(48);
        return Of(bound, hasTime);
    }

    public static Value Replace(Value self, Arguments arguments)
    {
        var date = (PyDate)self.Ref!;
        var bound = date.HasTime
            ? arguments.Bind("replace", 0, "year", "month", "day", "hour", "minute", "second", "microsecond")
            : arguments.Bind("replace", 0, "year", "month", "day");
        int[] parts = [date.Moment.Year, date.Moment.Month, date.Moment.Day, date.Moment.Hour, date.Moment.Minute, date.Moment.Second, date.Microsecond];
        Value[] values = [.. parts.Select((p, i) => bound.Has(i) ? bound[i] : Value.Int(p))];
        return Of(new(date.HasTime ? values : values[..3]), date.HasTime);
    }

    public static Value Combine(Run run, Arguments arguments)
    {
        arguments.Exactly("combine", 2);
        return arguments[0].Ref is PyDate date && arguments[1].Ref is PyTime time
            ? new PyDate(date.Moment.Date + time.Time, hasTime: true)
            : throw Raise.TypeError("combine() takes a date and a time");
    }

    public static Value FromOrdinal(long ordinal, bool hasTime) => ordinal < 1 || ordinal > 3_652_059
        ? throw Raise.ValueError(ordinal < 1 ? "ordinal must be >= 1" : "year is out of range")
        : new PyDate(new DateTime((ordinal - 1) * TimeSpan.TicksPerDay), hasTime);

    /// <summary>The time of day in the arguments from a position on; those that are missing are taken from <paramref name="otherwise"/>.</summary>
    public static TimeSpan TimeOf(Arguments bound, int from, TimeSpan otherwise = default)
    {
        var hour = Part(bound, from, otherwise.Hours, 23, "hour must be in 0..23");
        var minute = Part(bound, from + 1, otherwise.Minutes, 59, "minute must be in 0..59");
        var second = Part(bound, from + 2, otherwise.Seconds, 59, "second must be in 0..59");
        var microsecond = Part(bound, from + 3, (int)(otherwise.Ticks % TimeSpan.TicksPerSecond / 10), 999_999, "microsecond must be in 0..999999");
        return new TimeSpan(0, hour, minute, second) + TimeSpan.FromMicroseconds(microsecond);
    }

    private static PyDate Of(Arguments bound, bool hasTime)
    {
        var year = Integers.ToIndex(bound[0]);
        if (year is < 1 or > 9999)
        {
            throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"year {year} is out of range"));
        }

        var month = Integers.ToIndex(bound[1]);
        if (month is < 1 or > 12)
        {
            throw Raise.ValueError("month must be in 1..12");
        }

        var day = Integers.ToIndex(bound[2]);
        return day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)
            ? throw Raise.ValueError("day is out of range for month")
            : new(new DateTime((int)year, (int)month, (int)day) + (hasTime ? TimeOf(bound, 3) : default), hasTime);
    }

    private static int Part(Arguments bound, int position, int otherwise, int most, string refusal)
    {
        var part = bound.Has(position) ? Integers.ToIndex(bound[position]) : otherwise;
        return part >= 0 && part <= most ? (int)part : throw Raise.ValueError(refusal);
    }
}
