using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Modules;

/// <summary>The module <c>datetime</c>, without time zones.</summary>
internal static class DateTimeModule
{
    public static readonly Dictionary<string, Value> Members = new()
    {
        ["date"] = PyDate.DateType,
        ["datetime"] = PyDate.DateTimeType,
        ["time"] = PyTime.TimeType,
        ["timedelta"] = PyTimeDelta.DeltaType,
        ["MINYEAR"] = Value.Int(1),
        ["MAXYEAR"] = Value.Int(9999),
    };
}
