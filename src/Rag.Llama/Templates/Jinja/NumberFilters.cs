using System.Globalization;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Filters that give numbers, and <c>default</c>.</summary>
internal static class NumberFilters
{
    /// <summary>By name.</summary>
    public static Dictionary<string, Func<Value, CallArguments, Runtime, Value>> All { get; } = new(StringComparer.Ordinal)
    {
        ["default"] = Default,
        ["d"] = Default,
        ["int"] = ToInteger,
        ["float"] = ToReal,
        ["abs"] = (v, _, r) => Operators.Compare(v, new Value.Integer(0), r.Budget) < 0 ? Arithmetic.Sign("-", v) : v,
        ["round"] = Round,
        ["length"] = (v, _, _) => new Value.Integer(Sequences.Count(v)),
        ["count"] = (v, _, _) => new Value.Integer(Sequences.Count(v)),
    };

    private static Value Default(Value value, CallArguments arguments, Runtime runtime) =>
        value is Value.Undefined || (arguments.Flag(1, "boolean") && !value.IsTrue) ? arguments.At(0, "default_value") ?? arguments.At(0, "default") ?? new Value.Text("") : value;

    private static Value ToInteger(Value value, CallArguments arguments, Runtime runtime)
    {
        var otherwise = arguments.At(0, "default") ?? new Value.Integer(0);
        return value switch
        {
            Value.Real { Content: var real } => Math.Abs(real) < long.MaxValue ? new Value.Integer((long)real) : otherwise,
            Value.Text text when long.TryParse(text.Content, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) => new Value.Integer(whole),
            Value.Text text when double.TryParse(text.Content, CultureInfo.InvariantCulture, out var real) && Math.Abs(real) < long.MaxValue => new Value.Integer((long)real),
            Value.Integer => value,
            Value.Bool => new Value.Integer(value.IsTrue ? 1 : 0),
            _ => otherwise,
        };
    }

    private static Value ToReal(Value value, CallArguments arguments, Runtime runtime) => value switch
    {
        Value.Text text when double.TryParse(text.Content, CultureInfo.InvariantCulture, out var real) => new Value.Real(real),
        _ when Arithmetic.IsNumber(value) => new Value.Real(Arithmetic.ToDouble(value)),
        _ => arguments.At(0, "default") ?? new Value.Real(0),
    };

    private static Value.Real Round(Value value, CallArguments arguments, Runtime runtime)
    {
        if (!Arithmetic.IsNumber(value))
        {
            throw new ChatTemplateException($"'round' was given a {value.TypeName}; give it a number.{Operators.Why(value)}");
        }

        var scale = Math.Pow(10, Math.Clamp(arguments.Integer(0, "precision", 0), -15, 15));
        var scaled = Arithmetic.ToDouble(value) * scale;
        return new Value.Real((arguments.Text(1, "method") switch
        {
            null or "common" => Math.Round(scaled, MidpointRounding.ToEven),
            "ceil" => Math.Ceiling(scaled),
            "floor" => Math.Floor(scaled),
            var other => throw new ChatTemplateException($"'round' has no method '{other}'. Methods: common, ceil, floor."),
        }) / scale);
    }
}
