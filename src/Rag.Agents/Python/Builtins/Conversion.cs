using System.Globalization;
using System.Numerics;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Syntax;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>The types as functions: <c>int("12")</c>, <c>list(range(3))</c>.</summary>
internal static class Conversion
{
    public static Value ToInt(Run run, Arguments arguments)
    {
        var bound = arguments.Bind("int", 0, "x", "base");
        if (!bound.Has(0))
        {
            return Value.Int(0);
        }

        var value = bound[0];
        if (bound.Has(1))
        {
            return value.Ref is PyStr digits ? ParseInt(run, digits.Text, (int)Math.Clamp(bound.Index(1), -1, 99)) : throw Raise.TypeError("int() can't convert non-string with explicit base");
        }

        if (value.IsInt || value.IsBool)
        {
            return Value.Int(value.Bits);
        }

        return value.Ref switch
        {
            PyBigInteger => value,
            PyStr text => ParseInt(run, text.Text, 10),
            PyReal real => Integers.From(real.Truncate(run)),
            PyInstance instance when instance.TryGetAttribute(run, value, "__int__", out var method) => method.Object.Call(run, Arguments.Of()),
            _ => value.IsFloat ? Integers.From(Floats.ToInteger(value.Double)) : throw Raise.TypeError($"int() argument must be a string, a bytes-like object or a real number, not '{value.Type.Name}'"),
        };
    }

    public static Value ToFloat(Run run, Arguments arguments)
    {
        arguments = arguments.Between("float", 0, 1);
        if (!arguments.Has(0))
        {
            return Value.Float(0);
        }

        var value = arguments[0];
        return value.Ref switch
        {
            PyStr text => Value.Float(ParseFloat(run, text.Text)),
            PyInstance instance when instance.TryGetAttribute(run, value, "__float__", out var method) => method.Object.Call(run, Arguments.Of()),
            _ when Floats.IsNumber(value) || value.Ref is PyReal => Value.Float(Floats.Of(value)),
            _ => throw Raise.TypeError($"float() argument must be a string or a real number, not '{value.Type.Name}'"),
        };
    }

    public static Value ToList(Run run, Arguments arguments)
    {
        var list = new PyList([]);
        run.Allocate(list.Size);
        if (arguments.Has(0))
        {
            list.Extend(run, arguments[0]);
        }

        return list;
    }

    public static Value ToTuple(Run run, Arguments arguments) => !arguments.Has(0) ? PyTuple.Empty : arguments[0].Ref is PyTuple ? arguments[0] : new PyTuple(Iteration.ToArray(run, arguments[0]));

    public static Value ToSet(Run run, PyType type, Arguments arguments)
    {
        if (arguments.Has(0))
        {
            return PySet.Of(run, arguments[0], type);
        }

        var set = new PySet(type);
        run.Allocate(set.Size);
        return set;
    }

    public static Value ToDict(Run run, PyDict dict, string function, Arguments arguments)
    {
        run.Allocate(dict.Size);
        if (arguments.PositionalCount > 1)
        {
            throw Raise.TypeError(string.Create(CultureInfo.InvariantCulture, $"{function} expected at most 1 argument, got {arguments.PositionalCount}"));
        }

        if (arguments.PositionalCount == 1)
        {
            dict.Update(run, arguments[0]);
        }

        for (var i = 0; i < arguments.Names.Length; i++)
        {
            dict.Set(run, arguments.Names[i], arguments[arguments.PositionalCount + i]);
        }

        return dict;
    }

    public static Value ToDefaultDict(Run run, Arguments arguments) => arguments.PositionalCount == 0
        ? ToDict(run, new PyDict(Types.DefaultDict) { Factory = Value.None }, "defaultdict", arguments)
        : arguments[0].Ref is PyDict ? throw Raise.TypeError("first argument must be callable or None")
        : ToDict(run, new PyDict(Types.DefaultDict) { Factory = arguments[0] }, "defaultdict", arguments.Skip(1));

    public static Value ToRange(Run run, Arguments arguments)
    {
        arguments.Between("range", 1, 3);
        foreach (var bound in arguments.Positional)
        {
            var number = Integers.Of(bound) ?? throw Raise.TypeError($"'{bound.Type.Name}' object cannot be interpreted as an integer");
            if (number < long.MinValue || number > long.MaxValue)
            {
                throw Raise.Overflow("a range of integers beyond 64 bits is not supported");
            }
        }

        var step = arguments.Index(2, 1);
        run.Allocate(48);
        return step == 0 ? throw Raise.ValueError("range() arg 3 must not be zero")
            : arguments.Values.Length == 1 ? new PyRange(0, arguments.Index(0), 1)
            : new PyRange(arguments.Index(0), arguments.Index(1), step);
    }

    private static Value ParseInt(Run run, string text, int radix)
    {
        var digits = Plain(run, text);
        var negative = digits.StartsWith('-');
        digits = digits.Length > 0 && digits[0] is '+' or '-' ? digits[1..] : digits;
        if (radix is not 0 and (< 2 or > 36))
        {
            throw Raise.ValueError("int() base must be >= 2 and <= 36, or 0");
        }

        var prefix = digits.Length > 2 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefix > 0 && (radix == 0 || radix == prefix))
        {
            (digits, radix) = (digits[2..], prefix);
        }

        radix = radix == 0 ? 10 : radix;
        digits = digits.StartsWith('_') || digits.EndsWith('_') || digits.Contains("__", StringComparison.Ordinal) ? "" : digits.Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > Integers.MaxDigits && !BitOperations.IsPow2(radix))
        {
            throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"Exceeds the limit ({Integers.MaxDigits} digits) for integer string conversion: value has {digits.Length} digits"));
        }

        run.Step(1 + ((long)digits.Length * digits.Length / 256));
        return NumberText.Integer(digits, radix) is { } number
            ? Integers.From(negative ? -number : number)
            : throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"invalid literal for int() with base {radix}: {TextOf.Quoted(run, text)}"));
    }

    private static double ParseFloat(Run run, string text)
    {
        var digits = Plain(run, text).ToLowerInvariant();
        var unsigned = digits.TrimStart('+', '-');
        if (digits.Length - unsigned.Length <= 1)
        {
            var sign = digits.StartsWith('-') ? -1 : 1;
            switch (unsigned)
            {
                case "inf" or "infinity":
                    return sign * double.PositiveInfinity;
                case "nan":
                    return double.NaN;
            }

            if (unsigned.Length > 0 && unsigned[0] is (>= '0' and <= '9') or '.' && double.TryParse(unsigned.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
            {
                return Math.CopySign(number, sign);
            }
        }

        throw Raise.ValueError($"could not convert string to float: {TextOf.Quoted(run, text)}");
    }

    // without the blanks around it, and with the digits of all scripts as ASCII
    private static string Plain(Run run, string text)
    {
        run.Step(text.Length / 16);
        return string.Concat(text.Trim().Select(c => char.IsAscii(c) ? c : char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));
    }
}
