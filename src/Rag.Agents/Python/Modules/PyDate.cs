using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>A day, or a day with a time of day: <c>datetime.date</c> and <c>datetime.datetime</c>.</summary>
internal sealed class PyDate(DateTime moment, bool hasTime) : PyObject
{
    public static readonly PyType DateType = new("date", Types.Object, (run, arguments) => DateParts.Create(run, arguments, hasTime: false), DateMethods.OfDate)
    {
        Members =
        {
            ["today"] = new PyBuiltin("today", (run, _) => new PyDate(Now(run).Date, hasTime: false)),
            ["fromisoformat"] = new PyBuiltin("fromisoformat", (run, arguments) => DateParser.Iso(run, arguments.Exactly("fromisoformat", 1).Text(0), hasTime: false)),
            ["fromordinal"] = new PyBuiltin("fromordinal", (_, arguments) => DateParts.FromOrdinal(arguments.Exactly("fromordinal", 1).Index(0), hasTime: false)),
            ["min"] = new PyDate(DateTime.MinValue, hasTime: false),
            ["max"] = new PyDate(DateTime.MaxValue.Date, hasTime: false),
        },
    };

    public static readonly PyType DateTimeType = new("datetime", DateType, (run, arguments) => DateParts.Create(run, arguments, hasTime: true), DateMethods.OfDateTime)
    {
        Members =
        {
            ["now"] = new PyBuiltin("now", (run, arguments) => arguments.Between("now", 0, 0).Has(0) ? default(Value) : new PyDate(Now(run), hasTime: true)),
            ["utcnow"] = new PyBuiltin("utcnow", (run, _) => new PyDate(Cut(run.Time.GetUtcNow().UtcDateTime), hasTime: true)),
            ["today"] = new PyBuiltin("today", (run, _) => new PyDate(Now(run), hasTime: true)),
            ["strptime"] = new PyBuiltin("strptime", (run, arguments) => DateParser.Parse(run, arguments.Exactly("strptime", 2).Text(0), arguments.Text(1))),
            ["fromisoformat"] = new PyBuiltin("fromisoformat", (run, arguments) => DateParser.Iso(run, arguments.Exactly("fromisoformat", 1).Text(0), hasTime: true)),
            ["fromordinal"] = new PyBuiltin("fromordinal", (_, arguments) => DateParts.FromOrdinal(arguments.Exactly("fromordinal", 1).Index(0), hasTime: true)),
            ["combine"] = new PyBuiltin("combine", DateParts.Combine),
            ["min"] = new PyDate(DateTime.MinValue, hasTime: true),
            ["max"] = new PyDate(Cut(DateTime.MaxValue), hasTime: true),
        },
    };

    public DateTime Moment => moment;

    public bool HasTime => hasTime;

    public int Microsecond => (int)(moment.Ticks % TimeSpan.TicksPerSecond / 10);

    /// <summary>Days since the day before 1 January of the year 1.</summary>
    public long Ordinal => (moment.Ticks / TimeSpan.TicksPerDay) + 1;

    public override PyType Type => hasTime ? DateTimeType : DateType;

    public override string Repr(Run run)
    {
        int[] parts = [moment.Year, moment.Month, moment.Day, .. !hasTime ? (int[])[] : [moment.Hour, moment.Minute, .. Microsecond > 0 ? (int[])[moment.Second, Microsecond] : moment.Second > 0 ? [moment.Second] : []]];
        return string.Create(CultureInfo.InvariantCulture, $"datetime.{Type.Name}({string.Join(", ", parts)})");
    }

    public override string Str(Run run) => Iso(' ');

    public override string Format(Run run, string specification) => specification.Length == 0 ? Str(run) : DateFormat.Apply(run, this, specification);

    public string Iso(char separator) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (hasTime ? separator + PyTime.Iso(moment.TimeOfDay) : "");

    public override bool IsEqual(Run run, Value other) => other.Ref is PyDate date && date.HasTime == hasTime && date.Moment == moment;

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        var comparable = other.Ref is PyDate date && date.HasTime == hasTime;
        if (!comparable && other.Ref is PyDate)
        {
            throw Raise.TypeError("can't compare datetime.datetime to datetime.date");
        }

        result = comparable && comparison.Holds(moment.CompareTo(((PyDate)other.Ref!).Moment));
        return comparable;
    }

    public override long Hash(Run run) => moment.Ticks;

    public override bool TryBinary(Run run, BinaryOperator operation, Value other, bool reflected, out Value result)
    {
        result = default;
        switch (operation)
        {
            case BinaryOperator.Add when other.Ref is PyTimeDelta delta:
                result = Moved(hasTime ? (BigInteger)delta.Total : (BigInteger)delta.Days * PyTimeDelta.PerDay);
                return true;
            case BinaryOperator.Subtract when !reflected && other.Ref is PyTimeDelta delta:
                result = Moved(hasTime ? -(BigInteger)delta.Total : -(BigInteger)delta.Days * PyTimeDelta.PerDay);
                return true;
            case BinaryOperator.Subtract when !reflected && other.Ref is PyDate date && date.HasTime == hasTime:
                result = PyTimeDelta.Of((moment - date.Moment).Ticks / 10);
                return true;
            default:
                return false;
        }
    }

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        int? part = name switch
        {
            "year" => moment.Year,
            "month" => moment.Month,
            "day" => moment.Day,
            "hour" when hasTime => moment.Hour,
            "minute" when hasTime => moment.Minute,
            "second" when hasTime => moment.Second,
            "microsecond" when hasTime => Microsecond,
            _ => null,
        };
        if (part is null)
        {
            value = name == "tzinfo" ? Value.None : default;
            return (name == "tzinfo" && hasTime) || base.TryGetAttribute(run, self, name, out value);
        }

        value = Value.Int(part.Value);
        return true;
    }

    private PyDate Moved(BigInteger microseconds)
    {
        var ticks = moment.Ticks + (microseconds * 10);
        return ticks.Sign < 0 || ticks > DateTime.MaxValue.Ticks ? throw Raise.Overflow("date value out of range") : new(new DateTime((long)ticks), hasTime);
    }

    private static DateTime Now(Run run) => Cut(run.Time.GetLocalNow().DateTime);

    // to whole microseconds
    private static DateTime Cut(DateTime moment) => new(moment.Ticks / 10 * 10);
}
