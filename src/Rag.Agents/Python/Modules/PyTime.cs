using System.Globalization;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>A time of day: <c>datetime.time</c>.</summary>
internal sealed class PyTime(TimeSpan time) : PyObject
{
    public static readonly PyType TimeType = new("time", Types.Object, (run, arguments) => new PyTime(DateParts.TimeOf(arguments.Bind("time", 0, "hour", "minute", "second", "microsecond"), 0)), new()
    {
        ["isoformat"] = (_, self, _) => Iso(((PyTime)self.Ref!).Time),
        ["strftime"] = (run, self, arguments) => DateFormat.Apply(run, new PyDate(new DateTime(1900, 1, 1) + ((PyTime)self.Ref!).Time, hasTime: true), arguments.Exactly("strftime", 1).Text(0)),
        ["replace"] = (_, self, arguments) => new PyTime(DateParts.TimeOf(arguments.Bind("replace", 0, "hour", "minute", "second", "microsecond"), 0, ((PyTime)self.Ref!).Time)),
    });

    public TimeSpan Time => time;

    public override PyType Type => TimeType;

    public static string Iso(TimeSpan time) => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.ffffff", CultureInfo.InvariantCulture);

    public override string Repr(Run run)
    {
        var microsecond = time.Ticks % TimeSpan.TicksPerSecond / 10;
        var tail = microsecond > 0 ? $", {time.Seconds}, {microsecond}" : time.Seconds > 0 ? $", {time.Seconds}" : "";
        return $"datetime.time({time.Hours}, {time.Minutes}{tail})";
    }

    public override string Str(Run run) => Iso(time);

    public override bool IsEqual(Run run, Value other) => other.Ref is PyTime same && same.Time == time;

    public override bool TryCompare(Run run, ComparisonOperator comparison, Value other, out bool result)
    {
        result = other.Ref is PyTime right && comparison.Holds(time.CompareTo(right.Time));
        return other.Ref is PyTime;
    }

    public override long Hash(Run run) => time.Ticks;

    public override bool TryGetAttribute(Run run, Value self, string name, out Value value)
    {
        long? part = name switch
        {
            "hour" => time.Hours,
            "minute" => time.Minutes,
            "second" => time.Seconds,
            "microsecond" => time.Ticks % TimeSpan.TicksPerSecond / 10,
            _ => null,
        };
        value = Value.Int(part ?? 0);
        return part is not null || base.TryGetAttribute(run, self, name, out value);
    }
}
