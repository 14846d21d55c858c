using System.Globalization;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>Methods of dates, with and without a time of day.</summary>
internal static class DateMethods
{
    public static readonly Dictionary<string, NativeMethod> OfDate = new()
    {
        ["weekday"] = (_, self, _) => Value.Int(Weekday(Moment(self))),
        ["isoweekday"] = (_, self, _) => Value.Int(Weekday(Moment(self)) + 1),
        ["isocalendar"] = (_, self, _) => new PyTuple(Value.Int(ISOWeek.GetYear(Moment(self))), Value.Int(ISOWeek.GetWeekOfYear(Moment(self))), Value.Int(Weekday(Moment(self)) + 1)),
        ["toordinal"] = (_, self, _) => Value.Int(((PyDate)self.Ref!).Ordinal),
        ["isoformat"] = (_, self, arguments) => ((PyDate)self.Ref!).Iso(arguments.Bind("isoformat", 0, "sep").Text(0, "T") is [var separator, ..] ? separator : 'T'),
        ["strftime"] = (run, self, arguments) => DateFormat.Apply(run, (PyDate)self.Ref!, arguments.Exactly("strftime", 1).Text(0)),
        ["replace"] = (_, self, arguments) => DateParts.Replace(self, arguments),
        ["ctime"] = (run, self, _) => DateFormat.Apply(run, (PyDate)self.Ref!, "%a %b %e %H:%M:%S %Y"),
        ["timetuple"] = (_, _, _) => throw Raise.TypeError("timetuple() is not supported: use year, month, day and weekday()"),
    };

    public static readonly Dictionary<string, NativeMethod> OfDateTime = new()
    {
        ["date"] = (_, self, _) => new PyDate(Moment(self).Date, hasTime: false),
        ["time"] = (_, self, _) => new PyTime(Moment(self).TimeOfDay),
        ["timestamp"] = (run, self, _) => Value.Float(Timestamp(run, Moment(self))),
    };

    public static int Weekday(DateTime moment) => ((int)moment.DayOfWeek + 6) % 7;

    private static DateTime Moment(Value self) => ((PyDate)self.Ref!).Moment;

    // a date without a zone is one of the local zone, as in CPython
    private static double Timestamp(Run run, DateTime moment)
    {
        var utc = moment - run.Time.LocalTimeZone.GetUtcOffset(moment);
        return Integers.Quotient((utc.Ticks - DateTime.UnixEpoch.Ticks) / 10, PyTimeDelta.PerSecond);
    }
}
