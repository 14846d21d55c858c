using System.Globalization;
using System.Numerics;

namespace Rag.Agents.Tools.Calculation;

/// <summary>Reads an expression and reckons it on the way, by recursive descent: sums of products of powers of numbers with units, functions and parentheses.</summary>
internal sealed class ExpressionParser(string text)
{
    private const int MaxDepth = 64;
    private const int MaxExponent = 400;

    private static readonly string[] Keywords = ["in", "to", "as", "of", "per"];

    private int _at;
    private int _depth;
    private int _calls;
    private Unit? _first;

    /// <summary>The result as text, with its unit.</summary>
    /// <exception cref="CalculationException">It cannot be read or reckoned.</exception>
    public string Evaluate()
    {
        var value = Sum();
        var at = Skip();
        string result;
        if (TakeWord("in") || TakeWord("to") || TakeWord("as"))
        {
            result = Convert(value, at);
        }
        else
        {
            result = value.Percent ? $"{Show(value with { Value = value.Value * 100 })}%"
                : value.Scale is { } scale ? $"{Show(value with { Value = (value.Value / scale.Size) - scale.Zero })} {scale.Name}"
                : value.Dimension == default ? Show(value)
                : _first is { } unit && unit.Dimension == value.Dimension && unit.Zero.Sign == 0 ? $"{Show(value with { Value = value.Value / unit.Size })} {unit.Name}"
                : $"{Show(value)} {value.Dimension}";
        }

        Skip();
        return _at == text.Length ? result : throw Unexpected("an operator or the end");
    }

    private string Convert(Quantity value, int at)
    {
        var start = Skip();
        if (PeekWord() is { } word && Unit.Find(word) is { Zero.Sign: not 0 } scale)
        {
            _at += word.Length;
            value.RequireLike(new(1, scale.Dimension), at);
            return $"{Show(value with { Value = (value.Value / scale.Size) - scale.Zero })} {word}";
        }

        var target = Product();
        value.RequireLike(target, at);
        return target.Value.Sign == 0
            ? throw new CalculationException("nothing can be measured in zero", start)
            : $"{Show(value with { Value = value.Value / target.Value, Exact = value.Exact && target.Exact })} {text[start.._at].Trim()}";
    }

    private static string Show(Quantity value) => value.Exact && value.Value.ToExactText() is { } exact ? exact : $"≈ {value.Value.ToRoundedText()}";

    private Quantity Sum()
    {
        if (++_depth > MaxDepth)
        {
            throw new CalculationException($"parentheses and signs lie more than {MaxDepth} deep", _at);
        }

        var sum = Product();
        while (Skip() is var at && Take("+-") is { } sign)
        {
            var next = Product();
            sum = sum.Add(sign == '+' ? next : next.Negate(), at);
        }

        _depth--;
        return sum;
    }

    private Quantity Product()
    {
        var product = Signed();
        while (true)
        {
            var at = Skip();
            if (Take("*×·") is not null || TakeWord("of"))
            {
                product = product.Multiply(Signed(), at);
            }
            else if (Take("/÷") is not null || TakeWord("per"))
            {
                product = product.Divide(Signed(), at);
            }
            else if (Take("%") is not null)
            {
                product = product.Modulo(Signed(), at);
            }
            else
            {
                return product;
            }
        }
    }

    private Quantity Signed()
    {
        Skip();
        if (Take("+-") is not { } sign)
        {
            return Power();
        }

        if (++_depth > MaxDepth)
        {
            throw new CalculationException($"parentheses and signs lie more than {MaxDepth} deep", _at);
        }

        var value = Signed();
        _depth--;
        return sign == '-' ? value.Negate() : value;
    }

    private Quantity Power()
    {
        var value = Primary();
        var at = Skip();
        if (Take("^") is not null || TakeTwo("**"))
        {
            value = value.Power(Signed(), at);
        }

        // A percent sign with a number behind it is a remainder, as in 10 % 3.
        at = Skip();
        if (at < text.Length && text[at] == '%' && !BeginsValue(at + 1))
        {
            _at++;
            value = value.Multiply(new(new Rational(1, 100)), at) with { Percent = true };
        }

        return value;
    }

    private Quantity Primary()
    {
        var at = Skip();
        if (Take("(") is not null)
        {
            var inside = Sum();
            Close(at);
            return inside;
        }

        if (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
        {
            return WithUnits(Number());
        }

        if (PeekWord() is not { } word)
        {
            throw Unexpected("a number");
        }

        _at += word.Length;
        if (Take("(") is not null)
        {
            _calls++;
            var result = Functions.Call(word, Arguments(at), at);
            _calls--;
            return result;
        }

        if (word == "pi")
        {
            return new(Rational.FromDouble(Math.PI)) { Exact = false };
        }

        var (unit, power) = UnitOf(word) ?? throw new CalculationException($"'{word}' is no unit or function that is known; functions: {string.Join(", ", Functions.Names)}", at);
        _first ??= unit;
        return new Quantity(unit.Size, unit.Dimension).Power(new(power), at);
    }

    private List<(Quantity Value, int Position)> Arguments(int at)
    {
        List<(Quantity, int)> arguments = [];
        do
        {
            var start = Skip();
            arguments.Add((Sum(), start));
            Skip();
        }
        while (Take(",;") is not null);
        Close(at);
        return arguments;
    }

    private Quantity WithUnits(Rational number)
    {
        Quantity? value = null;
        while (Skip() is var at && PeekWord() is { } word && (value is null && word == "in" || !Keywords.Contains(word)) && at + word.Length is var end && !(end < text.Length && text[end] == '('))
        {
            var (unit, power) = UnitOf(word) ?? throw new CalculationException($"'{word}' is no unit that is known", at);
            _first ??= unit;
            _at = end;
            if (power == 1 && Skip() is var sign && Take("^") is not null)
            {
                Skip();
                power = char.IsAsciiDigit(_at < text.Length ? text[_at] : ' ') && Number() is { IsInteger: true } given && given <= 9 ? (int)given.Numerator
                    : throw new CalculationException("the power of a unit is a whole number of one digit", sign);
            }

            var size = power == 1 ? null : new Quantity(unit.Size, unit.Dimension).Power(new(power), at);
            value = value is null
                ? size is null ? Quantity.Of(number, unit) : size.Multiply(new(number), at)
                : value.Multiply(size ?? new(unit.Size, unit.Dimension), at);
        }

        return value ?? new(number);
    }

    // Such as m, or m2 for square metres.
    private static (Unit Unit, int Power)? UnitOf(string word) =>
        Unit.Find(word) is { } unit ? (unit, 1) : word is [.., '2' or '3'] && Unit.Find(word[..^1]) is { } bottom ? (bottom, word[^1] - '0') : null;

    private Rational Number()
    {
        var start = _at;
        var digits = Digits();
        // Between the arguments of a function a comma divides them; elsewhere it may divide thousands.
        while (_calls == 0 && _at + 3 < text.Length && text[_at] == ',' && text.AsSpan(_at + 1, 3).IndexOfAnyExceptInRange('0', '9') < 0 && !(_at + 4 < text.Length && char.IsAsciiDigit(text[_at + 4])))
        {
            _at++;
            digits += Digits();
        }

        var decimals = 0;
        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            var fraction = Digits();
            (digits, decimals) = (digits + fraction, fraction.Length);
        }

        if (digits.Length == 0)
        {
            throw new CalculationException("a point stands alone", start);
        }

        var number = new Rational(BigInteger.Parse(digits, CultureInfo.InvariantCulture), BigInteger.Pow(10, decimals));
        return number * Rational.Power(10, Exponent());
    }

    private int Exponent()
    {
        var at = _at + 1;
        var sign = at < text.Length && text[at] is '-' or '+' ? 1 : 0;
        if (_at >= text.Length || text[_at] is not ('e' or 'E') || at + sign >= text.Length || !char.IsAsciiDigit(text[at + sign]))
        {
            return 0;
        }

        _at = at + sign;
        var digits = Digits();
        return digits.Length <= 3 && int.Parse(digits, CultureInfo.InvariantCulture) is <= MaxExponent and var exponent
            ? text[at] == '-' ? -exponent : exponent
            : throw new CalculationException($"the exponent of a number is at most {MaxExponent}", at);
    }

    private string Digits()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || (text[_at] == '_' && _at > start)))
        {
            _at++;
        }

        return text[start.._at].Replace("_", "", StringComparison.Ordinal);
    }

    private string? PeekWord()
    {
        var end = _at;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '°' || (end > _at && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end > _at ? text[_at..end].Replace('μ', 'µ') : null;
    }

    private bool TakeWord(string word)
    {
        if (PeekWord() != word)
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private char? Take(string symbols) => _at < text.Length && symbols.Contains(Plain(text[_at]), StringComparison.Ordinal) && !(symbols[0] == '*' && text.AsSpan(_at).StartsWith("**")) ? Plain(text[_at++]) : null;

    private bool TakeTwo(string symbols)
    {
        var taken = text.AsSpan(_at).StartsWith(symbols);
        _at += taken ? 2 : 0;
        return taken;
    }

    private static char Plain(char symbol) => symbol is '−' or '–' ? '-' : symbol;

    private bool BeginsValue(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '.' or '(' || (char.IsLetter(text[at]) && !Keywords.Any(k => text.AsSpan(at).StartsWith(k) && !(at + k.Length < text.Length && char.IsLetter(text[at + k.Length])))));
    }

    private void Close(int opened)
    {
        Skip();
        if (Take(")") is null)
        {
            throw _at == text.Length ? new CalculationException("this parenthesis is not closed", opened) : Unexpected("an operator or ')'");
        }
    }

    private int Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at;
    }

    private CalculationException Unexpected(string wanted) => new(_at == text.Length ? $"{wanted} is missing at the end" : $"{wanted} should stand where '{text[_at]}' does", _at);
}
